"""The person treated, and every state of the record there has been."""

from datetime import date
from typing import ClassVar
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import Clinic, User
from needlework.vault.fields import EncryptedJSON, EncryptedText
from needlework.web.text import BoundedText


class Sex(models.TextChoices):
    """Sex as the patient gave it for the record; empty means that nobody asked."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    INTERSEX = "intersex", "Intersex"
    NOT_SAID = "not-said", "Prefers not to say"


class Patient(models.Model):
    """The person treated, as known now. Names, birthday, phone and e-mail are plain because they are searched."""

    audit_kind: ClassVar[str] = "patient"

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    family_name = BoundedText(max_length=120)
    given_names = BoundedText(max_length=120)
    known_as = BoundedText(max_length=80, blank=True)
    title = BoundedText(max_length=40, blank=True)
    date_of_birth = models.DateField()
    sex = BoundedText(max_length=10, choices=Sex.choices, blank=True)
    gender = BoundedText(max_length=60, blank=True)
    pronouns = BoundedText(max_length=40, blank=True)
    phone = BoundedText(max_length=20, blank=True)
    email = BoundedText(max_length=254, blank=True)
    address = BoundedText(max_length=400, blank=True)
    external_number = BoundedText(max_length=60, blank=True)
    notes = EncryptedText()
    search = BoundedText(max_length=640)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        indexes = [
            models.Index(fields=["search", "id", "clinic"], name="patient_search"),
            models.Index(fields=["date_of_birth"], name="patient_birthday"),
            models.Index(fields=["clinic", "-recorded_at"], name="patient_recent"),
            models.Index(fields=["email"], condition=~Q(email=""), name="patient_email"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="patient_phone"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(family_name="") | ~Q(given_names=""), name="patient_has_a_name"),
            models.CheckConstraint(condition=Q(date_of_birth__gte=date(1900, 1, 1)), name="patient_born_since_1900"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="patient_sex_is_known"),
            models.CheckConstraint(condition=Q(version__gte=1), name="patient_version_counts_from_one"),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="patient_not_merged_into_itself"),
            models.UniqueConstraint(
                fields=["clinic", "external_number"], condition=~Q(external_number=""), name="patient_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name as spoken: given names first."""
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def audit_clinic_id(self) -> UUID:
        """Events about a patient join the chain of the clinic that registered them."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID:
        """Events about a patient are the patient's to see."""
        return self.pk


class PatientVersion(models.Model):
    """What the record said from a moment on: appended by each operation that changes it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    details = EncryptedJSON()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["patient", "number"], name="patient_version_once")]
