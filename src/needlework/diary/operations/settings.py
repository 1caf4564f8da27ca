"""How a clinic runs its diary."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.db import transaction

from needlework.accounts.models import Clinic, User
from needlework.audit import record as audit
from needlework.diary import permissions
from needlework.diary.models import DiaryRules
from needlework.diary.problems import StaleError
from needlework.diary.wrong import refuse

GRIDS = (5, 10, 15, 20, 30, 60)
BOUNDS = {
    "hold_minutes": (2, 60, "how many minutes a time is kept"),
    "notice_hours": (0, 720, "the notice in hours"),
    "horizon_days": (1, 366, "how many days ahead"),
    "cancel_hours": (0, 720, "the hours before an appointment"),
    "offer_minutes": (15, 2880, "how many minutes an offer stands"),
    "first_reminder_hours": (0, 720, "the hours before an appointment, or 0 for no reminder"),
    "second_reminder_hours": (0, 720, "the hours before an appointment, or 0 for no reminder"),
}
"""Field → least, most, and what to enter."""


@transaction.atomic
def change_rules(*, clinic: Clinic, version: int, changes: Mapping[str, Any], by: User, at: datetime) -> DiaryRules:
    """Change how a clinic runs its diary, if nobody changed it since `version`; the names are those of DiaryRules."""
    permissions.may_manage_diary(user=by, clinic=clinic).or_raise()
    refuse(_wrong(changes))
    DiaryRules.objects.get_or_create(clinic=clinic)
    rules = DiaryRules.objects.select_for_update(of=("self",)).select_related("clinic").get(clinic=clinic)
    if rules.version != version:
        raise StaleError("the rules of the diary")
    different = [name for name, value in changes.items() if getattr(rules, name) != value]
    if different:
        for name in different:
            setattr(rules, name, changes[name])
        rules.version += 1
        rules.save(update_fields=[*different, "version"])
        audit.record("diary-rules-changed", rules, by=by, at=at, fields=different)
    return rules


def _wrong(changes: Mapping[str, Any]) -> dict[str, str]:
    wrong = {
        name: f"Enter {what}: a whole number from {least} to {most}"
        for name, (least, most, what) in BOUNDS.items()
        if name in changes and not least <= changes[name] <= most
    }
    if changes.get("grid_minutes", GRIDS[0]) not in GRIDS:
        wrong["grid_minutes"] = "Choose how often appointments begin: every 5, 10, 15, 20, 30 or 60 minutes"
    zone = changes.get("time_zone", "Europe/London")
    if zone not in available_timezones():
        wrong["time_zone"] = f"There is no time zone “{zone}”. Enter one like Europe/London"
    return wrong
