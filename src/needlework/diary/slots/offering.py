"""What can be offered on some days: who is free, in which room, with which device, and when it may begin.

An appointment lies wholly in its practitioner's working time; the cleaning after it need not, but nothing else may
begin before it ends.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from needlework.diary.slots.bits import STEP, before, each, room_around, runs, steps
from needlework.diary.slots.clock import MINUTE, Days, moment_of
from needlework.diary.slots.taken import Taken


@dataclass(frozen=True, slots=True)
class Thing:
    """A practitioner, room or device that may be used, and how many minutes it stays busy after an appointment."""

    id: int
    name: str
    clean_down_minutes: int


class Start(NamedTuple):
    """An appointment as it can be booked: when, with whom, and where; moments are in UTC, resources are by number."""

    begins: datetime
    ends: datetime
    practitioner: int
    room: int | None
    device: int | None


@dataclass(slots=True)
class Offering:
    """Everything that decides what can be offered. `may_begin` holds the bits, day by day, at which one may begin."""

    days: Days
    minutes: int
    practitioners: tuple[Thing, ...]
    rooms: tuple[Thing, ...] | None
    """None where no room is needed."""
    devices: tuple[Thing, ...] | None
    person: tuple[int, ...]
    """What stands for the patient or visitor."""
    may_begin: list[int]
    works: Mapping[int, list[int]]
    away: Taken
    taken: Taken
    _runs: dict[int, int] = field(default_factory=dict)
    _busy: dict[tuple[int, int], int] = field(default_factory=dict)

    def starts(self, index: int) -> dict[int, int]:
        """Return, by practitioner, the bits at which an appointment can begin on a day, where there are any."""
        may = self.may_begin[index]
        if not may:
            return {}
        free = {one.id: may & self.works_from(one.id, index) & ~self.busy(one, index) for one in self.practitioners}
        common = self.common(index, union(free))
        return {who: bits & common for who, bits in free.items() if bits & common}

    def common(self, index: int, wanted: int) -> int:
        """Return which of the wanted bits have a room, a device, and nothing else that the person does."""
        wanted &= ~self.elsewhere(index)
        for things in (self.rooms, self.devices):
            if things is not None:
                wanted &= ~self.none_free(things, index, wanted)
        return wanted

    def elsewhere(self, index: int) -> int:
        """Return the bits at which an appointment would meet another one of the same person."""
        bits = 0
        for one in self.person:
            bits |= before(self.taken[one][index], steps(self.minutes))
        return bits

    def none_free(self, things: Iterable[Thing], index: int, wanted: int) -> int:
        """Return at which of the wanted bits not one of some rooms or devices can be used."""
        for thing in things:
            if not wanted:
                break
            wanted &= self.busy(thing, index)
        return wanted

    def busy(self, thing: Thing, index: int) -> int:
        """Return the bits at which an appointment would meet something else of a practitioner, room or device."""
        found = self._busy.get((thing.id, index))
        if found is None:
            found = before(self.taken[thing.id][index], steps(self.minutes + thing.clean_down_minutes))
            if thing.id in self.away:
                found |= before(self.away[thing.id][index], steps(self.minutes))
            self._busy[thing.id, index] = found
        return found

    def works_from(self, practitioner: int, index: int) -> int:
        """Return the bits from which a practitioner's working time is long enough."""
        bits = self.works[practitioner][index]
        if bits not in self._runs:
            self._runs[bits] = runs(bits, steps(self.minutes))
        return self._runs[bits]

    def start(self, index: int, place: int, among: Mapping[int, int]) -> Start:
        """Return the appointment that begins at a free bit, as `starts` gave them: fairly shared, tightly packed.

        The practitioner is who is least busy that day; room and device are those with the smallest gap around it.
        """
        return self._start(index, place, [(who, among[who]) for who in self._least_busy(index, among)])

    def every_start(self, index: int, among: Mapping[int, int]) -> list[Start]:
        """Return every time at which an appointment can begin on a day, each once, in order."""
        in_turn = [(who, among[who]) for who in self._least_busy(index, among)]
        return [self._start(index, place, in_turn) for place in each(union(among))]

    def _least_busy(self, index: int, among: Iterable[int]) -> list[int]:
        return sorted(among, key=lambda who: (self.taken[who][index].bit_count(), who))

    def _start(self, index: int, place: int, in_turn: Iterable[tuple[int, int]]) -> Start:
        begins = moment_of(self.days.begins[index] + place * STEP)
        return Start(
            begins=begins,
            ends=begins + self.minutes * MINUTE,
            practitioner=next(who for who, bits in in_turn if bits >> place & 1),
            room=self._tightest(self.rooms, index, place),
            device=self._tightest(self.devices, index, place),
        )

    def _tightest(self, things: tuple[Thing, ...] | None, index: int, place: int) -> int | None:
        if things is None:
            return None
        free = (thing.id for thing in things if not self.busy(thing, index) >> place & 1)
        return min(free, key=lambda one: (room_around(self.taken[one][index], place), one))


def union(starts: Mapping[int, int]) -> int:
    """Return the bits at which anybody can begin."""
    bits = 0
    for free in starts.values():
        bits |= free
    return bits
