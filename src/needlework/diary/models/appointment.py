"""Appointments, the holds that come before them, and what both occupy."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import BigIntegerField, ExpressionWrapper, F, Q, Value

from needlework.accounts.models import Clinic
from needlework.diary.minutes import MinuteField
from needlework.diary.models.resource import Resource, Visitor
from needlework.diary.models.series import AppointmentSeries
from needlework.diary.models.service import Service
from needlework.patients.models import Patient
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText

LONGEST = 12 * 60
"""The most minutes an appointment takes; what it occupies, cleaning included, never exceeds a day."""


class State(models.TextChoices):
    """Where an appointment stands."""

    BOOKED = "booked", "Booked"
    ARRIVED = "arrived", "Arrived"
    ATTENDED = "attended", "Attended"
    NO_SHOW = "no-show", "Did not come"
    CANCELLED = "cancelled", "Cancelled"


NEXT: dict[str, frozenset[str]] = {
    State.BOOKED: frozenset({State.ARRIVED, State.ATTENDED, State.NO_SHOW, State.CANCELLED}),
    State.ARRIVED: frozenset({State.BOOKED, State.ATTENDED, State.NO_SHOW, State.CANCELLED}),
    State.ATTENDED: frozenset({State.ARRIVED}),
    State.NO_SHOW: frozenset({State.ARRIVED, State.BOOKED}),
    State.CANCELLED: frozenset(),
}
"""State → the states that may follow; a cancelled appointment stays cancelled, its time is somebody else's."""


def _shorter_than(minutes: int) -> Q:
    """Return the condition that a span of time is no longer than so many minutes."""
    return Q(ends__lte=ExpressionWrapper(F("begins") + Value(minutes), output_field=BigIntegerField()))


class Appointment(models.Model):
    """A slot in the diary that belongs to somebody. `ends` is when the patient leaves; cleaning comes after it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="appointments")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="appointments")
    visitor = models.ForeignKey(Visitor, null=True, on_delete=models.PROTECT, related_name="appointments")
    practitioner = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    begins = MinuteField()
    ends = MinuteField()
    price_pence = models.PositiveIntegerField(default=0)
    deposit_pence = models.PositiveIntegerField(default=0)
    series = models.ForeignKey(AppointmentSeries, null=True, on_delete=models.PROTECT, related_name="appointments")
    number = models.PositiveSmallIntegerField(null=True)
    """Which of the series it is, from 1; one that was cancelled or missed leaves its number to another."""
    overbooked = models.BooleanField(default=False)
    """Staff put it beside another appointment on purpose; its first change says why."""
    state = BoundedText(max_length=10, choices=State.choices, default=State.BOOKED)
    sequence = models.PositiveIntegerField(default=0)
    """Grows with every change: the iCalendar SEQUENCE, and what a form was filled from."""
    note = EncryptedText()
    """What the person wrote when they booked."""
    link_hash = BoundedText(max_length=64, unique=True)
    """SHA-256 of the token of its private link."""
    booked_at = models.DateTimeField()
    booked_by_kind = BoundedText(max_length=20)
    booked_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "begins"], name="appointment_of_clinic"),
            models.Index(fields=["patient", "begins"], name="appointment_of_patient"),
            models.Index(fields=["practitioner", "begins"], name="appointment_of_practitioner"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="appointment_ends_after_it_begins"),
            models.CheckConstraint(condition=_shorter_than(LONGEST), name="appointment_within_twelve_hours"),
            models.CheckConstraint(
                condition=Q(patient__isnull=False) | Q(visitor__isnull=False), name="appointment_is_somebodys"
            ),
            models.CheckConstraint(
                condition=Q(series=None, number=None) | Q(series__isnull=False, number__gte=1),
                name="appointment_numbered_in_series",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="appointment_state_is_known"),
            models.UniqueConstraint(
                fields=["series", "number"],
                condition=~Q(state__in=["cancelled", "no-show"]),
                name="appointment_once_in_series",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the patient's to see."""
        return self.patient_id


class Hold(models.Model):
    """A slot kept for a few minutes while somebody types, or for the first on the waiting list; it ends by itself."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="holds")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    practitioner = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="holds")
    """Whose it is, where the person is known already."""
    begins = MinuteField()
    ends = MinuteField()
    price_pence = models.PositiveIntegerField(default=0)
    deposit_pence = models.PositiveIntegerField(default=0)
    browser_key = BoundedText(max_length=64, blank=True)
    """A digest of the visitor's browser: one hold each."""
    origin_key = BoundedText(max_length=64, blank=True)
    """A digest of the address it came from: many people may share one."""
    until = models.DateTimeField()
    held_at = models.DateTimeField()
    held_by_kind = BoundedText(max_length=20)
    held_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["until"], name="hold_by_end"),
            models.Index(fields=["browser_key"], name="hold_of_browser"),
            models.Index(fields=["origin_key"], name="hold_from_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="hold_ends_after_it_begins"),
            models.CheckConstraint(condition=_shorter_than(LONGEST), name="hold_within_twelve_hours"),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the patient's to see."""
        return self.patient_id


class Occupancy(models.Model):
    """That one resource is busy for one appointment or hold, cleaning included. The database refuses overlaps."""

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="occupancies", db_index=False)
    begins = MinuteField()
    ends = MinuteField()
    appointment = models.ForeignKey(Appointment, null=True, on_delete=models.CASCADE, related_name="occupancies")
    hold = models.ForeignKey(Hold, null=True, on_delete=models.CASCADE, related_name="occupancies")
    exclusive = models.BooleanField(default=True)
    """False where staff overbooked on purpose: such a row may lie over others, but no exclusive one over it."""

    class Meta:
        indexes = [models.Index(fields=["resource", "begins", "ends"], name="occupancy_of_resource")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="occupancy_ends_after_it_begins"),
            models.CheckConstraint(condition=_shorter_than(24 * 60), name="occupancy_within_a_day"),
            models.CheckConstraint(
                condition=Q(appointment=None, hold__isnull=False) | Q(appointment__isnull=False, hold=None),
                name="occupancy_is_one_things",
            ),
        ]


class ChangeKind(models.TextChoices):
    """What became of an appointment."""

    BOOKED = "booked", "Booked"
    MOVED = "moved", "Moved"
    CANCELLED = "cancelled", "Cancelled"
    ARRIVED = "arrived", "Arrived"
    ATTENDED = "attended", "Attended"
    NO_SHOW = "no-show", "Did not come"
    UNDONE = "undone", "Put back"
    MATCHED = "matched", "Matched with a patient"


class AppointmentChange(models.Model):
    """One step of an appointment's history: who did what, when, and why. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    appointment = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="changes")
    kind = BoundedText(max_length=10, choices=ChangeKind.choices)
    from_begins = MinuteField()
    to_begins = MinuteField()
    """The same where it was not moved."""
    reason = EncryptedText()
    recorded_at = models.DateTimeField()
    recorded_by_kind = BoundedText(max_length=20)
    recorded_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["appointment", "recorded_at"], name="change_of_appointment")]
        constraints = [models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="change_kind_is_known")]
