"""Signs, combinations and tiers as data: what is read, and what each file is refused for."""

from dataclasses import replace

import pytest

from needlework.clinical import signs
from needlework.clinical.terms import Tier, Verified
from needlework.evidence.errors import DataError
from needlework.evidence.sources import sources

SIGN = {
    "label": "Redness",
    "onset": "straight away",
    "onset_from_hours": 0,
    "onset_to_hours": 72,
    "expected": True,
    "tier": "expected",
    "expected_until_hours": 168,
    "frequency": "Nearly everyone",
    "action": "None.",
    "patient_text": "It should fade.",
    "notify": [],
    "tell": ["GP"],
    "sources": ["chu-2021"],
    "verified": "seen",
}
GRAVE = SIGN | {"expected": False, "tier": "same_day", "notify": ["lead"]}
KNOWN = signs.load({"red": SIGN, "hot": GRAVE})
TOGETHER = {
    "name": "red together with hot",
    "signs": ["red", "hot"],
    "tier": "emergency",
    "reason": "both",
    "patient_text": "Call 999 now.",
    "sources": ["policy"],
    "verified": "unverified",
}
TIER = {
    "words": "now",
    "because": "needs help",
    "patient_text": "Call 999.",
    "notify": ["lead"],
    "sources": ["policy"],
    "verified": "unverified",
}
TIERS = {tier.value: TIER for tier in Tier}


def refusal(work, *given):
    with pytest.raises(DataError) as refused:
        work(*given)
    return str(refused.value)


def test_a_sign_is_read_whole():
    assert KNOWN["red"] == signs.Sign(
        id="red",
        label="Redness",
        onset="straight away",
        onset_from_hours=0,
        onset_to_hours=72,
        expected=True,
        tier=Tier.EXPECTED,
        expected_until_hours=168,
        frequency="Nearly everyone",
        action="None.",
        patient_text="It should fade.",
        notify=(),
        tell=("GP",),
        sources=(sources()["chu-2021"],),
        verified=Verified.SEEN,
        reported_by="patient",
        from_temperature_c=None,
    )


def test_a_window_is_told_in_hours():
    assert KNOWN["red"].window == "0 to 72 h"
    assert signs.load({"red": GRAVE | {"onset_to_hours": None}})["red"].window == "from 0 h"


def test_signs_keep_the_order_of_the_file():
    assert list(KNOWN) == ["red", "hot"]
    assert list(signs.signs())[:3] == ["redness", "swelling_mild", "eyes_swollen_shut"]


def test_the_files_are_read_once():
    assert signs.signs() is signs.signs()
    assert signs.combinations() is signs.combinations()
    assert signs.tiers() is signs.tiers()


OPTIONAL = {"onset_to_hours"}


@pytest.mark.parametrize("key", [key for key in SIGN if key not in OPTIONAL])
def test_a_sign_without_one_of_its_keys_is_refused(key):
    entry = {name: value for name, value in SIGN.items() if name != key}
    assert refusal(signs.load, {"red": entry}).startswith("signs.toml: red: ")


@pytest.mark.parametrize("key", ["tier", "notify", "tell", "verified"])
def test_a_missing_key_that_is_read_is_named(key):
    entry = {name: value for name, value in SIGN.items() if name != key}
    assert refusal(signs.load, {"red": entry}) == f"signs.toml: red: There is no {key}. Add it."


@pytest.mark.parametrize("change", [{"tier": "soon"}, {"verified": "perhaps"}, {"notify": 3}, {"colour": "red"}])
def test_a_sign_with_something_that_is_not_known_is_refused(change):
    found = refusal(signs.load, {"red": SIGN | change})
    assert found.startswith("signs.toml: red: ")
    assert found.endswith(". Mend that key as in the entries beside it.")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"reported_by": "nurse"}, "reported_by is one of: patient, practitioner."),
        ({"notify": ["GP"]}, "notify holds only: practitioner, lead. Others stand in tell."),
        ({"tier": "same_day", "expected": False}, "Nobody in the clinic is told: add notify."),
        (
            {"tier": "same_day", "notify": ["lead"]},
            "A sign is expected exactly when its tier is: mend expected or tier.",
        ),
        (
            {"expected": False, "notify": ["lead"]},
            "A sign is expected exactly when its tier is: mend expected or tier.",
        ),
        ({"expected_until_hours": None}, "An expected sign says until when: add expected_until_hours."),
        (
            {"onset_from_hours": 73},
            "A window begins at 0 hours or later, and before it ends: mend the onset hours.",
        ),
        (
            {"onset_from_hours": -1},
            "A window begins at 0 hours or later, and before it ends: mend the onset hours.",
        ),
        ({"sources": ["nobody"]}, "There is no source 'nobody'. Add it to sources.toml, or name one that is there."),
        (
            {"sources": ["memory"]},
            "Only what stands in a publication is seen or partial: mend verified or sources.",
        ),
        (
            {"verified": "unverified"},
            "Only what stands in a publication is seen or partial: mend verified or sources.",
        ),
    ],
)
def test_a_sign_that_contradicts_itself_is_refused(change, sentence):
    assert refusal(signs.load, {"red": SIGN | change}) == f"signs.toml: red: {sentence}"


@pytest.mark.parametrize("change", [{"onset_from_hours": 72}, {"onset_from_hours": 0, "onset_to_hours": 0}])
def test_a_window_may_be_one_moment(change):
    assert signs.load({"red": SIGN | change})["red"].onset_from_hours == change["onset_from_hours"]


def test_a_grave_sign_needs_no_end():
    assert signs.load({"hot": GRAVE | {"expected_until_hours": None}})["hot"].expected_until_hours is None


def test_the_wrong_sign_among_several_is_named():
    assert refusal(signs.load, {"red": SIGN, "hot": GRAVE | {"notify": []}}).startswith("signs.toml: hot: Nobody")


def test_a_combination_is_read_whole():
    (one,) = signs.load_combinations({"both": TOGETHER | {"within_hours": 24}}, KNOWN)
    assert one == signs.Combination(
        id="both",
        name="red together with hot",
        signs=("red", "hot"),
        tier=Tier.EMERGENCY,
        reason="both",
        patient_text="Call 999 now.",
        sources=(sources()["policy"],),
        verified=Verified.UNVERIFIED,
        within_hours=24,
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"signs": ["red", "cold"]}, "There is no sign 'cold'. Add it to signs.toml, or name one that is there."),
        ({"signs": ["red", "red"]}, "A combination has at least two signs."),
        ({"signs": []}, "A combination has at least two signs."),
        ({"tier": "practitioner_review"}, "Its tier is milder than that of one of its signs: raise it."),
        ({"sources": ["nobody"]}, "There is no source 'nobody'. Add it to sources.toml, or name one that is there."),
    ],
)
def test_a_combination_that_cannot_be_is_refused(change, sentence):
    found = refusal(signs.load_combinations, {"both": TOGETHER | change}, KNOWN)
    assert found == f"combinations.toml: both: {sentence}"


def test_a_combination_may_be_as_grave_as_one_of_its_signs():
    assert signs.load_combinations({"both": TOGETHER | {"tier": "same_day"}}, KNOWN)[0].tier is Tier.SAME_DAY


def test_a_tier_is_read_whole():
    entry = TIER | {"answer_within_minutes": 15, "answer_within": "15 minutes", "late_text": "It lasted."}
    assert signs.load_tiers(TIERS | {"emergency": entry})[Tier.EMERGENCY] == signs.TierRule(
        id="emergency",
        words="now",
        because="needs help",
        patient_text="Call 999.",
        notify=("lead",),
        sources=(sources()["policy"],),
        verified=Verified.UNVERIFIED,
        answer_within_minutes=15,
        answer_within="15 minutes",
        late_text="It lasted.",
    )


def test_whom_a_tier_tells_outside_is_read():
    found = signs.load_tiers(TIERS | {"emergency": TIER | {"tell": ["999", "A&E"]}})
    assert (found[Tier.EMERGENCY].tell, found[Tier.SAME_DAY].tell) == (("999", "A&E"), ())
    assert {tier: rule.tell for tier, rule in signs.tiers().items() if rule.tell} == {
        "same_day": ("GP, NHS 111 or pharmacist",),
        "emergency": ("999 or A&E",),
    }


def test_the_weight_of_a_combination_is_policy_unless_all_of_it_was_read():
    (one,) = signs.load_combinations({"both": TOGETHER}, KNOWN)
    marks = {verified: replace(one, verified=verified).policy for verified in Verified}
    unread = " (policy, unverified)"
    assert marks == {Verified.UNVERIFIED: unread, Verified.PARTIAL: unread, Verified.SEEN: ""}


def test_a_tier_that_nobody_answers_has_no_minutes():
    rule = signs.load_tiers(TIERS)[Tier.EXPECTED]
    assert (rule.answer_within_minutes, rule.answer_within, rule.late_text) == (None, None, "")


@pytest.mark.parametrize(
    "entries",
    [dict(reversed(TIERS.items())), {"expected": TIER}, TIERS | {"never": TIER}],
    ids=["order", "missing", "unknown"],
)
def test_the_tiers_are_those_of_the_terms_in_their_order(entries):
    assert refusal(signs.load_tiers, entries) == (
        f"tiers.toml: {', '.join(entries)}: The tiers are, in this order: "
        "expected, practitioner_review, same_day, emergency."
    )


def test_the_tier_whose_sources_are_wrong_is_named():
    found = refusal(signs.load_tiers, TIERS | {"same_day": TIER | {"verified": "seen"}})
    assert found.startswith("tiers.toml: same_day: Only what stands")


def test_what_each_tier_promises():
    found = {
        tier: (rule.answer_within_minutes, rule.answer_within, rule.notify) for tier, rule in signs.tiers().items()
    }
    assert found == {
        "expected": (None, None, ()),
        "practitioner_review": (2880, "2 working days", ("practitioner",)),
        "same_day": (60, "60 minutes", ("practitioner", "lead")),
        "emergency": (15, "15 minutes", ("practitioner", "lead")),
    }


def test_every_figure_of_a_tier_is_policy():
    assert {rule.verified for rule in signs.tiers().values()} == {Verified.UNVERIFIED}
    assert {source.id for rule in signs.tiers().values() for source in rule.sources} == {"policy"}
