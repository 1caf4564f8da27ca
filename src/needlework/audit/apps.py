"""Append-only events: what was done and seen, by whom."""

from django.apps import AppConfig

from needlework.web import guards


class AuditConfig(AppConfig):
    """The audit."""

    name = "needlework.audit"

    def ready(self) -> None:
        """Have the database refuse to change what was recorded."""
        from needlework.audit.append_only import append_only

        for table in ("audit_event", "audit_seal"):
            guards.register(append_only(table))
