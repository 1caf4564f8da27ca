"""What stands between one patient and booking online."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models import User
from needlework.patients.models import Patient
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText


class OnlineBlock(models.Model):
    """That a patient cannot book online, until a day or until it is ended; staff still can, and see why."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="online_blocks")
    reason = EncryptedText()
    until_day = models.DateField(null=True)
    """The last day it holds."""
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="online_block_end_names_who",
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


class CalendarFeed(models.Model):
    """A private address from which a calendar program reads somebody's appointments."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="feeds")
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="feeds")
    token_hash = BoundedText(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, patient__isnull=False) | Q(user__isnull=False, patient=None),
                name="feed_is_one_persons",
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="feed_one_per_user"),
            models.UniqueConstraint(fields=["patient"], condition=Q(ended_at=None), name="feed_one_per_patient"),
        ]

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the patient's to see."""
        return self.patient_id
