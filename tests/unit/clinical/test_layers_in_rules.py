"""Rules, signs and spacings that know what a clinic changed in them, built from documents in hand."""

from dataclasses import replace
from datetime import date

import pytest

from needlework.clinical import doubts, planning, screening, signs, waits
from needlework.clinical.catalogue import Entry
from needlework.clinical.overrides import layered
from needlework.clinical.planning import plans, rows
from needlework.clinical.rule_set import current
from needlework.clinical.screening.rule import DeviceOverride, Wait
from needlework.clinical.terms import Tier, Verified
from needlework.clinical.triage import Report, as_json, triage
from needlework.evidence.errors import InputError
from needlework.evidence.facts import facts
from needlework.evidence.sources import load
from tests.unit.clinical.test_overrides import made

RULE = "isotretinoin_recent"
BOTH = {
    "name": "Red and hot",
    "signs": ["redness", "tight_warm"],
    "tier": "practitioner_review",
    "reason": "together",
    "patient_text": "It may be nothing.",
    "sources": ["policy"],
    "verified": "unverified",
}


def test_a_rule_knows_what_a_clinic_changed_in_it_and_for_which_device():
    every, one = made(), made(key="outcome", value="refer", device="SkinPen")
    found = screening.load(current().documents["screening.toml"], (every, one, made(file="signs.toml", id="redness")))
    rule = found[RULE]
    assert rule.set_by_clinic == (every, one)
    assert (rule.changed_for("SkinPen"), rule.changed_for("Exceed")) == ((every, one), (every,))
    assert {key for key, other in found.items() if other.set_by_clinic} == {RULE}
    assert list(found) == list(screening.rules())


def test_a_rule_waits_as_a_device_says_itself():
    rule = screening.rules()[RULE]
    own = replace(rule, overrides={"A": DeviceOverride(wait=Wait(1, "weeks")), "B": DeviceOverride(note="silent")})
    assert (own.wait_for("A"), own.wait_for("B"), own.wait_for("C")) == (Wait(1, "weeks"), rule.wait, rule.wait)


@pytest.mark.parametrize(
    ("wait", "days"),
    [({"days": 3}, 3), ({"weeks": 2}, 14), ({"months": 1}, 31), ({"months": 2}, 62), ({"months": 12}, 366)],
    ids=["days", "weeks", "month", "months", "year"],
)
def test_the_most_days_of_a_wait(wait, days):
    assert waits.most_days(wait) == days


def test_spacing_follows_the_rules_given():
    shipped = planning.interval_limits("acne-scars")
    rule = screening.rules()["microneedling_recent"]
    longer = replace(rule, wait=Wait(6, "weeks"), set_by_clinic=(made(id=rule.id),))
    found = planning.interval_limits("acne-scars", rules={rule.id: longer}, device="SkinPen")
    assert found == replace(shipped, default_days=42, set_by_clinic=(made(id=rule.id),))
    assert planning.interval_limits("acne-scars", rules={rule.id: rule}) == shipped
    assert planning.interval_limits("acne-scars", rules={rule.id: replace(rule, wait=None)}) == shipped
    assert "set_by_clinic" not in shipped.as_json()


def test_a_plan_is_read_by_the_devices_given():
    proposal = {
        "concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}],
        "device": "Mine",
        "skin_type": "III",
        "nation": "England",
        "planned_date": "2026-12-01",
    }
    mine = planning.proposal.Device("Mine", label_limit_mm=1)
    read = planning.read(proposal, devices={"Mine": mine})
    assert (read.device, planning.plan(read).proposal) == (mine, read)
    lower = replace(mine, label_limit_mm=0.5)
    assert planning.plan(read, devices={"Mine": lower}).proposal == replace(read, device=lower)
    with pytest.raises(InputError) as refused:
        planning.read(proposal)
    assert refused.value.field == "device"


def test_signs_know_what_a_clinic_changed_in_them():
    documents = current().documents
    redness = made(file="signs.toml", id="redness", key="expected_until_hours", value=49)
    found = signs.load(layered(documents, (redness,))["signs.toml"], (redness, made()))
    assert {key: one.set_by_clinic for key, one in found.items() if one.set_by_clinic} == {"redness": (redness,)}


def test_signs_together_that_a_clinic_raised_say_so_beside_each():
    both = made(file="combinations.toml", id="both", key="tier", value="same_day")
    documents = layered({**current().documents, "combinations.toml": {"both": BOTH}}, (both,))
    (one,) = signs.load_combinations(documents["combinations.toml"], signs.signs(), (both,))
    assert (one.tier, one.set_by_clinic) == (Tier.SAME_DAY, (both,))
    answer = triage(Report(1, "patient", ("redness", "tight_warm", "flaking")), combinations=(one,))
    told = {sign["sign"]: sign for sign in as_json(answer)["signs"]}
    assert {key: "set_by_clinic" in sign for key, sign in told.items()} == {
        "redness": True,
        "tight_warm": True,
        "flaking": False,
    }
    assert told["redness"]["patient_text"] == ("This needs help today. Call your GP or NHS 111, or see a pharmacist.")
    assert answer.tier is Tier.SAME_DAY


def test_a_sign_worse_than_late_keeps_its_own_words_when_it_lasts():
    sign = replace(signs.signs()["redness"], tier=Tier.SAME_DAY, expected=False, patient_text="Come today.")
    (late,) = triage(Report(169, "patient", ("redness",)), signs={"redness": sign}, combinations=()).signs
    assert (late.patient_text, late.because) == ("Come today.", "this sign needs help today; longer than 168 h")


def test_a_publication_read_at_two_addresses_supports_once():
    entry = {"title": "A", "url": "https://example.org/", "strength": "RCT", "strength_class": "rct"}
    known = load({"a": entry, "b": entry | {"same_as": "a"}, "c": entry})
    fact = facts()["DEV-007"]
    made_rows = [
        rows.Row(key, frozenset(), (0.0, 1.0), "x", (replace(fact, source=source, strength_class="rct"),))
        for key, source in known.items()
    ]
    assert [one.origin for one in made_rows] == ["a", "a", "c"]
    assert plans.support(made_rows) == {"studies": 2, "regulator_or_label": 0, "vendor_or_consumer": 0}


def test_an_override_is_an_entry_to_look_at_again():
    one = made()
    assert doubts.of_override(one) == Entry(
        id="screening.isotretinoin_recent.wait",
        kind="override",
        statement=one.told,
        verified="set by the clinic",
        sources=(),
        review_by=date(2027, 12, 1),
        text=one.told,
    )


def test_overrides_are_looked_at_with_the_rest(monkeypatch):
    monkeypatch.setattr(doubts, "everything", lambda: iter(()))
    one, later = made(), made(id="topical", review_by="2028-01-01")
    day = date(2027, 12, 1)
    assert doubts.doubts(None, (one, later)) == ()
    assert [(found.id, found.kind, found.reasons) for found in doubts.doubts(day, (one, later))] == [
        ("screening.isotretinoin_recent.wait", "override", ("due since 2027-12-01",))
    ]
    assert doubts.falling_due(day, (one, later)) == {date(2028, 1, 1): ("screening.topical.wait",)}
    assert doubts.as_json(None, (one,))["due"] == [
        {"review_by": "2027-12-01", "ids": ["screening.isotretinoin_recent.wait"]}
    ]


def test_what_is_not_verified_of_a_sign_stays_so_under_a_layer():
    found = signs.load(current().documents["signs.toml"])
    assert found == signs.signs()
    assert found["redness"].verified is not Verified.UNVERIFIED
