"""Append-only events: what was done and seen, by whom."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit."""

    name = "needlework.audit"
