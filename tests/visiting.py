"""Somebody without an account at the pages of a clinic with a diary: fixtures clock, clinic and times, and steps."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from needlework.diary.minutes import minute_of
from tests.factories import diary

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
JO = {"given_names": "Jo", "family_name": "Ellison", "email": "jo@example.test"}


class Clock:
    """What the server's clock shows; a Sunday at nine, until a test says otherwise."""

    at = diary.AT


@pytest.fixture
def clock(db, monkeypatch):
    shows = Clock()
    monkeypatch.setattr("django.utils.timezone.now", lambda: shows.at)
    return shows


@pytest.fixture
def clinic(clock):
    return diary.clinic_with_diary()


@pytest.fixture
def times(clinic):
    """The address of a consultation's free times."""
    return reverse("book-times", args=[clinic.consultation.pk])


def text(response):
    """Return what a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def problem(response):
    """Return what the summary of errors says."""
    return re.search(r"Please check</h2>\s*<ul>(.*?)</ul>", response.content.decode(), re.DOTALL)[1].strip()


def press(client, address, begins=TUESDAY, **data):
    return client.post(address, {"begins": minute_of(begins), **data})


def keep(client, address, begins=TUESDAY):
    """Choose a time; return the address that asks who comes."""
    response = press(client, address, begins)
    assert response.status_code == 302, text(response)
    return response["Location"]


def book(client, address, begins=TUESDAY, **who):
    """Book as a visitor; return the private address of the appointment."""
    response = client.post(keep(client, address, begins), JO | who)
    assert response.status_code == 302, text(response)
    return response["Location"]


def by_somebody_else(times, begins=TUESDAY, who=2):
    """Two strangers take both practitioners at a time."""
    for number in range(who):
        book(Client(), times, begins, email=f"stranger{number}@example.test", given_names=f"S{number}")
