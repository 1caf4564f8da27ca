"""What can be done in the diary."""

from needlework.diary.operations.booking import book_appointment, confirm_hold
from needlework.diary.operations.cancelling import cancel_appointment
from needlework.diary.operations.holding import hold_slot, release_ended_holds, release_hold
from needlework.diary.operations.moving import move_appointment

__all__ = [
    "book_appointment",
    "cancel_appointment",
    "confirm_hold",
    "hold_slot",
    "move_appointment",
    "release_ended_holds",
    "release_hold",
]
