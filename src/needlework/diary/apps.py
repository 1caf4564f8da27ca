"""The diary."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """The diary."""

    name = "needlework.diary"
    default_auto_field = "django.db.models.BigAutoField"
