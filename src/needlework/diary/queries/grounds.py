"""When the practitioners and rooms of a clinic are there, with the reason wherever they are not."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from needlework.accounts.models import Clinic
from needlework.diary.minutes import minute_of, moment_of
from needlework.diary.models import Absence, DiaryRules
from needlework.diary.queries.loading import Place, Times, times_of
from needlework.diary.sheets import grounds
from needlework.diary.sheets.blocks import Stretch
from needlework.diary.slots.clock import Days
from needlework.diary.slots.offering import Thing


@dataclass(frozen=True)
class Grounds:
    """The working time of some practitioners and rooms on some days."""

    days: Days
    times: Times
    aways: Mapping[int, Sequence[grounds.Away]]
    practitioners: Collection[int]

    def of_practitioner(self, practitioner: int, index: int) -> list[Stretch]:
        """Return the ground of a practitioner's column on a day, what lies on top last."""
        return [*self._hours(practitioner, index), *self._on_top(practitioner, index)]

    def of_room(self, room: int | None, index: int) -> list[Stretch]:
        """Return the ground of a room's column on a day: it is in use while anybody works."""
        people = [list(self._hours(one, index)) for one in self.practitioners]
        return [*grounds.union(people), *self._on_top(room, index)]

    def closed(self, index: int) -> str:
        """Return why the clinic is closed on a day; nothing where it is open."""
        day = self.days.days[index]
        return (self.times.closed[day] or "Closed") if day in self.times.closed else ""

    def _hours(self, practitioner: int, index: int) -> Iterator[Stretch]:
        key = (practitioner, self.days.days[index])
        if key in self.times.changed:
            return grounds.changed(self.days, index, self.times.changed[key])
        own = (hours for hours in self.times.hours if hours.resource == practitioner)
        return grounds.week(self.days, index, own)

    def _on_top(self, resource: int | None, index: int) -> Iterator[Stretch]:
        yield from grounds.away(self.aways.get(resource or 0, ()))
        if why := self.closed(index):
            yield grounds.closed(self.days, index, why)


def grounds_of(
    clinic: Clinic, rules: DiaryRules, days: Days, practitioners: Collection[int], rooms: Collection[int] = ()
) -> Grounds:
    """Read when some practitioners and rooms of a clinic are there: in two statements."""
    place = Place(
        clinic=clinic.pk,
        nation=clinic.nation,
        zone=days.zone,
        grid_minutes=rules.grid_minutes,
        notice_hours=rules.notice_hours,
        horizon_days=rules.horizon_days,
        open_on_bank_holidays=rules.open_on_bank_holidays,
    )
    people = [Thing(one, "", 0) for one in practitioners]
    times = times_of(place, people, days.days[0], days.days[-1])
    return Grounds(days, times, _aways(days, [*practitioners, *rooms]), practitioners)


def _aways(days: Days, resources: Collection[int]) -> Mapping[int, list[grounds.Away]]:
    begins, ends = moment_of(days.begins[0]), moment_of(days.begins[-1])
    rows = Absence.objects.filter(resource__in=resources, begins__lt=ends, ends__gt=begins, withdrawn_at=None)
    found: dict[int, list[grounds.Away]] = defaultdict(list)
    for who, since, until, reason in rows.values_list("resource_id", "begins", "ends", "reason"):
        found[who].append(grounds.Away(minute_of(since), minute_of(until), reason))
    return found
