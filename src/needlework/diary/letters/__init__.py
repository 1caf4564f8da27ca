"""What patients and visitors are written about their appointments; each letter is written from the live record."""

from needlework.diary.letters import appointments, causes, courses, offers, reminders
from needlework.messages import kinds
from needlework.messages.kinds import MessageKind


def register() -> None:
    """Make the letters of the diary known, and follow what causes them.

    Those that carry a link which opens without signing in are secret: whoever reads a copy of them could move or
    cancel in somebody's name. A cancelled appointment has nothing left to open, and a course is opened by signing in.
    """
    kinds.register(MessageKind(name="appointment-booked", render=appointments.booked, secret=True))
    kinds.register(MessageKind(name="appointment-moved", render=appointments.moved, secret=True))
    kinds.register(MessageKind(name="appointment-cancelled", render=appointments.cancelled))
    kinds.register(MessageKind(name="appointment-reminder", render=reminders.reminder, secret=True))
    kinds.register(MessageKind(name="waiting-offer", render=offers.offered, secret=True))
    kinds.register(MessageKind(name="course-booked", render=courses.booked))
    kinds.register(MessageKind(name="course-changed", render=courses.changed))
    kinds.register(MessageKind(name="course-late", render=courses.late))
    causes.register()
