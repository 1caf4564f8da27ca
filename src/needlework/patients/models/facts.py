"""Standing facts: what holds about a patient until it is ended."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models import User
from needlework.patients.models.person import Patient
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText


class FactKind(models.TextChoices):
    """What a standing fact is about."""

    ALLERGY = "allergy", "Allergies"
    MEDICINE = "medicine", "Medicines"
    CONDITION = "condition", "Conditions"
    GP = "gp", "GP"
    EMERGENCY_CONTACT = "emergency-contact", "Emergency contact"
    ACCESSIBILITY = "accessibility", "Accessibility needs"
    CHAPERONE = "chaperone", "Chaperone wishes"
    PHOTO_ID = "photo-id", "Photo ID seen"


CLINICAL = frozenset({FactKind.ALLERGY, FactKind.MEDICINE, FactKind.CONDITION})
"""Kinds that only roles with see-clinical-facts read."""

ABSENCE = frozenset({*CLINICAL, FactKind.GP, FactKind.EMERGENCY_CONTACT, FactKind.ACCESSIBILITY, FactKind.CHAPERONE})
"""Kinds to which "none" is an answer; without an answer nobody has asked."""


class StandingFact(models.Model):
    """One fact, sealed; ended when it no longer holds, entered in error when it never did."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="facts")
    kind = BoundedText(max_length=20, choices=FactKind.choices)
    none_known = models.BooleanField(default=False)
    text = EncryptedText()
    performed_on = models.DateField(null=True)
    performed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_in_error_at = models.DateTimeField(null=True)
    entered_in_error_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["patient", "kind"], name="fact_of_patient")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_is_known"),
            models.CheckConstraint(
                condition=Q(none_known=False) | Q(kind__in=sorted(ABSENCE)), name="fact_none_only_where_it_answers"
            ),
            models.CheckConstraint(
                condition=Q(kind=FactKind.PHOTO_ID, performed_on__isnull=False, performed_by__isnull=False)
                | (~Q(kind=FactKind.PHOTO_ID) & Q(performed_on=None, performed_by=None)),
                name="fact_photo_id_names_who_saw_it",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="fact_end_names_who",
            ),
            models.CheckConstraint(
                condition=Q(entered_in_error_at=None, entered_in_error_by=None)
                | Q(entered_in_error_at__isnull=False, entered_in_error_by__isnull=False),
                name="fact_error_names_who",
            ),
            models.UniqueConstraint(
                fields=["patient", "kind"],
                condition=Q(none_known=True, ended_at=None, entered_in_error_at=None),
                name="fact_none_known_once",
            ),
        ]

    @property
    def in_force(self) -> bool:
        """Whether it still holds."""
        return self.ended_at is None and self.entered_in_error_at is None

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the chain of the patient's clinic."""
        return self.patient.clinic_id

    @property
    def audit_patient_id(self) -> UUID:
        """Events are the patient's to see."""
        return self.patient_id
