"""What the worker has to show: how far behind it is, and what it has given up."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from needlework.work.models import Job, State


def parked() -> QuerySet[Job]:
    """Return the jobs that were given up, latest first."""
    return Job.objects.filter(state=State.PARKED).order_by("-finished_at")


def overdue_by(at: datetime) -> timedelta:
    """Return how long the oldest due job has been waiting: more than a few minutes means that no worker runs."""
    oldest = Job.objects.filter(state=State.WAITING, due_at__lte=at).order_by("due_at").first()
    return at - oldest.due_at if oldest else timedelta()
