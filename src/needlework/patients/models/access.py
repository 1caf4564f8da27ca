"""Access from outside the clinic that registered a patient: given (Grant) or taken in need (BreakGlass)."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import Clinic, User
from needlework.patients.models.person import Patient
from needlework.vault.fields import EncryptedText


class Grant(models.Model):
    """Access to one patient given to another clinic or to one person, until a date."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="grants")
    clinic = models.ForeignKey(Clinic, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedText()
    until = models.DateTimeField()
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["clinic", "until"], name="grant_to_clinic"),
            models.Index(fields=["user", "until"], name="grant_to_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(clinic__isnull=False, user=None) | Q(clinic=None, user__isnull=False),
                name="grant_to_a_clinic_or_a_person",
            ),
            models.CheckConstraint(condition=Q(until__gt=F("granted_at")), name="grant_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="grant_end_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the chain of the patient's clinic."""
        return self.patient.clinic_id

    @property
    def audit_patient_id(self) -> UUID:
        """Events are the patient's to see."""
        return self.patient_id


class BreakGlass(models.Model):
    """Access that somebody took in need, with the reason typed; listed until a lead has seen it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="broken_glass")
    reason = EncryptedText()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["opened_by", "until"], name="break_glass_by_user")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("opened_at")), name="break_glass_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None) | Q(seen_at__isnull=False, seen_by__isnull=False),
                name="break_glass_seen_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the chain of the patient's clinic."""
        return self.patient.clinic_id

    @property
    def audit_patient_id(self) -> UUID:
        """Events are the patient's to see."""
        return self.patient_id
