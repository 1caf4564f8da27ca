"""Patients, their standing facts and their own pages."""

from datetime import timedelta

from django.apps import AppConfig


class PatientsConfig(AppConfig):
    """Patients."""

    name = "needlework.patients"

    def ready(self) -> None:
        """Register the messages this room writes, its consent check and its tabs."""
        from needlework.messages import kinds
        from needlework.messages.kinds import MessageKind
        from needlework.patients import duties, letters, tabs
        from needlework.work import kinds as work

        kinds.register(MessageKind(name="patient-sign-in", render=letters.sign_in_link, secret=True))
        kinds.register(MessageKind(name="break-glass", render=letters.glass_broken, per_day=100))
        kinds.ask_consent_with(letters.agrees_to_marketing)
        work.register("forget-imports", duties.forget_imports, every=timedelta(hours=6))
        tabs.register()
