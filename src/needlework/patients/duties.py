"""What the worker does for this room by itself."""

from needlework.patients import operations
from needlework.work.kinds import Task


def forget_imports(task: Task) -> None:
    """Forget files that were checked and never imported."""
    operations.forget_imports(at=task.clock())
