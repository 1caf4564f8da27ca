"""A clinic's overrides: what may be written in one, and every refusal with its sentence."""

from datetime import UTC, date, datetime

import pytest

from needlework.clinical import overrides
from needlework.evidence.errors import DataError

ENTRY = {
    "file": "screening.toml",
    "id": "isotretinoin_recent",
    "key": "wait",
    "value": {"months": 9},
    "by": "Amina Rahman",
    "role": "lead, GMC 0000000",
    "reason": "Our insurer asks for nine months",
    "on": "2026-12-01",
    "review_by": "2027-12-01",
}

DOCUMENTS = {
    "screening.toml": {
        "isotretinoin_recent": {"outcome": "defer", "wait": {"months": 6}},
        "topical": {"outcome": "defer", "wait": {"days": 5}, "may_loosen_to": {"days": 1}},
        "breastfeeding": {
            "outcome": "exclude",
            "device": [
                {"device": "SkinPen", "outcome": "exclude"},
                {"device": "Dermapen 4", "outcome": "suitable_with_adjustments"},
                {"device": "PRO Pen", "note": "silent"},
            ],
        },
        "acne": {"outcome": "treat_around"},
        "status": {"outcome": "never_asked"},
    },
    "signs.toml": {
        "redness": {"tier": "expected", "expected": True, "notify": [], "expected_until_hours": 168},
        "itch": {"tier": "expected", "expected": True, "notify": ["practitioner"]},
        "pus": {"tier": "same_day", "expected": False, "notify": ["lead"]},
    },
    "combinations.toml": {"both": {"tier": "same_day"}},
    "tiers.toml": {
        "practitioner_review": {"patient_text": "We will look.", "notify": ["practitioner"]},
        "same_day": {"patient_text": "Today.", "notify": ["practitioner", "lead"]},
        "emergency": {"patient_text": "Now.", "notify": ["practitioner", "lead"]},
    },
    "devices.toml": {"SkinPen": {"label_limit_mm": 1.5}, "Dermapen 4": {}, "PRO Pen": {}},
    "numbing.toml": {
        "supply": "A pharmacist supplies it.",
        "products": {
            "EMLA": {"label": "EMLA 5%", "limits": {"max_mass_g": 60.0, "least_minutes": 60.0}},
            "Ametop": {"label": "Ametop 4%"},
        },
    },
    "evidence/sources.toml": {"policy": {}},
}


def made(**changed):
    """Return one override, read."""
    (one,) = overrides.read({"override": [ENTRY | changed]})
    return one


def layer(*changes):
    return overrides.layered(DOCUMENTS, [made(**changed) for changed in changes])


def refusal(*changes):
    with pytest.raises(DataError) as refused:
        layer(*changes)
    assert refused.value.file == "overrides.toml"
    return refused.value.key, refused.value.sentence


def test_an_override_is_read_from_json():
    assert made() == overrides.Override(
        file="screening.toml",
        id="isotretinoin_recent",
        key="wait",
        value={"months": 9},
        by="Amina Rahman",
        role="lead, GMC 0000000",
        reason="Our insurer asks for nine months",
        on=date(2026, 12, 1),
        review_by=date(2027, 12, 1),
        device=None,
    )


def test_the_dates_of_toml_are_read_too():
    assert made(on=date(2026, 12, 1), review_by=date(2027, 12, 1)) == made()


@pytest.mark.parametrize("one", [{}, {"device": "SkinPen"}], ids=["for all", "for a device"])
def test_what_is_written_reads_back(one):
    written = made(**one).as_json()
    assert written == ENTRY | one
    assert overrides.read({"override": [written]}) == (made(**one),)


def test_spaces_around_a_text_are_dropped():
    assert made(by="  Amina Rahman ").by == "Amina Rahman"


def test_no_overrides_are_none():
    assert overrides.read({}) == ()
    assert overrides.layered(DOCUMENTS, ()) == DOCUMENTS


@pytest.mark.parametrize(
    ("document", "key", "sentence"),
    [
        ([], "override", "Send an object: keys and values between braces."),
        ({"overide": []}, "override", "There is a key that is not known. Did you mean 'override'?"),
        ({"override": [ENTRY | {"by": " "}]}, "override[0].by",
         "This is empty. Write it out: a named person answers for every override."),
        ({"override": [ENTRY | {"reason": ""}]}, "override[0].reason",
         "This is empty. Write it out: a named person answers for every override."),
        ({"override": [{key: value for key, value in ENTRY.items() if key != "role"}]}, "override[0].role",
         "This is missing. Send a text."),
        ({"override": [ENTRY | {"value": None}]}, "override[0].value",
         "This is missing. Give the value that the clinic wants."),
        ({"override": [ENTRY, ENTRY | {"on": "today"}]}, "override[1].on", "Send a date as YYYY-MM-DD."),
        ({"override": [ENTRY | {"review_by": "2026-12-01"}]}, "override[0].review_by",
         "Give a day after the one it was made on."),
        ({"override": [ENTRY | {"device": 4}]}, "override[0].device", "Send a text."),
        ({"override": [ENTRY | {"reasons": "x"}]}, "override[0]",
         "There is a key that is not known. Did you mean 'reason'?"),
    ],
    ids=["list", "misspelt", "nobody", "no reason", "no role", "no value", "no day", "same day", "device", "unknown"],
)  # fmt: skip
def test_an_override_that_is_not_whole_is_refused(document, key, sentence):
    with pytest.raises(DataError) as refused:
        overrides.read(document)
    assert (refused.value.file, refused.value.key, refused.value.sentence) == ("overrides.toml", key, sentence)


def test_a_review_on_the_next_day_is_late_enough():
    assert made(review_by="2026-12-02").review_by == date(2026, 12, 2)


def test_a_value_that_is_false_is_a_value():
    assert made(value=False).value is False


@pytest.mark.parametrize(
    ("changed", "key", "sentence"),
    [
        ({"file": "evidence/sources.toml"}, "evidence/sources.isotretinoin_recent.wait",
         "A clinic may not change this file. It may change: "
         "screening.toml, signs.toml, combinations.toml, devices.toml, numbing.toml."),
        ({"id": "isotretinoin_recnt"}, "screening.isotretinoin_recnt.wait",
         "There is no such entry. Did you mean 'isotretinoin_recent'?"),
        ({"id": "zzz"}, "screening.zzz.wait", "There is no such entry. Name one of them."),
        ({"key": "scope", "value": "local"}, "screening.isotretinoin_recent.scope",
         "A clinic may not change this key. It may change: outcome, wait."),
        ({"file": "signs.toml", "id": "pus", "key": "tier", "value": "emergency", "device": "SkinPen"},
         "signs.pus.SkinPen.tier", "Only a screening rule can differ by device. Leave device out."),
        ({"device": "SkinPan"}, "screening.isotretinoin_recent.SkinPan.wait",
         "There is no such device. Name one of devices.toml."),
        ({"value": {"years": 1}}, "screening.isotretinoin_recent.wait",
         "Give one unit and a whole number above 0, as { months = 9 }."),
        ({"key": "outcome", "value": "stop"}, "screening.isotretinoin_recent.outcome",
         "Give one of: suitable, suitable_with_adjustments, treat_around, defer, refer, exclude."),
        ({"file": "signs.toml", "id": "pus", "key": "tier", "value": ["emergency"]}, "signs.pus.tier",
         "Give one of: expected, practitioner_review, same_day, emergency."),
        ({"file": "devices.toml", "id": "SkinPen", "key": "label_limit_mm", "value": 0},
         "devices.SkinPen.label_limit_mm", "Give a number above 0, at most 100000."),
        ({"value": {"months": 6}}, "screening.isotretinoin_recent.wait", "It changes nothing. Take it out."),
        ({"value": {"months": 5}}, "screening.isotretinoin_recent.wait",
         "This would loosen the rule, which may only be tightened. Give a stricter value."),
        ({"value": {"days": 183}}, "screening.isotretinoin_recent.wait",
         "This would loosen the rule, which may only be tightened. Give a stricter value."),
        ({"id": "status", "key": "outcome", "value": "exclude"}, "screening.status.outcome",
         "This must never be asked, so nobody can be refused for it. Take the override out."),
        ({"id": "acne"}, "screening.acne.wait",
         "The rule has none, and giving it one would loosen it. Take the override out."),
        ({"file": "signs.toml", "id": "pus", "key": "expected_until_hours", "value": 24},
         "signs.pus.expected_until_hours",
         "The rule has none, and giving it one would loosen it. Take the override out."),
    ],
    ids=lambda one: one if isinstance(one, str) and "." in one and " " not in one else "",
)  # fmt: skip
def test_an_override_that_does_not_fit_is_refused(changed, key, sentence):
    assert refusal(changed) == (key, sentence)


@pytest.mark.parametrize(
    "value", [True, -1, 0, float("inf"), float("nan"), 100_001, pytest.param(10**400, id="huge"), "1.0"], ids=str
)
def test_a_limit_is_a_number_above_0(value):
    changed = {"file": "devices.toml", "id": "SkinPen", "key": "label_limit_mm", "value": value}
    assert refusal(changed)[1] == "Give a number above 0, at most 100000."


def test_the_same_key_twice_is_refused():
    name = "screening.isotretinoin_recent.wait"
    assert refusal({}, {"value": {"months": 12}}) == (name, "It is overridden twice. Keep one of the two.")


def test_the_documents_given_stay_as_they_are():
    before = repr(DOCUMENTS)
    layer({}, {"id": "breastfeeding", "key": "outcome", "value": "exclude"})
    assert repr(DOCUMENTS) == before


def test_two_keys_of_one_entry_are_both_in_place():
    found = layer({}, {"key": "outcome", "value": "refer"})
    assert found["screening.toml"]["isotretinoin_recent"] == {"outcome": "refer", "wait": {"months": 9}}
    assert found["screening.toml"]["acne"] == DOCUMENTS["screening.toml"]["acne"]


def test_an_override_says_who_and_why():
    assert made().told == (
        "Set by the clinic: Our insurer asks for nine months (Amina Rahman, lead, GMC 0000000, 2026-12-01)"
    )


def test_what_rests_on_overrides_tells_the_newest_first():
    old, new = made(on="2026-11-01", by="B"), made(key="outcome", value="refer")
    newest = {"by": "Amina Rahman", "role": "lead, GMC 0000000", "reason": "Our insurer asks for nine months"}
    newest |= {"on": "2026-12-01"}
    assert overrides.as_json(()) == {}
    assert overrides.as_json((new,)) == {"set_by_clinic": newest}
    assert overrides.as_json((old, new)) == {
        "set_by_clinic": newest | {"also": [newest | {"by": "B", "on": "2026-11-01"}]}
    }


def test_the_overrides_of_an_entry_are_those_of_its_file_and_id():
    one, other = made(), made(file="signs.toml")
    assert overrides.of((one, other, made(id="topical")), "screening.toml", "isotretinoin_recent") == (one,)


def test_a_moment_of_toml_is_no_day():
    with pytest.raises(DataError) as refused:
        made(on=datetime(2026, 12, 1, 10, 0, tzinfo=UTC))
    assert (refused.value.key, refused.value.sentence) == ("override[0].on", "Send a date as YYYY-MM-DD.")


def test_an_empty_device_is_every_device():
    assert made(device="") == made()


def test_the_largest_limit_is_taken():
    found = layer({"file": "devices.toml", "id": "PRO Pen", "key": "label_limit_mm", "value": 100_000})
    assert found["devices.toml"]["PRO Pen"] == {"label_limit_mm": 100_000}


def test_what_is_due_for_review_comes_oldest_promise_first():
    late, later = made(review_by="2027-03-01", id="b"), made(review_by="2027-03-01", id="a")
    first, after = made(review_by="2027-02-01", id="z"), made(review_by="2027-03-02")
    assert overrides.due([late, later, first, after], date(2027, 3, 1)) == (first, later, late)
