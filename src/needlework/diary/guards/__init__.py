"""What the database itself holds: nobody is in two places, whoever writes, on both engines.

What an appointment or a hold occupies is derived by triggers, so that no writer can forget it: inserting one takes its
time of practitioner, room, device and person; moving it carries the time along; cancelling it sets the time free.
"""

from needlework.audit.append_only import append_only
from needlework.diary.guards import postgresql, sqlite
from needlework.web import guards
from needlework.web.guards import Guard

TAKEN = "diary: this time is taken"
NEVER_TWICE = "diary_occupancy_never_twice"

GUARDS = (
    Guard(NEVER_TWICE, "diary_occupancy", sqlite.OCCUPANCY, postgresql.OCCUPANCY, postgresql.NEVER_TWICE),
    Guard("diary_appointment_occupies", "diary_appointment", sqlite.APPOINTMENT, postgresql.APPOINTMENT),
    Guard("diary_hold_occupies", "diary_hold", sqlite.HOLD, postgresql.HOLD),
    append_only("diary_appointmentchange"),
)


def register() -> None:
    """Have the database keep the diary's promises."""
    for guard in GUARDS:
        guards.register(guard)
