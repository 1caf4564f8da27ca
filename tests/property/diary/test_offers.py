"""What is offered is what a plain reading of the diary allows, minute for minute, across every change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.diary.slots.bounds import Bounds
from needlework.diary.slots.clock import days_between, minute_of, moment_of
from needlework.diary.slots.limits import Block
from needlework.diary.slots.offering import Offering, Thing
from needlework.diary.slots.taken import taken
from needlework.diary.slots.working import Hours, working

AMIRA, BEN, ROOM, OTHER_ROOM, PEN, JO = range(1, 7)
FIVE = timedelta(minutes=5)
LONDON = ZoneInfo("Europe/London")
WEEKENDS = [
    (LONDON, date(2026, 10, 24)),
    (LONDON, date(2027, 3, 27)),
    (LONDON, date(2026, 11, 21)),
    (ZoneInfo("Australia/Lord_Howe"), date(2026, 10, 3)),
    (ZoneInfo("Australia/Lord_Howe"), date(2027, 4, 3)),
    (ZoneInfo("America/St_Johns"), date(2026, 10, 31)),
]
"""A time zone and the first of three days: the clocks change on the second, or do not at all."""

fives = st.integers(0, 287).map(lambda number: time(*divmod(5 * number, 60)))
spans = st.tuples(fives, fives).map(sorted).filter(lambda span: span[0] < span[1])


@st.composite
def diaries(draw: st.DrawFn) -> dict:
    """Three days of a small clinic, with something in the way."""
    zone, first = draw(st.sampled_from(WEEKENDS))
    hours = [
        (who, first + timedelta(number), *span, *(draw(spans) if draw(st.booleans()) else (None, None)))
        for who in (AMIRA, BEN)
        for number in range(3)
        for span in ([draw(spans)] if draw(st.integers(0, 3)) else [])
    ]
    begins = st.integers(-288, 3 * 288).map(lambda number: minute_of(midnight(first, zone)) + 5 * number)
    rows = st.lists(st.tuples(st.integers(AMIRA, JO), begins, st.integers(1, 40)), max_size=8)
    spelt = [(who, low, low + 5 * long) for who, low, long in draw(rows)]
    return {
        "zone": zone,
        "first": first,
        "hours": hours,
        "taken": spelt,
        "away": [(who, low, low + 5 * long) for who, low, long in draw(rows) if who != JO],
        "minutes": draw(st.sampled_from([5, 30, 45, 60, 95])),
        "cleaning": draw(st.lists(st.sampled_from([0, 5, 20, 120]), min_size=6, max_size=6)),
        "rooms": draw(st.sampled_from([None, (ROOM,), (ROOM, OTHER_ROOM)])),
        "devices": draw(st.sampled_from([None, (PEN,)])),
        "grid": draw(st.sampled_from([5, 15, 20, 60])),
        "now": minute_of(midnight(first, zone)) + draw(st.integers(-300, 2000)),
        "notice": draw(st.sampled_from([0, 2])),
        "blocked": draw(st.sampled_from([None, 0, 2])),
    }


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def offering(diary: dict) -> Offering:
    """The same diary, as the code under test takes it."""
    first, zone = diary["first"], diary["zone"]
    days = days_between(first, first + timedelta(2), zone)
    hours = [Hours(who, day.weekday(), *span, day, day) for who, day, *span in diary["hours"]]

    def things(*numbers: int) -> tuple[Thing, ...]:
        return tuple(Thing(number, str(number), diary["cleaning"][number - 1]) for number in numbers)

    blocked = () if diary["blocked"] is None else (Block(blocked_day(diary), blocked_day(diary), "Blocked."),)
    today = moment_of(diary["now"]).astimezone(zone).date()
    bounds = Bounds(diary["now"], diary["notice"], today, first + timedelta(2), diary["grid"], blocked)
    return Offering(
        days=days,
        minutes=diary["minutes"],
        practitioners=things(AMIRA, BEN),
        rooms=things(*diary["rooms"]) if diary["rooms"] else None,
        devices=things(*diary["devices"]) if diary["devices"] else None,
        person=(JO,),
        may_begin=bounds.may_begin(days),
        works=working(days, hours, {}, set()),
        away=taken(days, diary["away"]),
        taken=taken(days, diary["taken"]),
    )


def blocked_day(diary: dict) -> date:
    return diary["first"] + timedelta(diary["blocked"])


class Reading:
    """The diary as somebody with much patience reads it: five minutes after five minutes, by the clock on the wall."""

    def __init__(self, diary: dict) -> None:
        self.diary, self.zone = diary, diary["zone"]
        until = midnight(diary["first"] + timedelta(3), self.zone)
        self.moments, moment = [], midnight(diary["first"], self.zone)
        while moment < until:
            self.moments.append(moment)
            moment += FIVE
        self.working = {who: self.at_work(who) for who in (AMIRA, BEN)}

    def at_work(self, who: int) -> set[datetime]:
        found = set()
        for somebody, day, opens, closes, *pause in self.diary["hours"]:
            if somebody == who:
                found |= self.between(day, opens, closes) - (self.between(day, *pause) if pause[0] else set())
        return found

    def between(self, day: date, opens: time, closes: time) -> set[datetime]:
        """From when the clock first shows one time or a later one, until it first shows the other."""
        of_day = [moment for moment in self.moments if moment.astimezone(self.zone).date() == day]
        shows = {moment: moment.astimezone(self.zone).time() for moment in of_day}
        begin = min((m for m in of_day if shows[m] >= opens), default=None)
        end = min((m for m in of_day if shows[m] >= closes), default=of_day[-1] + FIVE)
        return {moment for moment in of_day if begin is not None and begin <= moment < end}

    def offered(self, moment: datetime) -> set[tuple[int, int | None, int | None]]:
        """Everybody, with every room and device, who could begin at a moment."""
        diary, there = self.diary, moment.astimezone(self.zone)
        minute = minute_of(moment)
        too_soon = minute < diary["now"] + 60 * diary["notice"]
        blocked = diary["blocked"] is not None and there.date() == blocked_day(diary)
        off_grid = (60 * there.hour + there.minute) % diary["grid"]
        if too_soon or blocked or off_grid or there.fold or self.meets(JO, "taken", minute, diary["minutes"]):
            return set()
        needed = [moment + number * FIVE for number in range(-(-diary["minutes"] // 5))]
        return {
            (who, room, device)
            for who in (AMIRA, BEN)
            if self.working[who].issuperset(needed) and self.free(who, minute)
            for room in self.of(diary["rooms"], minute)
            for device in self.of(diary["devices"], minute)
        }

    def of(self, things: tuple[int, ...] | None, minute: int) -> list[int | None]:
        return [None] if things is None else [thing for thing in things if self.free(thing, minute)]

    def free(self, thing: int, minute: int) -> bool:
        minutes, cleaning = self.diary["minutes"], self.diary["cleaning"][thing - 1]
        return not self.meets(thing, "taken", minute, minutes + cleaning) and not self.meets(
            thing, "away", minute, minutes
        )

    def meets(self, thing: int, what: str, minute: int, minutes: int) -> bool:
        return any(one == thing and low < minute + minutes and high > minute for one, low, high in self.diary[what])


@settings(max_examples=60)
@given(diaries())
def test_a_time_is_offered_when_everybody_and_everything_is_free_and_only_then(diary: dict) -> None:
    reading, offers = Reading(diary), offering(diary)
    starts = [start for index in range(3) for start in offers.every_start(index, offers.starts(index))]
    assert [start.begins for start in starts] == [moment for moment in reading.moments if reading.offered(moment)]
    for start in starts:
        assert (start.practitioner, start.room, start.device) in reading.offered(start.begins)
        assert start.ends - start.begins == timedelta(minutes=diary["minutes"])
