"""Addresses of calendar files and feeds."""

from django.urls import path

from needlework.diary.views import feeds

urlpatterns = [
    path("calendar/<slug:token>.ics", feeds.read, name="calendar"),
    path("book/a/<slug:token>/appointment.ics", feeds.appointment_file, name="appointment-ics"),
    path("account/calendar/", feeds.feed, name="feed"),
    path("account/calendar/make/", feeds.make_feed, name="make-feed"),
    path("account/calendar/end/", feeds.end_feed, name="end-feed"),
    path("me/appointments/calendar/", feeds.own_feed, name="me-feed"),
    path("me/appointments/calendar/make/", feeds.make_own_feed, name="me-make-feed"),
    path("me/appointments/calendar/end/", feeds.end_own_feed, name="me-end-feed"),
    path(
        "me/appointments/<uuid:appointment_id>/appointment.ics", feeds.own_appointment_file, name="me-appointment-ics"
    ),
]
