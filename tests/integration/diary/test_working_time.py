"""Working time: weeks from a day on, days that differ, absences, closures; nobody in two clinics at once."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4

import pytest

from needlework.accounts.decision import Refused
from needlework.accounts.models import Clinic, Membership, Role, User
from needlework.audit.models import Event
from needlework.diary.hours import Hours
from needlework.diary.models import Absence, ChangedDay, Closure, Resource, WorkingHours
from needlework.diary.operations import absences, closures, working
from needlework.diary.problems import NotDoneError
from needlework.diary.wrong import WrongError
from tests.factories import accounts, diary, patients

pytestmark = pytest.mark.django_db

AT = diary.AT
MONDAY = diary.MONDAY
DAY = timedelta(days=1)
NINE_TO_FIVE = Hours(time(9), time(17), time(12, 30), time(13))
MORNING = Hours(time(9), time(13))


@pytest.fixture
def here() -> Clinic:
    return accounts.clinic()


@pytest.fixture
def lead(here: Clinic) -> User:
    return patients.lead(here)


@pytest.fixture
def amira(here: Clinic) -> User:
    return accounts.member(Role.PRACTITIONER, at=here)


def week_on(person: User, clinic: Clinic, day: date) -> dict[int, str]:
    rows = WorkingHours.objects.filter(resource__user=person, clinic=clinic, withdrawn_at=None, from_day__lte=day)
    return {row.weekday: f"{row.opens:%H:%M}" for row in rows if row.until_day is None or row.until_day >= day}


def also_at(person: User, name: str = "Marton") -> Clinic:
    there = accounts.clinic(name)
    Membership.objects.create(user=person, clinic=there, role=Role.PRACTITIONER, started_at=AT)
    return there


def test_a_new_week_ends_the_old_one_the_day_before(here: Clinic, lead: User, amira: User) -> None:
    common = {"person": amira, "clinic": here, "by": lead, "at": AT}
    working.set_week(**common, from_day=MONDAY, week={0: NINE_TO_FIVE, 1: NINE_TO_FIVE})
    change = MONDAY + 14 * DAY
    working.set_week(**common, from_day=change, week={1: MORNING})
    assert week_on(amira, here, MONDAY + 13 * DAY) == {0: "09:00", 1: "09:00"}
    assert week_on(amira, here, change) == {1: "09:00"}
    assert WorkingHours.objects.count() == 3
    assert WorkingHours.objects.filter(until_day=change - DAY).count() == 2
    assert Event.objects.filter(verb="hours-changed").count() == 2


def test_a_week_planned_for_later_gives_way_and_leaves_no_gap(here: Clinic, lead: User, amira: User) -> None:
    common = {"person": amira, "clinic": here, "by": lead, "at": AT}
    working.set_week(**common, from_day=MONDAY, week={0: NINE_TO_FIVE})
    working.set_week(**common, from_day=MONDAY + 28 * DAY, week={2: MORNING})
    working.set_week(**common, from_day=MONDAY + 14 * DAY, week={3: MORNING})
    assert week_on(amira, here, MONDAY + 13 * DAY) == {0: "09:00"}
    assert week_on(amira, here, MONDAY + 60 * DAY) == {3: "09:00"}
    withdrawn = WorkingHours.objects.get(weekday=2)
    assert (withdrawn.withdrawn_at, withdrawn.withdrawn_by) == (AT, lead)


def test_the_same_week_sent_twice_is_kept_once_and_none_at_all_means_no_longer(
    here: Clinic, lead: User, amira: User
) -> None:
    common = {"person": amira, "clinic": here, "by": lead, "at": AT}
    for _ in range(2):
        working.set_week(**common, from_day=MONDAY, week={0: NINE_TO_FIVE})
    assert WorkingHours.objects.count() == 1
    assert Event.objects.filter(verb="hours-changed").count() == 1
    Membership.objects.filter(user=amira).update(ended_at=AT, ended_by=lead)
    working.set_week(**common, from_day=MONDAY + 7 * DAY, week={})
    assert week_on(amira, here, MONDAY + 7 * DAY) == {}


@pytest.mark.parametrize(
    ("hours", "field", "sentence"),
    [
        (Hours(time(17), time(9)), "closes_0", "Monday: the end lies before the beginning"),
        (Hours(time(9, 3), time(17)), "opens_0", "Monday: enter times on the five minutes"),
        (Hours(time(9), time(17), time(8), time(10)), "break_starts_0", "Monday: the break must lie within 09:00 to"),
        (Hours(time(9), time(17), time(13), time(12)), "break_ends_0", "Monday: the break ends before it begins"),
        (Hours(time(9), time(17), time(13), None), "break_starts_0", "Monday: enter both when the break begins"),
    ],
)
def test_hours_upside_down_are_told_apart_by_field(
    here: Clinic, lead: User, amira: User, hours: Hours, field: str, sentence: str
) -> None:
    with pytest.raises(WrongError, match=sentence) as refused:
        working.set_week(person=amira, clinic=here, from_day=MONDAY, week={0: hours}, by=lead, at=AT)
    assert list(refused.value.faults) == [field]
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [(AT.date() - DAY, "What has been cannot be changed"), (date(2030, 1, 1), "Check the year")],
)
def test_working_time_is_entered_for_a_day_within_reach(
    here: Clinic, lead: User, amira: User, day: date, sentence: str
) -> None:
    with pytest.raises(NotDoneError, match=sentence):
        working.set_week(person=amira, clinic=here, from_day=day, week={0: MORNING}, by=lead, at=AT)
    with pytest.raises(NotDoneError, match=sentence):
        working.change_day(changed_day_id=uuid4(), person=amira, clinic=here, day=day, hours=MORNING, by=lead, at=AT)


def test_only_a_lead_of_the_clinic_changes_who_treats_there(here: Clinic, lead: User, amira: User) -> None:
    elsewhere = accounts.clinic("Marton")
    stranger = accounts.member(Role.PRACTITIONER, at=elsewhere, name="Tomasz Wolny")
    with pytest.raises(Refused):
        working.set_week(person=amira, clinic=here, from_day=MONDAY, week={0: MORNING}, by=amira, at=AT)
    with pytest.raises(Refused):
        working.set_week(person=stranger, clinic=elsewhere, from_day=MONDAY, week={0: MORNING}, by=lead, at=AT)
    with pytest.raises(NotDoneError, match="Tomasz Wolny is no practitioner at Linthorpe Road"):
        working.set_week(person=stranger, clinic=here, from_day=MONDAY, week={0: MORNING}, by=lead, at=AT)


def test_nobody_works_at_two_clinics_at_once(here: Clinic, lead: User, amira: User) -> None:
    there = also_at(amira)
    their_lead = patients.lead(there)
    working.set_week(person=amira, clinic=here, from_day=MONDAY, week={0: NINE_TO_FIVE}, by=lead, at=AT)
    overlapping = {"person": amira, "clinic": there, "by": their_lead, "at": AT}
    with pytest.raises(NotDoneError, match="works at another clinic on Mondays at that time"):
        working.set_week(**overlapping, from_day=MONDAY + 70 * DAY, week={0: MORNING})
    assert week_on(amira, there, MONDAY + 70 * DAY) == {}
    working.set_week(**overlapping, from_day=MONDAY, week={0: Hours(time(17), time(19)), 1: NINE_TO_FIVE})
    Membership.objects.create(user=lead, clinic=there, role=Role.LEAD, started_at=AT)
    lead.roles_in_force = None
    with pytest.raises(NotDoneError, match="works at Marton on Tuesdays from 09:00 to 17:00, and cannot be in two"):
        working.set_week(person=amira, clinic=here, from_day=MONDAY, week={1: MORNING}, by=lead, at=AT)


def test_a_changed_day_is_kept_to_one_clinic_too(here: Clinic, lead: User, amira: User) -> None:
    there = also_at(amira)
    common = {"person": amira, "by": lead, "at": AT}
    Membership.objects.create(user=lead, clinic=there, role=Role.LEAD, started_at=AT)
    working.set_week(**common, clinic=here, from_day=MONDAY, week={0: NINE_TO_FIVE})
    with pytest.raises(NotDoneError, match="works at Linthorpe Road on 30 November 2026 from 09:00 to 17:00"):
        working.change_day(**common, changed_day_id=uuid4(), clinic=there, day=MONDAY + 7 * DAY, hours=MORNING)
    free = working.change_day(
        **common, changed_day_id=uuid4(), clinic=here, day=MONDAY + 7 * DAY, hours=None, reason="Course at Marton"
    )
    evening = Hours(time(17), time(19))
    working.change_day(**common, changed_day_id=uuid4(), clinic=there, day=MONDAY + 14 * DAY, hours=evening)
    working.change_day(**common, changed_day_id=uuid4(), clinic=there, day=MONDAY + 7 * DAY, hours=MORNING)
    with pytest.raises(NotDoneError, match="works at Marton on 30 November 2026"):
        working.withdraw_changed_day(changed_day=free, by=lead, at=AT)
    with pytest.raises(NotDoneError, match="works at Marton on 30 November 2026"):
        working.change_day(**common, changed_day_id=uuid4(), clinic=here, day=MONDAY + 7 * DAY, hours=NINE_TO_FIVE)
    assert ChangedDay.objects.filter(withdrawn_at=None).count() == 3


def test_what_was_said_of_a_day_last_holds_and_can_be_taken_back(here: Clinic, lead: User, amira: User) -> None:
    common = {"person": amira, "clinic": here, "day": MONDAY, "by": lead, "at": AT}
    first = working.change_day(**common, changed_day_id=uuid4(), hours=None)
    second = working.change_day(**common, changed_day_id=uuid4(), hours=MORNING, reason="Training")
    assert working.change_day(**common, changed_day_id=second.pk, hours=None) == second
    first.refresh_from_db()
    assert first.withdrawn_at
    assert (second.opens, second.closes) == (time(9), time(13))
    for _ in range(2):
        working.withdraw_changed_day(changed_day=second, by=lead, at=AT)
    assert Event.objects.filter(verb="day-changed-back").count() == 1
    assert not ChangedDay.objects.filter(withdrawn_at=None).exists()


def absent(clinic: Clinic, resource: Resource, by: User, **changed: object) -> Absence:
    own = {"absence_id": uuid4(), "first_day": MONDAY, "last_day": MONDAY} | changed
    return absences.record_absence(resource=resource, clinic=clinic, by=by, at=AT, **own)


def test_an_absence_lasts_all_day_by_the_clock_of_the_clinic(here: Clinic, lead: User) -> None:
    summer = date(2027, 6, 1)
    room = diary.resource_of(here, "Room 1")
    one = absent(here, room, lead, first_day=summer, last_day=summer + DAY, reason="Being painted")
    assert (one.begins, one.ends) == (datetime(2027, 5, 31, 23, tzinfo=UTC), datetime(2027, 6, 2, 23, tzinfo=UTC))
    assert absent(here, room, lead, absence_id=one.pk) == one
    for _ in range(2):
        absences.withdraw_absence(absence=one, clinic=here, by=lead, at=AT)
    assert Event.objects.filter(verb="absence-withdrawn", subject_id=str(one.pk)).count() == 1


def test_a_repeated_hour_is_left_out_whole_and_a_missing_one_has_its_sentence(here: Clinic, lead: User) -> None:
    room = diary.resource_of(here, "Room 1")
    autumn, spring = date(2027, 10, 31), date(2027, 3, 28)
    one = absent(here, room, lead, first_day=autumn, last_day=autumn, starts=time(1), ends=time(1, 30))
    assert one.ends - one.begins == timedelta(minutes=90)
    with pytest.raises(WrongError, match="The clocks go forward that night, and skip this time"):
        absent(here, room, lead, first_day=spring, last_day=spring, starts=time(1, 30), ends=time(4))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"last_day": MONDAY - DAY}, "The end lies before the beginning"),
        ({"starts": time(14), "ends": time(9)}, "The end lies before the beginning"),
        ({"first_day": date(2026, 1, 5), "last_day": date(2026, 1, 6)}, "That time is over"),
        ({"last_day": date(2030, 1, 1)}, "Check the year"),
        ({"starts": time(9, 1)}, "Enter a time on the five minutes"),
    ],
)
def test_an_absence_upside_down_is_refused(here: Clinic, lead: User, asked: dict[str, object], sentence: str) -> None:
    with pytest.raises(WrongError, match=sentence):
        absent(here, diary.resource_of(here, "Room 1"), lead, **asked)
    assert not Absence.objects.exists()


def test_an_absence_is_recorded_by_the_clinic_of_the_room_or_person(here: Clinic, lead: User) -> None:
    there = accounts.clinic("Marton")
    with pytest.raises(NotDoneError, match="Room 9 is not at Linthorpe Road"):
        absent(here, diary.resource_of(there, "Room 9"), lead)
    with pytest.raises(NotDoneError, match="Tomasz Wolny is no practitioner at Linthorpe Road"):
        absent(here, diary.practitioner("Tomasz Wolny", at=there), lead)


def test_a_clinic_closes_and_opens_again(here: Clinic, lead: User) -> None:
    asked = {"clinic": here, "first_day": MONDAY, "last_day": MONDAY + DAY, "reason": "New floor", "by": lead, "at": AT}
    closed = closures.close_clinic(closure_id=uuid4(), **asked)
    assert closures.close_clinic(closure_id=uuid4(), **asked) == closed
    for _ in range(2):
        closures.withdraw_closure(closure=closed, by=lead, at=AT)
    assert Event.objects.filter(verb="closure-withdrawn").count() == 1
    assert closures.close_clinic(closure_id=uuid4(), **asked) != closed


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        (MONDAY, MONDAY - DAY, "The last day lies before the first"),
        (date(2026, 1, 5), date(2026, 1, 6), "Those days are over"),
        (MONDAY, date(2030, 1, 1), "Check the year"),
    ],
)
def test_a_closure_upside_down_is_refused(here: Clinic, lead: User, first: date, last: date, sentence: str) -> None:
    with pytest.raises(WrongError, match=sentence):
        closures.close_clinic(closure_id=uuid4(), clinic=here, first_day=first, last_day=last, by=lead, at=AT)


def test_a_clinic_opens_on_a_bank_holiday_and_on_no_other_day(here: Clinic, lead: User) -> None:
    common = {"clinic": here, "by": lead, "at": AT}
    opened = closures.open_on_bank_holiday(closure_id=uuid4(), day=date(2026, 12, 28), **common)
    assert (opened.is_open, opened.reason) == (True, "Boxing Day (substitute day)")
    with pytest.raises(NotDoneError, match="30 November 2026 is no bank holiday here"):
        closures.open_on_bank_holiday(closure_id=uuid4(), day=date(2026, 11, 30), **common)
    assert Closure.objects.count() == 1
