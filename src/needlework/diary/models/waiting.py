"""The waiting list: people who want an earlier time, in order, with offers that expire."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import Clinic
from needlework.diary.minutes import MinuteField
from needlework.diary.models.appointment import Appointment, Hold
from needlework.diary.models.resource import Resource, Visitor
from needlework.diary.models.service import Service
from needlework.diary.slots.wishes import weekdays_in_words
from needlework.diary.slots.words import one_of
from needlework.patients.models import Patient
from needlework.web.text import BoundedText


class WaitingEntry(models.Model):
    """Somebody who waits for a time; the first to join is the first to be offered one."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="waiting")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="waiting")
    visitor = models.ForeignKey(Visitor, null=True, on_delete=models.PROTECT, related_name="waiting")
    practitioner = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    instead_of = models.ForeignKey(Appointment, null=True, on_delete=models.PROTECT, related_name="waiting")
    """The appointment that an earlier one would replace: taking an offer moves it."""
    first_day = models.DateField()
    last_day = models.DateField()
    weekdays = models.JSONField(default=list)
    """Days of the week that suit, 0 is Monday; none named means any."""
    joined_at = models.DateTimeField()
    joined_by_kind = BoundedText(max_length=20)
    joined_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by_kind = BoundedText(max_length=20, blank=True)
    ended_by_id = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["clinic", "joined_at"], condition=Q(ended_at=None), name="waiting_in_order")]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="waiting_for_a_day_at_least"),
            models.CheckConstraint(
                condition=Q(patient__isnull=False) | Q(visitor__isnull=False), name="waiting_is_somebody"
            ),
        ]

    @property
    def days_in_words(self) -> str:
        """The days of the week that suit: Monday or Friday; nothing where any does."""
        return one_of(weekdays_in_words(self.weekdays))

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the patient's to see."""
        return self.patient_id


class OfferOutcome(models.TextChoices):
    """What came of an offer."""

    OPEN = "open", "Open"
    TAKEN = "taken", "Taken"
    DECLINED = "declined", "Declined"
    EXPIRED = "expired", "Expired"


class WaitingOffer(models.Model):
    """A freed slot offered to one person for a stated time; the hold behind it keeps everybody else out."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    entry = models.ForeignKey(WaitingEntry, on_delete=models.PROTECT, related_name="offers")
    hold = models.OneToOneField(Hold, null=True, on_delete=models.SET_NULL, related_name="offer")
    begins = MinuteField()
    practitioner = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="+")
    outcome = BoundedText(max_length=10, choices=OfferOutcome.choices, default=OfferOutcome.OPEN)
    link_hash = BoundedText(max_length=64, unique=True)
    until = models.DateTimeField()
    offered_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry"], condition=Q(outcome="open"), name="offer_one_open_each"),
            models.UniqueConstraint(fields=["entry", "begins", "practitioner"], name="offer_once_each"),
            models.CheckConstraint(condition=Q(outcome__in=OfferOutcome.values), name="offer_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="open", settled_at=None) | ~Q(outcome="open") & Q(settled_at__isnull=False),
                name="offer_open_or_settled",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.entry.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the patient's to see."""
        return self.entry.patient_id
