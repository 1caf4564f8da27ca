"""What can be busy: practitioners, rooms, devices, and the people who come."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q

from needlework.accounts.models import Clinic, User
from needlework.patients.models import Patient
from needlework.vault.fields import EncryptedJSON
from needlework.web.text import BoundedText


class Visitor(models.Model):
    """Somebody who booked without being a patient yet: as little as it takes to expect and to reach them."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="visitors")
    person_key = BoundedText(max_length=64, unique=True)
    """A keyed digest of e-mail address and name: the same person typing both again is found, and nobody else."""
    details = EncryptedJSON()
    """given_names, family_name, email, phone."""
    recorded_at = models.DateTimeField()
    patient = models.ForeignKey(Patient, null=True, on_delete=models.PROTECT, related_name="visits_before")
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(patient=None, matched_at=None, matched_by=None)
                | Q(patient__isnull=False, matched_at__isnull=False, matched_by__isnull=False),
                name="visitor_match_names_who",
            ),
        ]

    @property
    def name(self) -> str:
        """The name as typed: given names first."""
        return f"{self.details['given_names']} {self.details['family_name']}".strip()

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the chain of the clinic where they booked."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events belong to the patient that the visitor turned out to be."""
        return self.patient_id


class ResourceKind(models.TextChoices):
    """What sort of thing can be busy."""

    PRACTITIONER = "practitioner", "Practitioner"
    ROOM = "room", "Room"
    DEVICE = "device", "Device"
    PATIENT = "patient", "Patient"
    VISITOR = "visitor", "Visitor"


def _is_for(kind: str, **filled: bool) -> Q:
    """Return the condition that a row of a kind points at its own sort of thing and at nothing else."""
    points = {"user": False, "patient": False, "visitor": False, "clinic": False} | filled
    return Q(kind=kind, **{f"{name}__isnull": not is_filled for name, is_filled in points.items()})


class Resource(models.Model):
    """Something that can be in one place at a time. Its key is a number: the database compares it as a range."""

    id = models.BigAutoField(primary_key=True)
    kind = BoundedText(max_length=12, choices=ResourceKind.choices)
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="resource")
    patient = models.OneToOneField(Patient, null=True, on_delete=models.PROTECT, related_name="resource")
    visitor = models.OneToOneField(Visitor, null=True, on_delete=models.PROTECT, related_name="resource")
    clinic = models.ForeignKey(Clinic, null=True, on_delete=models.PROTECT, related_name="resources")
    """Where a room or a device stands."""
    name = BoundedText(max_length=80, blank=True)
    """What a room or a device is called; people have names of their own."""
    type = BoundedText(max_length=60, blank=True)
    """What sort of room or device: services ask for one of a type, such as "treatment room" or "pen"."""
    clean_down_minutes = models.PositiveSmallIntegerField(default=0)
    """How long it stays busy after each appointment: cleaning a room or device, a practitioner writing up."""
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_is_for("practitioner", user=True)
                | _is_for("room", clinic=True)
                | _is_for("device", clinic=True)
                | _is_for("patient", patient=True)
                | _is_for("visitor", visitor=True),
                name="resource_points_at_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["room", "device"]) & ~Q(name="") & ~Q(type="")
                | ~Q(kind__in=["room", "device"]) & Q(name="", type=""),
                name="resource_of_a_clinic_is_named",
            ),
            models.UniqueConstraint(
                fields=["clinic", "kind", "name"], condition=Q(ended_at=None), name="resource_name_once"
            ),
            models.CheckConstraint(condition=Q(clean_down_minutes__lte=120), name="resource_clean_down_two_hours"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="resource_end_names_who",
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.user or self.patient or "")

    @property
    def audit_clinic_id(self) -> UUID | None:
        """Events about a room or device join its clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID | None:
        """Events about a patient's time are the patient's to see."""
        return self.patient_id
