"""Addresses of the settings: working time, services, rooms and devices."""

from django.urls import path

from needlework.diary.views.settings import away, overview, people, services, things

SETTINGS = "diary/settings/"
CLINIC = f"{SETTINGS}<uuid:clinic_id>/"
PERSON = f"{CLINIC}people/<uuid:person_id>/"
SERVICE = f"{SETTINGS}services/<uuid:service_id>/"
THING = f"{SETTINGS}rooms-and-devices/<int:resource_id>/"

urlpatterns = [
    path(SETTINGS, overview.clinics, name="diary-settings"),
    path(CLINIC, overview.clinic, name="diary-clinic-settings"),
    path(f"{CLINIC}rules/", overview.rules, name="diary-rules"),
    path(f"{CLINIC}services/add/", services.add, name="diary-service-add"),
    path(SERVICE, services.change, name="diary-service-change"),
    path(f"{SERVICE}end/", services.end, name="diary-service-end"),
    path(f"{CLINIC}rooms-and-devices/add/", things.add, name="diary-resource-add"),
    path(THING, things.change, name="diary-resource-change"),
    path(f"{THING}end/", things.end, name="diary-resource-end"),
    path(f"{CLINIC}rooms-and-devices/<int:resource_id>/absence/", away.thing_away, name="diary-resource-absence"),
    path(PERSON, people.person, name="diary-person"),
    path(f"{PERSON}week/", people.week, name="diary-week"),
    path(f"{PERSON}day/", people.change_day, name="diary-changed-day"),
    path(f"{PERSON}absence/", away.person_away, name="diary-person-absence"),
    path(f"{CLINIC}days/<uuid:changed_day_id>/withdraw/", people.withdraw_day, name="diary-changed-day-withdraw"),
    path(f"{CLINIC}absences/<uuid:absence_id>/withdraw/", away.withdraw_absence, name="diary-absence-withdraw"),
    path(f"{CLINIC}closures/add/", away.close, name="diary-closure"),
    path(f"{CLINIC}bank-holidays/<slug:holiday>/", away.open_on, name="diary-bank-holiday-open"),
    path(f"{SETTINGS}closures/<uuid:closure_id>/withdraw/", away.withdraw_closure, name="diary-closure-withdraw"),
]
