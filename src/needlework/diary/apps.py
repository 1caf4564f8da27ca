"""The diary."""

from datetime import timedelta

from django.apps import AppConfig


class DiaryConfig(AppConfig):
    """The diary."""

    name = "needlework.diary"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what this room guards, does and follows."""
        from needlework.diary import calendars, courses, duties, guards, letters, tabs, waiting
        from needlework.work import kinds as work

        guards.register()
        work.register("release-holds", duties.release_holds, every=timedelta(minutes=10))
        letters.register()
        calendars.register()
        tabs.register()
        waiting.register()
        courses.register()
