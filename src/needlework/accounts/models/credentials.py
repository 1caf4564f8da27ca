"""What lets somebody treat: registrations, insurance, training; and what lets a clinic."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models.organisation import Clinic
from needlework.accounts.models.people import User
from needlework.vault.fields import EncryptedText
from needlework.web.text import BoundedText

ERROR_NAMES_WHO = Q(entered_in_error_at=None, entered_in_error_by=None) | ~(
    Q(entered_in_error_at=None) | Q(entered_in_error_by=None)
)
ENDS_AFTER_START = Q(valid_until=None) | Q(valid_until__gte=F("valid_from"))


class CredentialKind(models.TextChoices):
    """What a credential lets somebody do."""

    REGISTRATION = "registration", "Professional registration"
    INSURANCE = "insurance", "Insurance"
    LICENCE = "licence", "Personal licence"
    DEVICE_TRAINING = "device-training", "Device training"
    PRESCRIBING = "prescribing", "Right to prescribe"
    SUPPLY = "supply", "Right to supply medicines"


class Credential(models.Model):
    """One document that somebody showed: what it allows, from when until when."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="credentials")
    kind = BoundedText(max_length=20, choices=CredentialKind.choices)
    body = BoundedText(max_length=120, blank=True)
    number = BoundedText(max_length=60, blank=True)
    device = BoundedText(max_length=120, blank=True)
    note = EncryptedText(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_in_error_at = models.DateTimeField(null=True)
    entered_in_error_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "kind"], name="credential_of_user")]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="credential_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(kind="registration") | (~Q(body="") & ~Q(number="")),
                name="registration_has_body_and_number",
            ),
            models.CheckConstraint(
                condition=Q(kind="device-training", device__gt="") | (~Q(kind="device-training") & Q(device="")),
                name="only_device_training_names_a_device",
            ),
            models.CheckConstraint(condition=~Q(kind="insurance") | ~Q(valid_until=None), name="insurance_has_an_end"),
            models.CheckConstraint(condition=ERROR_NAMES_WHO, name="credential_error_names_who"),
        ]

    def __str__(self) -> str:
        return self.device or self.get_kind_display()


class LicenceKind(models.TextChoices):
    """Who licenses or registers a clinic."""

    COUNCIL = "council", "Council registration or licence"
    HIS = "healthcare-improvement-scotland", "Healthcare Improvement Scotland"
    CQC = "care-quality-commission", "Care Quality Commission"


class Answer(models.TextChoices):
    """What the licensing body said."""

    REGISTERED = "registered", "Registered"
    NOT_NEEDED = "not-needed", "Registration is not needed"


class ClinicLicence(models.Model):
    """What a council or regulator answered to a clinic, with its dates."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="licences")
    kind = BoundedText(max_length=40, choices=LicenceKind.choices)
    answer = BoundedText(max_length=20, choices=Answer.choices, default=Answer.REGISTERED)
    body = BoundedText(max_length=120, blank=True)
    number = BoundedText(max_length=60, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_in_error_at = models.DateTimeField(null=True)
    entered_in_error_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["clinic", "kind"], name="licence_of_clinic")]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="clinic_licence_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(answer="registered") | ~Q(number=""), name="clinic_registration_has_a_number"
            ),
            models.CheckConstraint(condition=ERROR_NAMES_WHO, name="clinic_licence_error_names_who"),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events about a licence join the clinic's chain."""
        return self.clinic_id
