"""Two records of one person, put together and, if that was wrong, taken apart again."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import User
from needlework.patients.models.person import Patient


class MergeRecord(models.Model):
    """`merged` is the same person as `kept`: nothing is copied, so undoing restores both exactly."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    kept = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="merges")
    merged = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two_records"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None) | Q(undone_at__isnull=False, undone_by__isnull=False),
                name="merge_undoing_names_who",
            ),
            models.UniqueConstraint(fields=["merged"], condition=Q(undone_at=None), name="merged_once_at_a_time"),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the chain of the kept record's clinic."""
        return self.kept.clinic_id

    @property
    def audit_patient_id(self) -> UUID:
        """Events are the patient's to see."""
        return self.kept_id
