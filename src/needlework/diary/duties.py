"""What the worker does for the diary by itself."""

from needlework.diary import operations
from needlework.work.kinds import Task


def release_holds(task: Task) -> None:
    """Release holds whose time is over; they have stood in nobody's way since."""
    operations.release_ended_holds(at=task.clock())
