"""The diary, measured as its peer is: the same day and service, as many past appointments. Prints a line of JSON."""

import json
import logging
import os
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from datetime import time as clock
from itertools import islice
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import django

DAYS_AHEAD = 30
LONDON = ZoneInfo("Europe/London")
LONG_DAY = {"opens": clock(9), "closes": clock(18), "break_starts": None, "break_ends": None}


def half_hours(day: date) -> Iterator[datetime]:
    """Yield the half hours of a day from nine on."""
    opening = datetime.combine(day, clock(9), LONDON)
    return (opening + timedelta(minutes=30 * number) for number in range(18))


def past_times(count: int) -> Iterator[datetime]:
    """Yield that many beginnings in the past, sixteen a day."""
    days = (datetime.now(LONDON).date() - timedelta(days=1 + number) for number in range(count))
    return islice((begins for day in days for begins in islice(half_hours(day), 16)), count)


def main(past: int) -> None:
    """Build, measure and print."""
    from needlework.vault import keys

    keys.create(Path(os.environ["NEEDLEWORK_KEY_FILE"]))
    django.setup()
    logging.disable()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from bench.diary.peer.timing import ROUNDS, timed
    from needlework.diary.models import Appointment
    from needlework.diary.operations import book_appointment
    from needlework.diary.people import person_of
    from needlework.diary.queries.availability import Asking, offers
    from tests.factories import diary

    asked, now = (
        datetime.now(LONDON).date() + timedelta(days=DAYS_AHEAD),
        datetime.now(LONDON).replace(second=0, microsecond=0),
    )
    made = diary.clinic_with_diary()
    dana = diary.practitioner("Dana Reid", at=made.clinic, **LONG_DAY)
    diary.week(dana, made.clinic, (5, 6), **LONG_DAY)
    service = diary.service(made.clinic, "Half an hour", [dana], minutes=30, price_pence=0)

    def row(begins: datetime) -> Appointment:
        ends, key = begins + timedelta(minutes=30), uuid4()
        return Appointment(
            id=key, clinic=made.clinic, service=service, patient=made.patient, practitioner=dana, begins=begins,
            ends=ends, link_hash=key.hex, booked_at=now, booked_by_kind="system",
        )  # fmt: skip

    person_of(made.patient)
    filled = [row(begins) for begins in [*list(half_hours(asked))[:16:2], *past_times(past)]]
    Appointment.objects.bulk_create(filled, batch_size=500)

    def a_day(_: int) -> None:
        asking = Asking(online=True, known=True)
        (day,) = offers(service, first=asked, last=asked, practitioner=dana, asking=asking, at=now).days
        assert len([start.begins for start in day.starts]) >= 10

    def book(number: int) -> None:
        begins = list(half_hours(asked + timedelta(days=40 + number // 18)))[number % 18]
        book_appointment(
            appointment_id=uuid4(), service=service, begins=begins, practitioner=dana, patient=made.patient,
            by=made.lead, at=now,
        )  # fmt: skip

    before = Appointment.objects.count()
    print(json.dumps({"day": timed(a_day), "booking": timed(book)}))
    assert Appointment.objects.count() == before + ROUNDS + 2


main(int(sys.argv[1]))
