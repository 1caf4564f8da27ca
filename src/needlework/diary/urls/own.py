"""Addresses of patients' own appointments."""

from django.urls import path

from needlework.diary.views import own, waits

ONE = "me/appointments/<uuid:appointment_id>/"

urlpatterns = [
    path("me/appointments/", own.appointments, name="me-appointments"),
    path("me/appointments/new/", own.services, name="me-book"),
    path("me/appointments/new/<uuid:service_id>/", own.times, name="me-book-times"),
    path("me/appointments/new/<uuid:service_id>/wait/", waits.join_as_patient, name="me-wait"),
    path("me/appointments/new/kept/<str:kept_token>/", own.book, name="me-book-confirm"),
    path(f"{ONE}move/", own.move, name="me-move"),
    path(f"{ONE}cancel/", own.cancel, name="me-cancel"),
    path(f"{ONE}earlier/", waits.wait_for_earlier, name="me-wait-earlier"),
    path("me/waiting/<uuid:wait_id>/leave/", waits.leave, name="me-leave-waiting"),
]
