"""Services: what can be booked, how long it takes, who does it, what it needs, and what it costs."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from needlework.accounts.models import Clinic, User
from needlework.diary.models.resource import Resource
from needlework.web.text import BoundedText


class ForWhom(models.TextChoices):
    """Who may book a service online."""

    EVERYBODY = "everybody", "Everybody"
    NEW = "new", "New patients"
    RETURNING = "returning", "Patients who have been here before"


class Service(models.Model):
    """One thing that a clinic offers by appointment. What was booked keeps its length and its price of then."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="services")
    name = BoundedText(max_length=80)
    description = BoundedText(max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField()
    price_pence = models.PositiveIntegerField(default=0)
    deposit_pence = models.PositiveIntegerField(default=0)
    """Asked for when it is booked online; 0, as a clinic begins, asks for none."""
    course_price_pence = models.PositiveIntegerField(null=True)
    """What a course of `course_sessions` costs; null where sessions are paid one by one."""
    course_sessions = models.PositiveSmallIntegerField(null=True)
    room_type = BoundedText(max_length=60, blank=True)
    device_type = BoundedText(max_length=60, blank=True)
    is_consultation = models.BooleanField(default=False)
    consultation_first = models.BooleanField(default=False)
    """Bookable online only by patients who have attended a consultation at this organisation."""
    for_whom = BoundedText(max_length=10, choices=ForWhom.choices, default=ForWhom.EVERYBODY)
    online = models.BooleanField(default=True)
    performers = models.ManyToManyField(Resource, through="Performer", related_name="services")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["clinic", "name"], condition=Q(ended_at=None), name="service_name_once"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 480)), name="service_five_minutes_to_eight_hours"),
            models.CheckConstraint(condition=Q(deposit_pence__lte=F("price_pence")), name="service_deposit_in_price"),
            models.CheckConstraint(condition=Q(for_whom__in=ForWhom.values), name="service_for_whom_is_known"),
            models.CheckConstraint(
                condition=~Q(is_consultation=True, consultation_first=True), name="service_consultation_comes_first"
            ),
            models.CheckConstraint(
                condition=Q(course_price_pence=None, course_sessions=None)
                | Q(course_price_pence__isnull=False, course_sessions__range=(2, 24)),
                name="service_course_price_says_how_many",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="service_end_names_who",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_clinic_id(self) -> UUID:
        """Events join the clinic's chain."""
        return self.clinic_id


class Performer(models.Model):
    """That a practitioner offers a service."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    service = models.ForeignKey(Service, on_delete=models.PROTECT)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "resource"], name="performer_once")]
