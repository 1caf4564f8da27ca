"""What the diary holds."""

from needlework.diary.models.appointment import (
    NEXT,
    Appointment,
    AppointmentChange,
    ChangeKind,
    Hold,
    Occupancy,
    State,
)
from needlework.diary.models.limits import CalendarFeed, OnlineBlock
from needlework.diary.models.resource import Resource, ResourceKind, Visitor
from needlework.diary.models.series import AppointmentSeries
from needlework.diary.models.service import ForWhom, Performer, Service
from needlework.diary.models.waiting import OfferOutcome, WaitingEntry, WaitingOffer
from needlework.diary.models.working import Absence, ChangedDay, Closure, DiaryRules, WorkingHours

__all__ = [
    "NEXT",
    "Absence",
    "Appointment",
    "AppointmentChange",
    "AppointmentSeries",
    "CalendarFeed",
    "ChangeKind",
    "ChangedDay",
    "Closure",
    "DiaryRules",
    "ForWhom",
    "Hold",
    "Occupancy",
    "OfferOutcome",
    "OnlineBlock",
    "Performer",
    "Resource",
    "ResourceKind",
    "Service",
    "State",
    "Visitor",
    "WaitingEntry",
    "WaitingOffer",
    "WorkingHours",
]
