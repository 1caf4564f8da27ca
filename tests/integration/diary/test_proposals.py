"""The dates proposed for a course, the reasons for each, and what is said where no dates fit."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from needlework.diary.models import Absence, Resource, WorkingHours
from needlework.diary.queries.availability import Asking, start_at
from needlework.diary.queries.proposals import Proposal, Wishes, proposals
from needlework.diary.slots.limits import Block
from tests.factories import diary
from tests.factories.diary import AT, MONDAY, DiaryClinic

pytestmark = pytest.mark.django_db
STAFF = Asking(online=False)
FOUR_WEEKS = timedelta(28)


@pytest.fixture
def made() -> DiaryClinic:
    return diary.clinic_with_diary()


def propose(made: DiaryClinic, *, asking: Asking = STAFF, **wishes) -> Proposal:
    usual = {"service": made.treatment, "sessions": 3, "least_days": 28, "most_days": 42, "first_day": MONDAY}
    return proposals(Wishes(**usual | wishes), asking, AT)


def days(proposal: Proposal) -> list[date]:
    return [chosen.day for chosen in proposal.chosen]


def away(resource: Resource, first: date, last: date) -> None:
    midnight = datetime.combine(first, time(), UTC)
    ends = datetime.combine(last + timedelta(1), time(), UTC)
    Absence.objects.create(resource=resource, begins=midnight, ends=ends, recorded_at=AT)


def test_a_course_is_as_early_as_its_interval_allows_with_the_same_person_throughout(made: DiaryClinic):
    with CaptureQueriesContext(connection) as seen:
        found = propose(made)
    assert len(seen) == 5
    assert days(found) == [MONDAY, MONDAY + FOUR_WEEKS, MONDAY + 2 * FOUR_WEEKS]
    assert [chosen.number for chosen in found.chosen] == [1, 2, 3]
    assert found.chosen[0].reasons == ("as early as it fits from Monday 23 November 2026 on", "with Amira Khan")
    assert found.chosen[1].reasons == ("28 days after session 1", "with Amira Khan as before")
    for chosen in found.chosen:
        again = start_at(made.treatment, chosen.begins, practitioner=made.amira, asking=STAFF, at=AT)
        assert again == chosen.start and chosen.practitioner == made.amira.pk


def test_wishes_are_met_where_they_can_be_and_said_where_not(made: DiaryClinic):
    wishes = {"weekdays": frozenset({4}), "from_time": time(10), "until_time": time(12), "practitioner": made.ben}
    found = propose(made, **wishes)
    assert days(found) == [date(2026, 11, 27), date(2027, 1, 8), date(2027, 2, 5)]
    assert found.chosen[1].reasons == (
        "42 days after session 1",
        "the clinic is closed on Friday 25 December 2026 for Christmas Day, so the nearest day that fits",
        "a Friday, as wished",
        "between 10:00 and 12:00, as wished",
        "with Ben Okafor, as wished",
    )
    never = propose(made, weekdays=frozenset({5, 6}), from_time=time(18)).chosen[0]
    assert f"{never.begins:%H:%M}" == "16:00"
    assert never.reasons[1:3] == (
        "a Monday, because no Saturday or Sunday fitted",
        "the time nearest to the wish: nothing from 18:00 on fitted",
    )
    early = propose(made, until_time=time(8)).chosen[0]
    assert f"{early.begins:%H:%M}" == "09:00" and "nothing before 08:00 fitted" in early.reasons[1]


def test_a_day_that_would_have_been_better_is_named_with_what_was_in_the_way(made: DiaryClinic):
    second = MONDAY + FOUR_WEEKS
    away(made.amira, second, second)
    found = propose(made, practitioner=made.amira)
    assert "nothing was free on Monday 21 December 2026, so the nearest" in found.chosen[1].reasons
    assert {chosen.practitioner for chosen in propose(made).chosen} == {made.ben.pk}, "who can do every session"
    assert propose(made, before=made.amira.pk).chosen[1].reasons == (
        "29 days after session 1",
        "nothing was free with Amira Khan on Monday 21 December 2026, so the nearest",
        "with Amira Khan as before",
    )
    blocked = Asking(online=False, blocks=(Block(second, second, "Too soon."),))
    reasons = propose(made, asking=blocked, practitioner=made.ben).chosen[1].reasons
    assert "nothing may be booked on Monday 21 December 2026, so the nearest day that may" in reasons
    later = propose(made, most_days=28, not_after=MONDAY + timedelta(70), asking=blocked, sessions=2)
    assert days(later) == [MONDAY + timedelta(1), MONDAY + timedelta(29)]
    assert "later than Monday 23 November 2026, so that" in later.chosen[0].reasons[1]


def test_a_change_of_hands_says_why(made: DiaryClinic):
    away(made.amira, MONDAY + timedelta(20), MONDAY + timedelta(120))
    away(made.ben, MONDAY, MONDAY + timedelta(44))
    found = propose(made, sessions=2, least_days=28, most_days=50)
    assert [chosen.practitioner for chosen in found.chosen] == [made.amira.pk, made.ben.pk]
    assert found.chosen[1].reasons[-1] == (
        "with Ben Okafor, because Amira Khan has nothing free 28 to 50 days after session 1"
    )


def test_a_course_that_has_begun_goes_on_from_its_last_session(made: DiaryClinic):
    on = {"sessions": 2, "number": 3, "after": MONDAY, "before": made.ben.pk}
    found = propose(made, **on)
    assert days(found) == [MONDAY + FOUR_WEEKS, MONDAY + 2 * FOUR_WEEKS]
    assert found.chosen[0].reasons == ("28 days after session 2", "with Ben Okafor as before")
    Resource.objects.filter(pk=made.ben.pk).update(ended_at=AT, ended_by=made.lead)
    assert "does not offer it any more" in propose(made, **on).chosen[0].reasons[-1]
    saturdays = WorkingHours.objects.filter(resource=made.amira)
    assert "Session 3 would come after" in propose(made, **on | {"after": MONDAY - timedelta(90)}).sentence
    saturdays.filter(weekday=0).delete()
    assert days(propose(made, **on))[0] == MONDAY + timedelta(29)


@pytest.mark.parametrize(
    ("wishes", "sentence"),
    [
        ({"sessions": 0}, "A course has 1 to 24 sessions, not 0. Enter how many it has."),
        ({"sessions": 60}, "A course has 1 to 24 sessions, not 60. Enter how many it has."),
        (
            {"least_days": 42, "most_days": 28},
            "At least 42 and at most 28 days between sessions is upside down. Enter the smaller number first.",
        ),
        ({"least_days": 0}, "Sessions are 1 to 366 days apart. Enter how many days lie between them."),
        ({"weekdays": frozenset({7})}, "Choose the days of the week from Monday to Sunday."),
        (
            {"from_time": time(12), "until_time": time(9)},
            "12:00 to 09:00 is upside down. Enter the earlier time first.",
        ),
        (
            {"not_after": MONDAY - timedelta(1)},
            "The course would end before it begins. Choose an earlier first day, or a later last one.",
        ),
        (
            {"first_day": MONDAY + timedelta(400)},
            "Session 1 would come after Tuesday 23 November 2027, and nothing can be booked then. "
            "Choose an earlier first day.",
        ),
        (
            {"not_after": MONDAY + timedelta(40)},
            "Session 3 would come after Saturday 2 January 2027, when the course ends. "
            "Start earlier, or book fewer sessions.",
        ),
        (
            {"sessions": 20},
            "Session 15 would come after Tuesday 23 November 2027, and the diary does not go further. "
            "Book fewer sessions now, and the rest later.",
        ),
    ],
)
def test_wishes_that_cannot_be_say_what_to_change(made: DiaryClinic, wishes: dict, sentence: str):
    found = propose(made, **wishes)
    assert found.sentence == sentence and not found.chosen


def test_a_session_that_does_not_fit_says_why_and_what_would_help(made: DiaryClinic):
    short = {"least_days": 28, "most_days": 30, "not_after": MONDAY + timedelta(70), "sessions": 2}
    away(made.amira, MONDAY + timedelta(7), MONDAY + timedelta(70))
    assert propose(made, **short, practitioner=made.amira).sentence == (
        "Session 2 does not fit. It has to be from Monday 21 December 2026 to Sunday 27 December 2026, "
        "and nothing is free then with Amira Khan. It would fit with anyone instead."
    )
    away(made.ben, MONDAY + timedelta(7), MONDAY + timedelta(42))
    assert propose(made, **short).sentence.endswith("It would fit with up to 44 days between sessions.")
    away(made.room, MONDAY, MONDAY + timedelta(400))
    assert propose(made, sessions=1).sentence.endswith(
        "and nothing is free then. Choose another first day, fewer sessions, or more days between them."
    )


def test_the_first_session_is_looked_for_later_only_where_nothing_fits_sooner(made: DiaryClinic):
    away(made.room, MONDAY, MONDAY + timedelta(99))
    assert days(propose(made, sessions=1)) == [MONDAY + timedelta(100)]
    one_day = propose(made, sessions=1, not_after=MONDAY).sentence
    assert one_day.startswith("Session 1 does not fit. It has to be on Monday 23 November 2026, and nothing is free")
    christmas = date(2026, 12, 25)
    closed = propose(made, sessions=1, first_day=christmas, not_after=christmas).sentence
    assert "The clinic is closed on Friday 25 December 2026 for Christmas Day." in closed
    blocked = Asking(online=False, blocks=(Block(MONDAY, None, "Wait until your skin has calmed."),))
    assert "Session 1 does not fit. Wait until your skin has calmed." in propose(made, asking=blocked).sentence
    made.treatment.ended_at = AT
    assert "is no longer offered" in propose(made).sentence
