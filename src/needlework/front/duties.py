"""Recurring work that belongs to no single room."""

from needlework.audit.record import SYSTEM
from needlework.audit.sealing import seal
from needlework.front.operations import erase_patient
from needlework.front.queries.keeping import past_keeping
from needlework.vault import files
from needlework.work.kinds import Task


def seal_audit(task: Task) -> None:
    """Seal the events since the last time."""
    seal(at=task.clock())


def collect_files(task: Task) -> None:
    """Delete the files of transactions that never committed."""
    files.collect(now=task.clock())


def follow_retention(task: Task) -> None:
    """Erase the records that have been kept as long as the rule says."""
    at = task.clock()
    for patient in past_keeping(at=at):
        erase_patient(patient=patient, by=SYSTEM, at=at)
