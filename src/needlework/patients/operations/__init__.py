"""Everything that writes a patient's record: one transaction and one audit event each."""

from needlework.patients.operations.contact import record_contact_choices
from needlework.patients.operations.facts import (
    end_fact,
    mark_fact_entered_in_error,
    record_fact,
    record_none_known,
)
from needlework.patients.operations.merging import merge_patients, undo_merge
from needlework.patients.operations.person import add_patient, edit_patient

__all__ = [
    "add_patient",
    "edit_patient",
    "end_fact",
    "mark_fact_entered_in_error",
    "merge_patients",
    "record_contact_choices",
    "record_fact",
    "record_none_known",
    "undo_merge",
]
