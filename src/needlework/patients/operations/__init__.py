"""Everything that writes a patient's record: one transaction and one audit event each."""

from needlework.patients.operations.access import (
    break_glass,
    end_grant,
    grant_access,
    mark_break_glass_seen,
    search_to_break_glass,
)
from needlework.patients.operations.contact import record_contact_choices
from needlework.patients.operations.facts import (
    end_fact,
    mark_fact_entered_in_error,
    record_fact,
    record_none_known,
)
from needlework.patients.operations.importing import apply_import, check_import, forget_imports
from needlework.patients.operations.merging import merge_patients, undo_merge
from needlework.patients.operations.person import add_patient, edit_patient
from needlework.patients.operations.sign_in import ask_for_link, sign_out, spend_link

__all__ = [
    "add_patient",
    "apply_import",
    "ask_for_link",
    "break_glass",
    "check_import",
    "edit_patient",
    "end_fact",
    "end_grant",
    "forget_imports",
    "grant_access",
    "mark_break_glass_seen",
    "mark_fact_entered_in_error",
    "merge_patients",
    "record_contact_choices",
    "record_fact",
    "record_none_known",
    "search_to_break_glass",
    "sign_out",
    "spend_link",
    "undo_merge",
]
