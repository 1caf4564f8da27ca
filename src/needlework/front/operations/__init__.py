"""What crosses many rooms at once: handing out a copy of a record, erasing it."""

from needlework.front.operations.copying import hand_out_copy
from needlework.front.operations.erasing import erase_patient, note_erasure_request

__all__ = ["erase_patient", "hand_out_copy", "note_erasure_request"]
