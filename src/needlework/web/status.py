"""Every status word of the product with its tone: one table, so that a word never changes its colour."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ok", "wait", "refer", "stop", "plain"]


@dataclass(frozen=True)
class Status:
    """A word, and the tone that gives it colour and shape."""

    word: str
    tone: Tone


STATUSES = {
    # people and what lets them work
    "active": Status("Active", "ok"),
    "invited": Status("Invited", "wait"),
    "left": Status("Left", "plain"),
    "locked": Status("Locked", "stop"),
    "second-factor-missing": Status("No second factor yet", "wait"),
    "in-force": Status("In force", "ok"),
    "expires-soon": Status("Expires soon", "wait"),
    "expired": Status("Expired", "stop"),
    "not-recorded": Status("Not recorded", "wait"),
    "may-treat": Status("May treat", "ok"),
    "may-not-treat": Status("May not treat", "stop"),
    # clinics
    "open": Status("Open", "ok"),
    "closed": Status("Closed", "plain"),
    # patients and records
    "photo-id-seen": Status("Photo ID seen", "ok"),
    "photo-id-missing": Status("Photo ID not seen", "wait"),
    "allergy": Status("Allergy", "stop"),
    "merged": Status("Merged", "plain"),
    "entered-in-error": Status("Entered in error", "plain"),
    "out-of-date": Status("Out of date", "wait"),
    # appointments
    "booked": Status("Booked", "plain"),
    "arrived": Status("Arrived", "wait"),
    "attended": Status("Attended", "ok"),
    "no-show": Status("Did not come", "stop"),
    "cancelled": Status("Cancelled", "plain"),
    "overbooked": Status("Overbooked", "refer"),
    "visitor": Status("Not a patient yet", "wait"),
    # messages and background work
    "waiting": Status("Waiting", "wait"),
    "sent": Status("Sent", "ok"),
    "kept": Status("Kept here, not sent", "plain"),
    "not-needed": Status("Not needed", "plain"),
    "failed": Status("Not sent", "stop"),
    "parked": Status("Needs a person", "stop"),
    "sealed": Status("Sealed", "ok"),
    "break-glass": Status("Break-glass", "refer"),
}
