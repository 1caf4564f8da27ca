"""Addresses of the waiting list."""

from django.urls import path

from needlework.diary.views import waiting

urlpatterns = [
    path("diary/waiting/", waiting.show, name="waiting-list"),
    path("diary/waiting/<uuid:wait_id>/leave/", waiting.leave, name="waiting-leave"),
    path("diary/appointments/<uuid:appointment_id>/earlier/", waiting.earlier, name="waiting-earlier"),
    path("patients/<uuid:patient_id>/waiting/new/", waiting.join, name="waiting-join"),
]
