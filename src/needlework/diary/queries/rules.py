"""How a clinic runs its diary, and the clock it runs by."""

from collections.abc import Collection, Mapping
from uuid import UUID
from zoneinfo import ZoneInfo

from needlework.accounts.models import Clinic
from needlework.diary.models import DiaryRules


def rules_of(clinic: Clinic) -> DiaryRules:
    """Return how a clinic runs its diary: its own row, or the defaults, not saved."""
    return DiaryRules.objects.filter(clinic=clinic).first() or DiaryRules(clinic=clinic)


def zone_of(clinic: Clinic) -> ZoneInfo:
    """Return the time zone by which a clinic's clocks run."""
    return ZoneInfo(rules_of(clinic).time_zone)


def zones_of(clinics: Collection[UUID]) -> Mapping[UUID, ZoneInfo]:
    """Return the time zones of some clinics, by their ids, in one query."""
    own = dict(DiaryRules.objects.filter(clinic__in=clinics).values_list("clinic_id", "time_zone"))
    return {clinic: ZoneInfo(own.get(clinic, DiaryRules().time_zone)) for clinic in clinics}
