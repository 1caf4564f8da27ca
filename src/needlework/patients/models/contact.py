"""How a patient may be reached, and for what: each answer is kept, the latest holds."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models import User
from needlework.patients.models.person import Patient
from needlework.web.text import BoundedText


class Channel(models.TextChoices):
    """A way to reach somebody."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "Text message"
    PHONE = "phone", "Phone call"
    POST = "post", "Post"


class Purpose(models.TextChoices):
    """What for: care is never held back by a no to marketing."""

    CARE = "care", "Appointments and care"
    MARKETING = "marketing", "News and offers"


class ContactChoice(models.Model):
    """The patient's answer for one channel and purpose, written down by staff or by the patient."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contact_choices")
    channel = BoundedText(max_length=10, choices=Channel.choices)
    purpose = BoundedText(max_length=10, choices=Purpose.choices)
    allowed = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    by_patient = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["patient", "channel", "purpose", "-recorded_at"], name="contact_latest")]
        constraints = [
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="contact_channel_is_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="contact_purpose_is_known"),
            models.CheckConstraint(
                condition=Q(by_patient=True, recorded_by=None) | Q(by_patient=False, recorded_by__isnull=False),
                name="contact_names_who_wrote_it",
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
