"""Organisations, clinics, staff and what they may do."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "needlework.accounts"
