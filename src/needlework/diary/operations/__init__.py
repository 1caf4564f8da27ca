"""What can be done in the diary."""

from needlework.diary.operations.attending import mark_arrived, mark_attended, mark_no_show, put_back
from needlework.diary.operations.blocks import block_online, end_online_block
from needlework.diary.operations.booking import book_appointment, confirm_hold
from needlework.diary.operations.cancelling import cancel_appointment
from needlework.diary.operations.holding import hold_slot, release_ended_holds, release_hold
from needlework.diary.operations.moving import move_appointment
from needlework.diary.operations.moving_series import move_in_series
from needlework.diary.operations.offering import decline_offer, offer_freed, pass_on_offer, take_offer
from needlework.diary.operations.registering import register_visitor
from needlework.diary.operations.series import add_to_series, book_series, end_series, resume_series
from needlework.diary.operations.visitors import match_visitor
from needlework.diary.operations.waiting import forget_wishes_for, join_waiting, leave_waiting

__all__ = [
    "add_to_series",
    "block_online",
    "book_appointment",
    "book_series",
    "cancel_appointment",
    "confirm_hold",
    "decline_offer",
    "end_online_block",
    "end_series",
    "forget_wishes_for",
    "hold_slot",
    "join_waiting",
    "leave_waiting",
    "mark_arrived",
    "mark_attended",
    "mark_no_show",
    "match_visitor",
    "move_appointment",
    "move_in_series",
    "offer_freed",
    "pass_on_offer",
    "put_back",
    "register_visitor",
    "release_ended_holds",
    "release_hold",
    "resume_series",
    "take_offer",
]
