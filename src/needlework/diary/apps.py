"""The diary."""

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """The diary."""

    name = "needlework.diary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room guards, does and follows."""
        from needlework.diary import guards, letters

        guards.register()
        letters.register()
