"""Charges, payments and refunds."""

from datetime import timedelta

from django.apps import AppConfig

ASK_EVERY = timedelta(minutes=2)


class PaymentsConfig(AppConfig):
    """The books, and paying online."""

    name = "needlework.payments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the guards of the books, the check of the provider's settings, and the work about payments."""
        from needlework.payments import checks, duties, guards
        from needlework.payments.operations.entries import REFUND_ONLINE
        from needlework.work import kinds

        guards.register()
        checks.register()
        kinds.register("ask-about-checkouts", duties.ask_about_checkouts, every=ASK_EVERY)
        kinds.register(REFUND_ONLINE, duties.refund_online)
