"""Pages that show many concepts at once, and the recurring work that belongs to no single room."""

from collections.abc import Callable
from datetime import timedelta

from django.apps import AppConfig
from django.http import HttpRequest

SEAL_EVERY = timedelta(seconds=30)
COLLECT_EVERY = timedelta(days=1)
RETAIN_EVERY = timedelta(days=1)


class FrontConfig(AppConfig):
    """The front of the house."""

    name = "needlework.front"

    def ready(self) -> None:
        """Register the tabs, and the work that seals the audit and follows the retention rule."""
        from needlework.accounts.asking import Gate
        from needlework.front import duties, permissions
        from needlework.patients import links
        from needlework.web.shell import register_tab
        from needlework.work import kinds

        def staff(gate: Gate) -> Callable[[HttpRequest], bool]:
            return lambda request: bool(gate(user=request.user))

        register_tab("Today", "today", may=staff(permissions.may_see_day), order=10, audience="staff")
        register_tab("Outbox", "outbox", may=staff(permissions.may_see_outbox), order=70, audience="staff")
        register_tab("Access log", "access-log", may=staff(permissions.may_see_access_log), order=80, audience="staff")
        links.register("Copy of the record", "patient-copy", may=permissions.may_copy_record)
        links.register("Erase the record", "patient-erase", may=permissions.may_erase_record)
        kinds.register("seal-audit", duties.seal_audit, every=SEAL_EVERY)
        kinds.register("collect-files", duties.collect_files, every=COLLECT_EVERY)
        kinds.register("follow-retention", duties.follow_retention, every=RETAIN_EVERY)
