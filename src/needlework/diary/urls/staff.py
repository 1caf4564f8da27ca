"""Addresses of the diary as staff see it."""

from django.urls import path

from needlework.diary.views import appointments, desk, matching, records, sheets

ONE = "diary/appointments/<uuid:appointment_id>/"
RECORD = "patients/<uuid:patient_id>/"

urlpatterns = [
    path("diary/", sheets.day, name="diary"),
    path("diary/week/", sheets.week, name="diary-seven-days"),
    path("diary/print/", sheets.on_paper, name="diary-print"),
    path("diary/new/", desk.new, name="appointment-new"),
    path(ONE, appointments.show, name="appointment"),
    path(f"{ONE}move/", appointments.move, name="appointment-move"),
    path(f"{ONE}cancel/", appointments.cancel, name="appointment-cancel"),
    path(f"{ONE}match/", matching.match, name="appointment-match"),
    path(f"{ONE}register/", matching.register, name="appointment-register"),
    path(f"{ONE}arrived/", appointments.arrived, name="appointment-arrived"),
    path(f"{ONE}attended/", appointments.attended, name="appointment-attended"),
    path(f"{ONE}no-show/", appointments.no_show, name="appointment-no-show"),
    path(f"{ONE}put-back/", appointments.put_back, name="appointment-put-back"),
    path(f"{RECORD}appointments/", records.appointments, name="patient-appointments"),
    path(f"{RECORD}online-booking/stop/", records.stop, name="patient-stop-booking"),
    path(f"{RECORD}online-booking/<uuid:block_id>/allow/", records.allow, name="patient-allow-booking"),
]
