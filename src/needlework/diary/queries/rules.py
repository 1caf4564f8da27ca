"""How a clinic runs its diary, and the clock it runs by."""

from zoneinfo import ZoneInfo

from needlework.accounts.models import Clinic
from needlework.diary.models import DiaryRules


def rules_of(clinic: Clinic) -> DiaryRules:
    """Return how a clinic runs its diary: its own row, or the defaults, not saved."""
    return DiaryRules.objects.filter(clinic=clinic).first() or DiaryRules(clinic=clinic)


def zone_of(clinic: Clinic) -> ZoneInfo:
    """Return the time zone by which a clinic's clocks run."""
    return ZoneInfo(rules_of(clinic).time_zone)
