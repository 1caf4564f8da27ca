"""A patient's way in: a link for one use, which becomes the sign-in once the person has spent it."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.patients.models.person import Patient
from needlework.web.text import BoundedText


class SignInLink(models.Model):
    """Sent to an address on request; only the hash of its token is kept."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    email = BoundedText(max_length=254)
    token_hash = BoundedText(max_length=64, unique=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    spent_at = models.DateTimeField(null=True)
    spent_by = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="sign_ins")
    signed_out_at = models.DateTimeField(null=True)
    signed_out_by = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["email", "valid_from"], name="sign_in_by_address")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="sign_in_link_lasts"),
            models.CheckConstraint(condition=Q(wrong_tries__lte=5), name="sign_in_five_wrong_tries"),
            models.CheckConstraint(
                condition=Q(spent_at=None, spent_by=None) | Q(spent_at__isnull=False, spent_by__isnull=False),
                name="sign_in_names_who_spent_it",
            ),
            models.CheckConstraint(
                condition=Q(signed_out_at=None, signed_out_by=None)
                | Q(signed_out_at__isnull=False, signed_out_by__isnull=False, spent_at__isnull=False),
                name="sign_in_ends_after_it_began",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID | None:
        """Events join the chain of the patient's clinic, once it is known who it was."""
        return self.spent_by.clinic_id if self.spent_by else None

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events are the patient's to see, once it is known who it was."""
        return self.spent_by_id
