"""Reading a finished session: what is wrong with it, in one sentence that names the field."""

import pytest

from needlework.clinical.aftercare import advise, as_json, read
from needlework.clinical.aftercare.session import FinishedSession
from needlework.clinical.rule_set import VERSION
from needlework.clinical.safety_net import as_json as safety_net
from needlework.evidence.errors import InputError
from tests.spec.aftercare.spec import FINISHED, session

USED = (
    "lidocaine-cream, prilocaine-lidocaine-cream, hyaluronic-gel, antiseptic-chlorhexidine, "
    "antiseptic-povidone-iodine, saline"
)
MOMENT = "Send a moment with its offset, as 2026-12-01T10:48:00+00:00."
HOURS = "Send a whole number from 24 to 72 hours."


def test_a_whole_session_is_read():
    document = session(zones=["cheeks"], used=["saline", "saline"], choices={"makeup": 24.0, "heat": 144})
    assert read(document) == FinishedSession(
        finished_at=FINISHED,
        zones=("cheek-left", "cheek-right"),
        concern="acne-scars",
        skin_type="II",
        max_depth_mm=1.0,
        used=("saline",),
        choices={"makeup": 24, "heat": 144},
    )


def test_used_and_choices_may_be_absent():
    found = read(session())
    assert (found.used, found.choices) == ((), {})


def test_a_choice_for_what_is_not_given_changes_nothing():
    document = session(zones=["abdomen"], choices={"makeup": 24})
    assert read(document).choices == {"makeup": 24}
    assert "makeup" not in {one.id for one in advise(read(document)).instructions}


@pytest.mark.parametrize("depth", [0.05, 10.0])
def test_whatever_may_be_planned_may_be_recorded(depth):
    assert read(session(max_depth_mm=depth)).max_depth_mm == depth


@pytest.mark.parametrize(
    ("differs", "field", "sentence"),
    [
        ({"finished_at": None}, "finished_at", f"This is missing. {MOMENT}"),
        ({"finished_at": "2026-12-01T10:48:00"}, "finished_at", MOMENT),
        ({"finished_at": "2026-02-30T10:48:00+00:00"}, "finished_at", MOMENT),
        ({"zones": None}, "zones", "This is missing. Send a list of texts."),
        ({"zones": []}, "zones", "Name at least one zone that was treated."),
        ({"zones": ["chek-left"]}, "zones[0]", "There is no such zone. Did you mean 'cheek-left'?"),
        ({"zones": ["face", "lips"]}, "zones", "'lips' is never treated. Take it out of the plan."),
        ({"concern": "hair"}, "concern", None),
        ({"skin_type": "VII"}, "skin_type", "That is not known here. Did you mean 'VI'?"),
        ({"skin_type": 5}, "skin_type", "Send one of: I, II, III, IV, V, VI."),
        ({"max_depth_mm": None}, "max_depth_mm", "This is missing. Send a number from 0.05 to 10 mm."),
        ({"max_depth_mm": 0.049}, "max_depth_mm", "Send a number from 0.05 to 10 mm."),
        ({"max_depth_mm": 10.1}, "max_depth_mm", "Send a number from 0.05 to 10 mm."),
        ({"used": "saline"}, "used", "Send a list of texts."),
        ({"used": ["saline", "emla"]}, "used[1]", f"That is not known here. Send one of: {USED}."),
        ({"choices": []}, "choices", "Send an object: keys and values between braces."),
        ({"choices": {"makeup": "24"}}, "choices.makeup", HOURS),
        ({"choices": {"makeup": True}}, "choices.makeup", HOURS),
        ({"choices": {"makeup": 24.5}}, "choices.makeup", HOURS),
        ({"choices": {"makeup": 23}}, "choices.makeup", HOURS),
        ({"choices": {"makeup": 73}}, "choices.makeup", HOURS),
        ({"choices": {"make-up": 24}}, "choices", "There is a key that is not known. Did you mean 'makeup'?"),
        ({"skin_typ": "V"}, "", "There is a key that is not known. Did you mean 'skin_type'?"),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, dict) else "",
)
def test_what_is_wrong_is_said(differs, field, sentence):
    with pytest.raises(InputError) as refused:
        read(session(**differs))
    assert refused.value.field == field
    assert sentence is None or refused.value.sentence == sentence


@pytest.mark.parametrize("name", ["medicines", "moisturiser", "numb-skin", "dark-marks"])
def test_what_has_no_hours_cannot_be_chosen(name):
    with pytest.raises(InputError) as refused:
        read(session(choices={name: 24}))
    assert refused.value.field == "choices"
    assert refused.value.sentence.startswith("There is a key that is not known. ")


@pytest.mark.parametrize("document", [None, [], 7, "face"], ids=str)
def test_only_an_object_is_a_session(document):
    with pytest.raises(InputError, match=r"^Send an object: keys and values between braces\.$"):
        read(document)


def test_the_answer_has_the_fields_of_the_contract():
    answer = as_json(advise(read(session(choices={"makeup": 24}))))
    assert list(answer) == ["rule_set", "instructions", "expected", "safety_net"]
    assert answer["rule_set"] == VERSION
    assert answer["safety_net"] == safety_net()
    assert all(list(one) == ["day", "signs", "text"] for one in answer["expected"])
    (makeup,) = [one for one in answer["instructions"] if one["id"] == "makeup"]
    assert {key: value for key, value in makeup.items() if key != "sources"} == {
        "id": "makeup",
        "do": "avoid",
        "text": "Do not put make-up on the treated skin. When you start again, use clean tools or clean fingers.",
        "from": "2026-12-01T10:48:00+00:00",
        "to": "2026-12-02T10:48:00+00:00",
        "hours": {"default": 72, "range": [24, 72], "chosen": 24},
        "why": "Advice runs from 1 to 3 days; longer is the safer side. "
        "Lasting bumps have been reported after other products went on needled skin.",
    }
    assert list(makeup)[-1] == "sources"
    assert len(makeup["sources"]) == 8
    assert makeup["sources"][0] == {
        "title": "Renew Laser Med: microneedling guidelines",
        "url": "https://www.renewlasermed.com/treatment-guidelines/microneedling/",
        "strength": "clinic page",
    }


def test_an_open_end_is_null():
    found = {one["id"]: one for one in as_json(advise(read(session())))["instructions"]}
    assert [found["medicines"][key] for key in ("from", "to", "hours")] == [FINISHED.isoformat(), None, None]
    assert found["sunscreen-start"]["to"] is None
