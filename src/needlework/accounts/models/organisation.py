"""The organisation that an installation serves, and its clinics."""

from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from needlework.web.text import BoundedText


class Nation(models.TextChoices):
    """The nation a clinic stands in: it decides which law and which bank holidays apply."""

    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class Organisation(models.Model):
    """The one organisation of this installation, and how its pages look."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    only_one = models.BooleanField(default=True, unique=True)
    name = BoundedText(max_length=120)
    colour = BoundedText(max_length=7, default="#1d5c53")
    colour_deep = BoundedText(max_length=7, default="#123f39")
    colour_wash = BoundedText(max_length=7, default="#e6f0ed")
    idle_minutes = models.PositiveSmallIntegerField(default=15)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(only_one=True), name="one_organisation"),
            models.CheckConstraint(condition=Q(idle_minutes__range=(1, 60)), name="idle_minutes_within_the_hour"),
        ]

    def __str__(self) -> str:
        return self.name


class Logo(models.Model):
    """The picture that stands for the organisation on every page; public, so not encrypted."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, primary_key=True, related_name="logo")
    content = models.BinaryField()
    media_type = BoundedText(max_length=20)
    digest = BoundedText(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(media_type__in=("image/png", "image/jpeg")), name="logo_is_png_or_jpeg"),
        ]


class Clinic(models.Model):
    """A site of the organisation: the boundary of who sees what."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="clinics")
    name = BoundedText(max_length=120)
    address = BoundedText(max_length=400, blank=True)
    nation = BoundedText(max_length=20, choices=Nation.choices, default=Nation.ENGLAND)
    phone = BoundedText(max_length=20, blank=True)
    email = BoundedText(max_length=254, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="clinic_name_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_clinic_id(self) -> UUID:
        """Events about a clinic join its own chain."""
        return self.pk
