"""Addresses of booking without an account, and of private links."""

from django.urls import path

from needlework.diary.views import private, public, waits

PRIVATE = "book/a/<slug:token>/"

urlpatterns = [
    path("book/", public.clinics, name="book"),
    path("book/clinic/<uuid:clinic_id>/", public.services, name="book-services"),
    path("book/<uuid:service_id>/", public.times, name="book-times"),
    path("book/<uuid:service_id>/wait/", waits.join, name="book-wait"),
    path("book/kept/<str:kept_token>/", public.details, name="book-details"),
    path(PRIVATE, private.appointment, name="appointment-private"),
    path(f"{PRIVATE}move/", private.move, name="appointment-private-move"),
    path(f"{PRIVATE}cancel/", private.cancel, name="appointment-private-cancel"),
    path("book/offer/<slug:token>/", private.offer, name="waiting-offer"),
]
