"""Lists of patients that were brought in from a file."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models import Clinic, User
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText

MOST_CHARACTERS = 10 * 1024 * 1024


class ImportedFile(models.Model):
    """A checked file: its text is kept, sealed, until it is applied or forgotten; one file is applied once."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
    digest = BoundedText(max_length=64)
    text = EncryptedText(max_length=MOST_CHARACTERS)
    encoding = BoundedText(max_length=20)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    added = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at=None) | Q(text__empty=True), name="import_applied_is_forgotten"
            ),
            models.CheckConstraint(
                condition=Q(applied_at=None, applied_by=None) | Q(applied_at__isnull=False, applied_by__isnull=False),
                name="import_names_who_applied_it",
            ),
            models.UniqueConstraint(
                fields=["clinic", "digest"], condition=Q(applied_at__isnull=False), name="import_applied_once"
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the chain of the clinic that takes the patients in."""
        return self.clinic_id
