"""What was charged and paid for one appointment or one course, and for all that a patient had."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from needlework.accounts.capabilities import clinics_where
from needlework.accounts.models import Clinic, User
from needlework.care import references
from needlework.diary.models import Appointment, AppointmentSeries
from needlework.diary.queries import appointments, series
from needlework.diary.queries.course import Course
from needlework.patients.models import Patient
from needlework.patients.queries.people import same_person
from needlework.payments import permissions
from needlework.payments import queries as books
from needlework.payments.models import Entry, Kind
from needlework.payments.queries import Balance, Line

MISSING = "There is no such bill at one of your clinics."


@dataclass(frozen=True)
class Bill:
    """What stands in the books under one reference, and what it is for."""

    reference: str
    clinic: Clinic
    about: str
    balance: Balance
    lines: Sequence[Line] = ()
    patient: Patient | None = None
    appointment: Appointment | None = None
    course: Course | None = None

    @property
    def payer(self) -> UUID | None:
        """Whose books it stands in."""
        return self.patient.pk if self.patient else None

    @property
    def deposit_left(self) -> int:
        """What is left of the deposit that was asked for."""
        asked = self.appointment.deposit_pence if self.appointment and not self.course else 0
        return self.balance.deposit_left(asked)

    @property
    def used(self) -> int:
        """How many sessions of a course the patient came to."""
        return len(self.course.came) if self.course else 0

    @property
    def unused_pence(self) -> int:
        """What the sessions that nobody came to are worth at the course's price."""
        if self.course is None:
            return 0
        sold = self.course.series
        return sold.price_pence * max(0, sold.sessions - self.used) // sold.sessions


@dataclass(frozen=True)
class Account:
    """All that one patient was charged and has paid."""

    bills: list[Bill]
    total: Balance = field(default_factory=Balance)

    @property
    def left(self) -> int:
        """What is left to pay on those bills on which something is."""
        return sum(max(0, bill.balance.left) for bill in self.bills)

    @property
    def over(self) -> int:
        """What was paid and is not owed, on the bills where that is so."""
        return sum(bill.balance.over for bill in self.bills)


def bill_for(user: User, reference: str) -> Bill:
    """Return a bill of a clinic in which somebody takes payments; any other is missing."""
    parts = references.parts(reference)
    if parts is None:
        raise Http404(MISSING)
    kind, key = parts
    if kind == references.APPOINTMENT:
        bill = of_appointment(appointments.appointment_for(user, key))
    else:
        bill = of_course(series.course_for(user, key))
    permissions.may_take_payments(user=user, clinic=bill.clinic).or_raise()
    return bill


def of_appointment(appointment: Appointment) -> Bill:
    """Return the bill that an appointment stands on: its own, or that of its course."""
    reference = references.of_appointment(appointment)
    course = series.course_of(appointment) if reference.startswith(references.SERIES) else None
    if course:
        return of_course(course, appointment)
    return _bill(reference, appointment.clinic, appointment.service.name, appointment.patient, appointment)


def of_course(course: Course, appointment: Appointment | None = None) -> Bill:
    """Return the bill of a whole course."""
    sold = course.series
    return _bill(references.of_series(sold), sold.clinic, _course_words(sold), sold.patient, appointment, course)


def _course_words(sold: AppointmentSeries) -> str:
    return f"{sold.service.name}, a course of {sold.sessions}"


def _bill(
    reference: str,
    clinic: Clinic,
    about: str,
    patient: Patient | None,
    appointment: Appointment | None,
    course: Course | None = None,
) -> Bill:
    found = list(books.entries_of([reference]))
    return Bill(reference, clinic, about, total(found), books.lines(found), patient, appointment, course)


def total(entries: Iterable[Entry]) -> Balance:
    """Return the balance of some entries."""
    sums: dict[str, int] = dict.fromkeys(Kind.values, 0)
    for entry in entries:
        sums[entry.kind] += entry.amount_pence
    return books.balance_of(sums)


def account_of(patient: Patient, *, seen_by: User | None = None) -> Account:
    """Return all that a patient was charged and has paid, the newest bill first.

    Staff see the bills of the clinics in which they take payments; the patient sees all.
    """
    known = references_of(patient)
    entries = list(books.entries_of(known, same_person(patient)))
    if seen_by:
        clinics = clinics_where(seen_by, "take-payments")
        entries = [entry for entry in entries if entry.clinic_id in clinics]
    grouped: dict[str, list[Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.reference, []).append(entry)
    bills = [_of_entries(reference, rows, patient, known) for reference, rows in reversed(grouped.items())]
    return Account(bills, total(entries))


def _of_entries(reference: str, rows: list[Entry], patient: Patient, known: dict[str, Appointment | Course]) -> Bill:
    thing = known.get(reference)
    about = next((row.about for row in rows if row.about), "")
    return Bill(
        reference=reference,
        clinic=rows[0].clinic,
        about=about,
        balance=total(rows),
        lines=books.lines(rows),
        patient=patient,
        appointment=thing if isinstance(thing, Appointment) else None,
        course=thing if isinstance(thing, Course) else None,
    )


def references_of(patient: Patient) -> dict[str, Appointment | Course]:
    """Return everything of a patient's that may have been paid for, by its reference."""
    single = {f"{references.APPOINTMENT}:{one.pk}": one for one in appointments.appointments_of(patient)}
    courses = {references.of_series(one.series): one for one in series.courses_of(patient)}
    return {**single, **courses}


def own_bill(patient: Patient, reference: str) -> Bill:
    """Return one bill of a patient's own; 404 for anybody else's."""
    found = next((bill for bill in account_of(patient).bills if bill.reference == reference), None)
    if found is None:
        raise Http404(MISSING)
    return found


def line_of(bill: Bill, entry_id: UUID) -> Line:
    """Return one entry of a bill; one of another bill is missing."""
    found = next((line for line in bill.lines if line.entry.pk == entry_id), None)
    if found is None:
        raise Http404(MISSING)
    return found


def own_receipt(patient: Patient, entry_id: UUID) -> tuple[Bill, Line]:
    """Return a payment of a patient's own with its bill."""
    for bill in account_of(patient).bills:
        for line in bill.lines:
            if line.entry.pk == entry_id and line.is_payment:
                return bill, line
    raise Http404(MISSING)
