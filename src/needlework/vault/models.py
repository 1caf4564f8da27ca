"""Data keys: each encrypts columns and files, and is itself kept wrapped by the clinic's master key."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from needlework.web.text import BoundedText


class DataKey(models.Model):
    """A wrapped data key. The program makes and retires them, so there is nobody to name."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    version = models.PositiveIntegerField(unique=True)
    wrapped = models.BinaryField(max_length=60)
    master = BoundedText(max_length=16)
    made_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(version__gte=1), name="data_key_versions_start_at_one"),
            models.CheckConstraint(condition=~Q(master=""), name="data_key_names_its_master"),
        ]
