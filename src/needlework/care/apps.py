"""What joins appointments and payments."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """The room above the diary and the books."""

    name = "needlework.care"

    def ready(self) -> None:
        """Follow the diary with charges, and show money where appointments and patients are shown."""
        from needlework.care import charging, panels, permissions
        from needlework.patients import links
        from needlework.web.shell import register_tab

        charging.register()
        panels.register()
        links.register("Money", "patient-money", may=permissions.may_see_money_of)
        register_tab("Payments", "me-payments", may=permissions.is_patient, order=40, audience="patient")
