"""What a proposed plan may say, and the sentence for each thing that is wrong."""

import copy
from datetime import date

import pytest

from needlework.clinical import planning
from needlework.clinical.devices import devices
from needlework.clinical.planning.proposal import Choice, Examined, Wanted
from needlework.evidence.errors import InputError

PLAIN = {
    "concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}],
    "device": "SkinPen",
    "skin_type": "III",
    "nation": "Scotland",
    "planned_date": "2026-12-01",
}
WHOLE = PLAIN | {
    "concerns": [
        {"concern": "acne-scars", "zones": ["cheeks"]},
        {"concern": "uneven-tone", "zones": ["forehead", "cheek-left"], "spots": False},
    ],
    "premises": "pharmacy",
    "chosen": [{"zone": "cheek-left", "depth_mm": 1, "passes": 4, "reason": " Agreed "}],
    "gates": {"lesion-examined": {"by": " Dr Example ", "on": "2026-12-01", "suspicious": False}},
}


def test_everything_that_may_be_said_is_read():
    read = planning.read(copy.deepcopy(WHOLE))
    assert read.concerns == (
        Wanted("acne-scars", ("cheek-left", "cheek-right"), None),
        Wanted("uneven-tone", ("forehead", "cheek-left"), False),
    )
    assert read.device is devices()["SkinPen"]
    assert (read.skin_type, read.nation, read.premises) == ("III", "Scotland", "pharmacy")
    assert read.planned_date == date(2026, 12, 1)
    assert read.chosen == (Choice("cheek-left", 1.0, 4, "Agreed"),)
    assert read.examined == Examined("Dr Example", date(2026, 12, 1), False)
    assert read.zones == ("forehead", "cheek-left", "cheek-right")
    assert read.concerns_of("cheek-left") == ("acne-scars", "uneven-tone")
    assert read.concerns_of("cheek-right") == ("acne-scars",)


def test_what_may_be_left_out_is_nothing_then():
    read = planning.read(PLAIN)
    assert (read.premises, read.chosen, read.examined) == (None, (), None)
    assert planning.read(PLAIN | {"chosen": [{"zone": "cheek-left", "depth_mm": 1}]}).chosen == (
        Choice("cheek-left", 1.0, None, None),
    )


def test_a_group_may_be_chosen_for_and_stands_for_its_zones():
    read = planning.read(WHOLE | {"chosen": [{"zone": "cheeks", "depth_mm": 1}]})
    assert [choice.zone for choice in read.chosen] == ["cheek-left", "cheek-right"]


def concern(**changed):
    return {"concerns": [PLAIN["concerns"][0] | changed]}


def choice(**changed):
    return {"chosen": [{"zone": "cheek-left", "depth_mm": 1.0} | changed]}


def examined(**changed):
    return {"gates": {"lesion-examined": {"by": "A", "on": "2026-12-01", "suspicious": False} | changed}}


DEPTH = "Send a number from 0.05 to 10 mm."
PASSES = "Send a number from 1 to 30 passes."
WRONG = {
    "no concern": ({"concerns": []}, "concerns", "Name at least one concern with its zones."),
    "no zone": (concern(zones=[]), "concerns[0].zones", "Name at least one zone."),
    "concern twice": (
        {"concerns": [PLAIN["concerns"][0], {"concern": "acne-scars", "zones": ["chin"]}]},
        "concerns",
        "A concern is there twice. Name it once, with all its zones.",
    ),
    "unknown zone": (
        concern(zones=["cheek-lft"]),
        "concerns[0].zones[0]",
        "There is no such zone. Did you mean 'cheek-left'?",
    ),
    "eyelid": (
        concern(zones=["eyelid-left"]),
        "concerns[0].zones",
        "'eyelid-left' is never treated. Take it out of the plan.",
    ),
    "intimate": (
        concern(zones=["chin", "intimate"]),
        "concerns[0].zones",
        "'intimate' is never treated. Take it out of the plan.",
    ),
    "spots of scars": (
        concern(spots=True),
        "concerns[0]",
        "There is a key that is not known. Known here: concern, zones.",
    ),
    "spots no truth": (concern(concern="uneven-tone", spots=1), "concerns[0].spots", "Send true or false."),
    "unknown key": ({"depth": 1}, "", "There is a key that is not known."),
    "unknown device": ({"device": "SkinPn"}, "device", "That is not known here. Did you mean 'SkinPen'?"),
    "skin type": (
        {"skin_type": "7"},
        "skin_type",
        "That is not known here. Send one of: I, II, III, IV, V, VI.",
    ),
    "nation": ({"nation": "Englnd"}, "nation", "That is not known here. Did you mean 'England'?"),
    "premises": ({"premises": "farmacy"}, "premises", "That is not known here. Did you mean 'pharmacy'?"),
    "date": ({"planned_date": "1/12/2026"}, "planned_date", "Send a date as YYYY-MM-DD."),
    "no depth": (choice(depth_mm=0), "chosen[0].depth_mm", DEPTH),
    "hardly a depth": (choice(depth_mm=0.049), "chosen[0].depth_mm", DEPTH),
    "negative depth": (choice(depth_mm=-1), "chosen[0].depth_mm", DEPTH),
    "depth in micrometres": (choice(depth_mm=1500), "chosen[0].depth_mm", DEPTH),
    "beyond any depth": (choice(depth_mm=10.01), "chosen[0].depth_mm", DEPTH),
    "no passes": (choice(passes=0), "chosen[0].passes", PASSES),
    "too many passes": (choice(passes=31), "chosen[0].passes", PASSES),
    "half a pass": (choice(passes=1.5), "chosen[0].passes", "Send a whole number of passes."),
    "reason no text": (choice(reason=1), "chosen[0].reason", "Send a text."),
    "choice key": (choice(depth=1), "chosen[0]", "There is a key that is not known. Did you mean 'depth_mm'?"),
    "not planned": (
        choice(zone="chin"),
        "chosen[0].zone",
        "This zone is not planned. Name it under a concern first.",
    ),
    "half planned": (
        choice(zone="cheeks"),
        "chosen[0].zone",
        "This zone is not planned. Name it under a concern first.",
    ),
    "never chosen": (
        choice(zone="eyelid-left"),
        "chosen[0].zone",
        "'eyelid-left' is never treated. Take it out of the plan.",
    ),
    "chosen nowhere": (
        choice(zone="cheek-lft"),
        "chosen[0].zone",
        "There is no such zone. Did you mean 'cheek-left'?",
    ),
    "chosen twice": (
        {"chosen": choice()["chosen"] * 2},
        "chosen",
        "A depth is chosen twice for one zone. Choose once.",
    ),
    "unknown gate": ({"gates": {"lesion": {}}}, "gates", "There is a key that is not known."),
    "gate key": (examined(who="B"), "gates.lesion-examined", "There is a key that is not known."),
    "nobody": (examined(by="  "), "gates.lesion-examined.by", "Write who looked at the spots."),
    "looked after": (
        examined(on="2026-12-02"),
        "gates.lesion-examined.on",
        "This is after the planned date. The spots are looked at before any plan.",
    ),
    "suspicious missing": (
        examined(suspicious=None),
        "gates.lesion-examined.suspicious",
        "This is missing. Send true or false.",
    ),
}


@pytest.mark.parametrize(("changed", "field", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_what_to_do(changed, field, sentence):
    with pytest.raises(InputError) as wrong:
        planning.read(PLAIN | changed)
    assert wrong.value.field == field
    assert wrong.value.sentence.startswith(sentence)


@pytest.mark.parametrize("key", ["device", "skin_type", "nation", "planned_date"])
def test_what_is_missing_is_named(key):
    with pytest.raises(InputError) as wrong:
        planning.read({name: value for name, value in PLAIN.items() if name != key})
    assert wrong.value.field == key
    assert wrong.value.sentence.startswith("This is missing.")


@pytest.mark.parametrize("depth_mm", [0.05, 10])
def test_the_ends_of_what_is_taken_for_a_depth_are_read(depth_mm):
    assert planning.read(PLAIN | choice(depth_mm=depth_mm)).chosen[0].depth_mm == depth_mm


@pytest.mark.parametrize("passes", [1, 30])
def test_the_ends_of_what_is_taken_for_passes_are_read(passes):
    assert planning.read(PLAIN | choice(passes=passes)).chosen[0].passes == passes
