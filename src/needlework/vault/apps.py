"""Keys, encrypted columns and encrypted files."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """The vault."""

    name = "needlework.vault"
