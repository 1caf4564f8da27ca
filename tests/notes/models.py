from uuid import uuid4

from django.db import models
from django.db.models import Q

from needlework.vault.fields import EncryptedJSON, EncryptedText


class Note(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    title = models.CharField(max_length=40, default="")
    text = EncryptedText(blank=True)
    answers = EncryptedJSON(default=dict)
    reason = EncryptedText(null=True, max_length=10)
    file = models.CharField(max_length=32, default="")

    class Meta:
        managed = False


class Withdrawal(models.Model):
    note = models.OneToOneField(Note, on_delete=models.PROTECT, primary_key=True)
    reason = EncryptedText(max_length=100)

    class Meta:
        managed = False
        constraints = [models.CheckConstraint(condition=Q(reason__empty=False), name="withdrawal_gives_a_reason")]
