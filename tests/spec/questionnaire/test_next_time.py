"""What has changed since last time? The short form, what carries over, and the difference in words."""

import pytest

from needlework.clinical import questionnaire
from needlework.clinical.questionnaire import Difference, Row
from tests.spec.questionnaire.answering import DAY, PLANNED, fill

ALWAYS = ["since", "now", "last-session", "anything-else"]


def again(*declared, before=(), zones=PLANNED):
    """Return the first form, and the short form after it."""
    first = fill(*before)
    return first, fill(*declared, given=questionnaire.short_form(first), zones=zones)


def asked(given, zones=PLANNED):
    return [page.id for page in questionnaire.asked(given, zones=zones)]


def raised(given):
    return questionnaire.answers(given, zones=PLANNED)["answers"]


def test_the_short_form_is_short():
    first, second = again()
    assert asked(second) == ALWAYS
    assert questionnaire.answers(second, zones=PLANNED) == questionnaire.answers(first, zones=PLANNED)


def test_every_question_of_the_short_form_must_be_answered():
    start = questionnaire.short_form(fill())
    assert [page.id for page in questionnaire.missing(start, zones=PLANNED)] == ALWAYS


def test_the_patient_reads_what_was_said_last_time_and_says_whether_it_still_holds():
    _, second = again("still=yes", before=["healing.faint", "recent.botox", "now.fever"])
    assert asked(second) == ["still", *ALWAYS]
    assert questionnaire.asked(second, zones=PLANNED)[0].told == (
        "I faint when I see needles or blood",
        "Where did you have Botox? Left cheek",
        "When did you last have Botox? 20 November 2026",
    )
    assert raised(second) == {
        "fainting_history": {},
        "botulinum_recent": {"zones": ["cheek-left"], "date": DAY},
    }


def test_what_no_longer_holds_is_asked_again():
    _, second = again("still=no", before=["healing.faint", "recent.botox"])
    assert asked(second) == ["still", "since", "now", "last-session", "healing", "recent", "anything-else"]
    assert raised(second) == {}


@pytest.mark.parametrize(
    ("changed", "pages"),
    [
        ("medicines", ["medicines"]),
        ("allergies", ["allergies"]),
        ("health", ["healing", "health", "health-more"]),
        ("skin", ["skin", "treated-skin", "treated-skin-more"]),
        ("sun", ["skin"]),
        ("treatments", ["treated-skin-more", "recent"]),
        ("wishes", ["wishes"]),
        ("feelings", ["looks", "distress"]),
    ],
)
def test_what_has_changed_is_asked_again(changed, pages):
    _, second = again(f"since.{changed}")
    assert [page for page in asked(second) if page not in ALWAYS] == pages


def test_pregnancy_illness_and_drink_are_asked_every_time():
    first, second = again("now?pregnant", before=["now.fever"])
    assert raised(first) == {"fever_illness": {}}
    assert raised(second) == {"pregnant": {"unsure": True}}


def test_a_follow_up_of_what_is_asked_again_is_asked_again():
    before = ["recent.botox"]
    _, second = again("still=no", "recent.botox", "recent-botox-date=2026-11-21", before=before)
    assert raised(second) == {"botulinum_recent": {"zones": ["cheek-left"], "date": "2026-11-21"}}


def test_a_follow_up_that_was_never_answered_is_asked():
    start = questionnaire.short_form(fill("recent.botox"))
    del start["before"]["recent-botox-date"]
    assert "recent-botox-date" in [page.id for page in questionnaire.missing(start, zones=PLANNED)]


def test_a_page_with_a_question_that_is_new_is_asked():
    start = questionnaire.short_form(fill())
    del start["before"]["health"]["liver"]
    assert "health" in [page.id for page in questionnaire.missing(start, zones=PLANNED)]


def test_a_plan_that_has_grown_has_the_treated_skin_asked_about_again():
    grown = (*PLANNED, "nose")
    _, second = again(zones=grown)
    assert [page for page in asked(second, grown) if page not in ALWAYS] == [
        "skin",
        "treated-skin",
        "treated-skin-more",
        "recent",
    ]


def test_a_bad_reaction_to_the_last_session_is_kept_for_good():
    _, second = again("last-session=yes")
    assert raised(second) == {"previous_bad_reaction": {}}
    third = fill("still=yes", given=questionnaire.short_form(second))
    assert raised(third) == {"previous_bad_reaction": {}}
    assert third["before"]["healing"]["bad-reaction"] == "yes"


def test_birth_and_skin_type_are_not_asked_again_even_when_something_is_wrong():
    _, second = again("still=no", before=["healing.faint"])
    assert {"date-of-birth", "skin-type"} & set(asked(second)) == set()


def test_whom_to_call_stays_in_sight_whatever_is_answered_next():
    note = questionnaire.questionnaire().by_id["distress-help"].note
    first, second = again("still=yes", before=["distress=yes"])
    assert questionnaire.notes(first) == questionnaire.notes(second) == (note,)
    assert questionnaire.notes(fill()) == ()


def test_the_difference_in_words():
    first, second = again(
        "still=no", "recent.botox", "recent-botox-date=2026-11-21", "healing?slow", "now.breastfeeding",
        before=["recent.botox", "healing.faint", "healing.slow"],
    )  # fmt: skip
    assert questionnaire.difference(first, second) == Difference(
        added=("I breastfeed or chest-feed my baby",),
        removed=("I faint when I see needles or blood",),
        changed=(
            "Cuts take a long time to heal on me (not sure); before: Cuts take a long time to heal on me",
            "When did you last have Botox? 21 November 2026; before: When did you last have Botox? 20 November 2026",
        ),
    )


def test_no_difference_where_nothing_changed():
    first, second = again("still=yes", before=["healing.faint"])
    assert questionnaire.difference(first, second) == Difference((), (), ())


def test_a_reaction_to_the_last_session_shows_in_the_difference():
    first, second = again("last-session=yes")
    assert questionnaire.difference(first, second).added == ("Did your skin react badly to your last session? Yes",)


def test_free_text_shows_in_the_difference():
    first, second = again("anything-else=I am nervous.")
    assert questionnaire.difference(first, second).added == ("Is there more you want to tell us? I am nervous.",)


def test_the_answers_to_check_before_sending():
    rows = questionnaire.check_your_answers(fill("medicines.isotretinoin", "healing?slow", "healing.faint"))
    assert rows[0] == Row("date-of-birth", "What is your date of birth?", ("4 May 1990",))
    assert rows[1] == Row("now", "Are any of these true for you now?", ("None of these",))
    assert rows[3] == Row("medicines-isotretinoin-ended", "When did you last take it?", ("I still take it",))
    assert rows[5].answers == ("Cuts take a long time to heal on me (not sure)", "I faint when I see needles or blood")
    assert rows[8] == Row(
        "skin-type", "How does your skin react to strong sun?", ("It burns with ease and tans a little",)
    )
    assert rows[-2] == Row("distress", "Do you have thoughts of harming yourself?", ("No",))
    assert rows[-1] == Row("anything-else", "Is there more you want to tell us?", ("",))


def test_the_answers_to_check_hold_what_carries_over():
    _, second = again("still=yes", before=["healing.faint"])
    assert "healing" in [row.page for row in questionnaire.check_your_answers(second)]


def test_a_text_that_looks_like_a_day_or_a_word_stays_as_written():
    for text in ("2026-11-22", "still", "yes"):
        assert questionnaire.check_your_answers(fill(f"anything-else={text}"))[-1].answers == (text,)


def test_what_is_over_is_told_by_its_day_and_what_is_not_by_its_words():
    start = questionnaire.short_form(
        fill("medicines.isotretinoin", f"medicines-isotretinoin-ended={DAY}", "skin.sun", "treated-skin.pus")
    )
    assert questionnaire.next_page(start, zones=PLANNED).told == (
        "When did you last take it? 20 November 2026",
        "Where was the sun on your skin? Left cheek",
        "When was that skin last in strong sun? 20 November 2026",
        "There is pus, a crust or hot red skin from germs, or was in the last two weeks",
        "Where is or was it? Left cheek",
        "When had that cleared up? It has not cleared up yet",
    )


def test_several_places_are_told_together():
    given = fill("skin.mole")
    given["skin-mole-zones"]["answer"] = ["cheek-left", "elsewhere"]
    told = questionnaire.difference(fill(), given).added
    assert told[-1] == "Where is the mole or mark? Left cheek, Some other place"


def test_a_bad_reaction_is_kept_even_where_nothing_was_said_of_healing():
    second = questionnaire.short_form(fill()) | {"last-session": {"answer": "yes"}}
    del second["before"]["healing"]
    assert questionnaire.short_form(second)["before"]["healing"] == {"bad-reaction": "yes"}
