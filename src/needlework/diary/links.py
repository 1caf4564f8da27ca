"""Full addresses that letters and calendar files lead to."""

from django.conf import settings
from django.urls import reverse

from needlework.diary.models import Appointment, CalendarFeed, WaitingOffer
from needlework.diary.tokens import token_of


def to_appointment(appointment: Appointment) -> str:
    """Return the private address of an appointment: whoever holds it may move or cancel."""
    return settings.ADDRESS + reverse("appointment-private", args=[token_of("appointment", appointment.pk)])


def to_offer(offer: WaitingOffer) -> str:
    """Return the private address at which an offer of the waiting list is taken or declined."""
    return settings.ADDRESS + reverse("waiting-offer", args=[token_of("waiting-offer", offer.pk)])


def own_appointments() -> str:
    """Return the address of a patient's own appointments, behind their sign-in."""
    return settings.ADDRESS + reverse("me-appointments")


def to_feed(feed: CalendarFeed) -> str:
    """Return the secret address of a feed."""
    return settings.ADDRESS + reverse("calendar", args=[token_of("feed", feed.pk)])


def to_book() -> str:
    """Return the address at which anybody can book."""
    return settings.ADDRESS + reverse("book")
