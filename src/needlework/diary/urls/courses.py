"""Addresses of courses, and of appointments that have to be moved."""

from django.urls import path

from needlework.diary.views import courses, replanning

ONE = "diary/courses/<uuid:series_id>/"

urlpatterns = [
    path("patients/<uuid:patient_id>/courses/new/", courses.new, name="diary-course-new"),
    path(ONE, courses.show, name="diary-course"),
    path(f"{ONE}next/", replanning.next_session, name="diary-course-next"),
    path(f"{ONE}end/", courses.end, name="diary-course-end"),
    path(f"{ONE}resume/", courses.resume, name="diary-course-resume"),
    path("diary/appointments/<uuid:appointment_id>/replan/", replanning.move, name="appointment-replan"),
    path("diary/to-move/", replanning.to_move, name="diary-to-move"),
]
