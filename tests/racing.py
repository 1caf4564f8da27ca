"""Many people want one slot at the same moment: `python -m tests.racing CLIENTS ROUNDS KIND…` in a home's environment.

Each is a process of its own. In every round they set off together; what each of them got is printed as JSON.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
KINDS = {"equal": 0, "overlapping": 15, "held": 15, "mixed": 15}
"""Kind of race → by how many minutes the wishes of neighbours differ; all of them overlap."""
HOUR = timedelta(hours=1)
WON = "won"


@dataclass(frozen=True)
class Tried:
    """What one of them got in one round, and how long it took to hear so, in seconds."""

    kind: str
    round: int
    who: int
    outcome: str
    """"won", "overbooked", or the kind of error."""
    said: str
    seconds: float


def run(clients: int, rounds: int, kinds: list[str], environment: dict[str, str]) -> list[Tried]:
    """Let them race in a process of its own, and return every attempt."""
    command = [sys.executable, "-m", "tests.racing", str(clients), str(rounds), *kinds]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return [Tried(**one) for one in json.loads(done.stdout)]


def slots() -> Iterator[datetime]:
    """Go through three slots of every working day from the next Monday on."""
    day = datetime(2026, 11, 23, tzinfo=UTC)
    while True:
        if day.weekday() < 5 and (day.month, day.day) not in {(12, 25), (12, 28), (1, 1)}:
            yield from (day + timedelta(hours=hour) for hour in (9, 13, 15))
        day += timedelta(days=1)


def race(clients: int, rounds: int, kinds: list[str]) -> list[Tried]:
    """Run every kind of race on a clinic made for it."""
    there, patients = _clinic(clients)
    wanted = slots()
    plan = [(kind, number, next(wanted)) for kind in kinds for number in range(-1, rounds)]  # the first warms up
    moved = {
        (kind, number, who): _elsewhere(there, patients[who], index * clients + who)
        for index, (kind, number, _) in enumerate(plan)
        if kind == "mixed"
        for who in range(1, clients, 4)
    }
    context = multiprocessing.get_context("fork")
    start, heard = context.Barrier(clients), context.SimpleQueue()

    def client(who: int) -> None:
        from django.db import connection

        connection.ensure_connection()
        for kind, number, slot in plan:
            begins = slot + timedelta(minutes=KINDS[kind] * (who % 4))
            act = _act(kind, who, there, patients[who], begins, moved.get((kind, number, who)))
            start.wait(60)
            heard.put(asdict(_tried(kind, number, who, act)))

    return [one for one in _together(context, clients, client, heard, len(plan)) if one.round >= 0]


def _together(context: Any, clients: int, client: Callable[[int], None], heard: Any, rounds: int) -> list[Tried]:
    from django.db import connections

    connections.close_all()
    processes = [context.Process(target=client, args=(who,)) for who in range(clients)]
    for process in processes:
        process.start()
    tried = [Tried(**heard.get()) for _ in range(clients * rounds)]
    for process in processes:
        process.join(60)
    return tried


def _tried(kind: str, number: int, who: int, act: Callable[[], str]) -> Tried:
    began = time.perf_counter()
    try:
        outcome, said = act(), ""
    except Exception as error:
        outcome, said = type(error).__name__, str(error)
    return Tried(kind, number, who, outcome, said, time.perf_counter() - began)


def _act(kind: str, who: int, there: Any, patient: Any, begins: datetime, mine: Any) -> Callable[[], str]:
    """Return what one of them does: book, or in turn move, hold and confirm, overbook."""
    from needlework.diary import operations

    with_amira: dict[str, Any] = {"begins": begins, "practitioner": there.amira, "by": there.lead, "at": AT}
    hold_id = uuid4()

    def book() -> str:
        operations.book_appointment(appointment_id=uuid4(), service=there.treatment, patient=patient, **with_amira)
        return WON

    def move() -> str:
        operations.move_appointment(appointment=mine, sequence=0, **with_amira)
        return WON

    def hold() -> str:
        operations.hold_slot(service=there.treatment, hold_id=hold_id, online=False, **with_amira)
        operations.confirm_hold(hold_id=hold_id, patient=patient, by=there.lead, at=AT)
        return WON

    def overbook() -> str:
        operations.book_appointment(
            appointment_id=uuid4(),
            service=there.consultation,
            patient=patient,
            overbooking_reason="Urgent",
            **with_amira,
        )
        return "overbooked"

    return {"held": (hold,), "mixed": (book, move, hold, overbook)}.get(kind, (book,))[
        who % (4 if kind == "mixed" else 1)
    ]


def _clinic(clients: int) -> tuple[Any, list[Any]]:
    from needlework.diary.models import Resource
    from tests.factories import diary, patients

    there = diary.clinic_with_diary("Racecourse")
    everybody = [patients.patient(there.clinic, given_names=f"Jo {who}") for who in range(clients)]
    Resource.objects.bulk_create(Resource(kind="patient", patient=one) for one in everybody)
    return there, everybody


def _elsewhere(there: Any, patient: Any, number: int) -> Any:
    """Return an appointment of somebody at a time that nobody else wants, for them to move."""
    from needlework.diary.models import Appointment

    begins = AT + 90 * timedelta(days=1) + number * HOUR
    return Appointment.objects.create(
        clinic=there.clinic,
        service=there.treatment,
        patient=patient,
        practitioner=there.ben,
        begins=begins,
        ends=begins + HOUR,
        link_hash=uuid4().hex,
        booked_at=AT,
        booked_by_kind="system",
    )


def main() -> None:
    import django

    django.setup()
    clients, rounds, *kinds = sys.argv[1:]
    sys.stdout.write(json.dumps([asdict(one) for one in race(int(clients), int(rounds), kinds)]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "needlework.config.settings")
    main()
