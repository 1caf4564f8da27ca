"""A course in the diary: the appointments of one series, at their intervals."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import Clinic, User
from needlework.diary.models.resource import Resource
from needlework.diary.models.service import Service
from needlework.patients.models import Patient
from needlework.vault.fields import EncryptedJSON
from needlework.web.text import BoundedText


class AppointmentSeries(models.Model):
    """What the appointments of a course were booked by: how many, how far apart, who, when."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="series")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="series")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="series")
    practitioner = models.ForeignKey(Resource, null=True, on_delete=models.PROTECT, related_name="+")
    """Who was asked for; null for anyone."""
    sessions = models.PositiveSmallIntegerField()
    least_days = models.PositiveSmallIntegerField()
    most_days = models.PositiveSmallIntegerField()
    wishes = EncryptedJSON()
    """Preferred weekdays and times, and the blocks that held, as they were when it was booked."""
    not_after = models.DateField(null=True)
    """The day the course expires."""
    price_pence = models.PositiveIntegerField(default=0)
    """The price of the whole course; 0 where its sessions are paid one by one."""
    booked_at = models.DateTimeField()
    booked_by_kind = BoundedText(max_length=20)
    booked_by_id = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """Stopped before its last session."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["clinic"], condition=Q(ended_at=None), name="series_of_clinic")]
        constraints = [
            models.CheckConstraint(condition=Q(sessions__range=(1, 24)), name="series_one_to_24_sessions"),
            models.CheckConstraint(
                condition=Q(least_days__gte=1, most_days__gte=F("least_days"), most_days__lte=366),
                name="series_interval_is_upright",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="series_end_names_who",
            ),
        ]

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id

    @property
    def audit_patient_id(self) -> UUID:
        """Events are the patient's to see."""
        return self.patient_id
