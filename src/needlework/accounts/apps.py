"""Organisations, clinics, staff and what they may do."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "needlework.accounts"

    def ready(self) -> None:
        """Register the letters, the background work, the tabs and the brand."""
        from needlework.accounts import letters, registering

        letters.register()
        registering.work()
        registering.shell()
