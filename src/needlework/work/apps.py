"""Background work: jobs, leases and the worker."""

from datetime import timedelta

from django.apps import AppConfig


class WorkConfig(AppConfig):
    """The room of background work."""

    name = "needlework.work"

    def ready(self) -> None:
        """Register this room's own kind: forgetting jobs that were done long ago."""
        from needlework.work import kinds, operations

        kinds.register("prune-jobs", operations.prune, every=timedelta(days=1))
