"""What may be said about a cream that was applied, and the sentence for each thing that is wrong."""

from datetime import datetime

import pytest

from needlework.clinical import numbing
from needlework.clinical.numbing import creams
from needlework.evidence.errors import InputError

PLAIN = {
    "product": "EMLA",
    "mass_g": 30,
    "area_cm2": 200,
    "on": "2026-12-01T10:00:00+00:00",
    "off": "2026-12-01T11:15:00+00:00",
}
OWN = {
    "label": " House cream ",
    "source": " leaflet ",
    "dose_g_per_10_cm2": [1, 1.5],
    "max_mass_g": 20,
    "max_area_cm2": 200,
    "least_minutes": 30,
    "most_minutes": 60,
}


def test_everything_that_may_be_said_is_read():
    read = numbing.read(
        PLAIN
        | {
            "product": "House cream",
            "own": OWN,
            "zones": ["cheeks"],
            "also": [{"product": "LMX4", "mass_g": 5, "area_cm2": 30}],
            "patient": {"answers": {"pregnant": {"date": "2026-11-01", "zones": ["lips"], "unsure": True}}},
        }
    )
    assert read.amount.product.name == read.amount.product.label == "House cream"
    assert read.amount.product.limits == creams.Limits((1.0, 1.5), 20, 200, 30, 60)
    assert (read.amount.mass_g, read.amount.area_cm2) == (30, 200)
    assert read.amount.on == datetime.fromisoformat(PLAIN["on"])
    assert read.amount.until == datetime.fromisoformat(PLAIN["off"])
    assert (read.amount.minutes, read.still_on) == (75, False)
    assert (read.also[0].on, read.also[0].until) == (read.amount.on, read.amount.until)
    assert read.amounts == (read.amount, *read.also)
    assert read.zones == ("cheek-left", "cheek-right")
    assert [(one.product.name, one.mass_g, one.area_cm2) for one in read.also] == [("LMX4", 5, 30)]
    assert read.answers == {"pregnant"}


def test_what_may_be_left_out_is_nothing_then():
    read = numbing.read(PLAIN)
    assert (read.zones, read.also, read.answers) == ((), (), frozenset())
    assert numbing.read(PLAIN | {"patient": {}}).answers == frozenset()


def own(**changed):
    return {"product": "House cream", "own": OWN | changed}


def answered(**answers):
    return {"patient": {"answers": answers}}


def also(**changed):
    return {"also": [{"product": "LMX4", "mass_g": 1, "area_cm2": 10} | changed]}


MASS = "Send a number from 0.1 to 500 g."
AREA = "Send a number from 0.5 to 20000 cm2."
RATE = "Send two numbers from 0.1 to 10 g per 10 cm2, the lower first."
MINUTES = "Send a number from 1 to 720 minutes."
EMPTY = "This is empty. Write where the limits come from, and for what."
WRONG = {
    "milligrams": ({"mass_mg": 30000}, "", "There is a key that is not known. Did you mean 'mass_g'?"),
    "milligrams as grams": ({"mass_g": 30000}, "mass_g", MASS),
    "nothing": ({"mass_g": 0}, "mass_g", MASS),
    "just too little": ({"mass_g": 0.09}, "mass_g", MASS),
    "just too much": ({"mass_g": 500.1}, "mass_g", MASS),
    "no mass": ({"mass_g": None}, "mass_g", "This is missing. " + MASS),
    "no area": ({"area_cm2": 0}, "area_cm2", AREA),
    "just too small": ({"area_cm2": 0.49}, "area_cm2", AREA),
    "square millimetres": ({"area_cm2": 20001}, "area_cm2", AREA),
    "unknown product": ({"product": "EMLO"}, "product", "That is not known here. Did you mean 'EMLA'?"),
    "no product": ({"product": None}, "product", "This is missing. Send one of: EMLA, LMX4, Pliaglis, Lidiam."),
    "no offset": (
        {"on": "2026-12-01T10:00:00"},
        "on",
        "Send a moment with its offset, as 2026-12-01T10:48:00+00:00.",
    ),
    "no end": (
        {"off": None},
        "off",
        "This is missing. Send the moment it came off, or `at` while it is still on.",
    ),
    "two ends": ({"at": PLAIN["off"]}, "at", "Send either `off`, or `at` while the cream is still on, not both."),
    "off before on": (
        {"off": "2026-12-01T09:59:59+00:00"},
        "off",
        "This is before the cream went on. Send a later moment.",
    ),
    "at before on": (
        {"off": None, "at": "2026-12-01T09:59:59+00:00"},
        "at",
        "This is before the cream went on. Send a later moment.",
    ),
    "eyelid": ({"zones": ["eyelids"]}, "zones", "'eyelid-left' is never treated. Take it out of the plan."),
    "also unknown": (
        {"also": [{"product": "LMX", "mass_g": 1, "area_cm2": 1}]},
        "also[0].product",
        "That is not known here. Did you mean 'LMX4'?",
    ),
    "also key": (
        {"also": [{"product": "LMX4", "mass_g": 1, "area_cm2": 1, "minutes": 5}]},
        "also[0]",
        "There is a key that is not known.",
    ),
    "also off before the main on": (
        also(off="2026-12-01T09:59:59+00:00"),
        "also[0].off",
        "This product came off before it went on. Send its own `on` and `off`.",
    ),
    "also on after the main off": (
        also(on="2026-12-01T11:15:01+00:00"),
        "also[0].on",
        "This product came off before it went on. Send its own `on` and `off`.",
    ),
    "also off ahead": (
        {"off": None, "at": PLAIN["off"]} | also(off="2026-12-01T11:15:01+00:00"),
        "also[0].off",
        "This is after the moment asked about. Leave it out while the cream is still on.",
    ),
    "own as EMLA": (
        {"own": OWN | {"label": "EMLA"}},
        "own.label",
        "This product has an entry here already. Give your own another name.",
    ),
    "own label": (own(label=" "), "own.label", EMPTY),
    "own source": (own(source=" "), "own.source", EMPTY),
    "own key": (own(max_mass_mg=1), "own", "There is a key that is not known. Did you mean 'max_mass_g'?"),
    "own mass": (own(max_mass_g=501), "own.max_mass_g", MASS),
    "own area": (own(max_area_cm2=None), "own.max_area_cm2", "This is missing. " + AREA),
    "own hours": (own(least_minutes=0.5), "own.least_minutes", MINUTES),
    "own seconds": (own(most_minutes=721), "own.most_minutes", MINUTES),
    "own times": (
        own(least_minutes=60.5),
        "own.most_minutes",
        "This is shorter than the least. Send the longer time here.",
    ),
    "own rate missing": (own(dose_g_per_10_cm2=None), "own.dose_g_per_10_cm2", RATE),
    "own rate number": (own(dose_g_per_10_cm2=1.5), "own.dose_g_per_10_cm2", RATE),
    "own rate of one": (own(dose_g_per_10_cm2=[1]), "own.dose_g_per_10_cm2", RATE),
    "own rate of three": (own(dose_g_per_10_cm2=[1, 2, 3]), "own.dose_g_per_10_cm2", RATE),
    "own rate turned": (own(dose_g_per_10_cm2=[2, 1]), "own.dose_g_per_10_cm2", RATE),
    "own rate texts": (own(dose_g_per_10_cm2=["1", "2"]), "own.dose_g_per_10_cm2", RATE),
    "own rate truth": (own(dose_g_per_10_cm2=[True, 2]), "own.dose_g_per_10_cm2", RATE),
    "own rate low": (own(dose_g_per_10_cm2=[0.09, 2]), "own.dose_g_per_10_cm2", RATE),
    "own rate high": (own(dose_g_per_10_cm2=[1, 10.1]), "own.dose_g_per_10_cm2", RATE),
    "answer key": (
        answered(anaesthetic_alergy={}),
        "patient.answers",
        "There is a key that is no question. Did you mean 'anaesthetic_allergy'?",
    ),
    "answer key far": (
        answered(zzz={}),
        "patient.answers",
        "There is a key that is no question. Send ids of screening rules.",
    ),
    "answer kind": (
        answered(pregnant=True),
        "patient.answers.pregnant",
        "Send an object: keys and values between braces.",
    ),
    "answer inside": (answered(pregnant={"when": 1}), "patient.answers.pregnant", "There is a key that is not known."),
    "answer zone": (
        answered(open_wound={"zones": ["chn"]}),
        "patient.answers.open_wound.zones[0]",
        "There is no such zone. Did you mean 'chin'?",
    ),
    "patient key": ({"patient": {"age": 1}}, "patient", "There is a key that is not known."),
}


@pytest.mark.parametrize(("changed", "field", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_what_to_do(changed, field, sentence):
    with pytest.raises(InputError) as wrong:
        numbing.read(PLAIN | changed)
    assert wrong.value.field == field
    assert wrong.value.sentence.startswith(sentence)


def test_a_question_that_is_never_asked_is_refused_and_not_repeated():
    with pytest.raises(InputError) as wrong:
        numbing.read(PLAIN | answered(bbv_do_not_ask={}))
    assert wrong.value.field == "patient.answers"
    assert "bbv" not in str(wrong.value)


ENDS = {
    "mass": {"mass_g": 0.1},
    "most mass": {"mass_g": 500},
    "area": {"area_cm2": 0.5},
    "most area": {"area_cm2": 20000},
    "at once": {"off": PLAIN["on"]},
    "also at once": also(on=PLAIN["off"]),
    "also off at the moment": {"off": None, "at": PLAIN["off"]} | also(off=PLAIN["off"]),
    "also off after the main": also(off="2026-12-01T11:15:01+00:00"),
    "own rates": own(dose_g_per_10_cm2=[0.1, 10]),
    "own equal rates": own(dose_g_per_10_cm2=[1, 1]),
    "own times": own(least_minutes=1, most_minutes=1),
    "own long times": own(least_minutes=720, most_minutes=720),
    "own amounts": own(max_mass_g=500, max_area_cm2=20000),
}


@pytest.mark.parametrize("changed", ENDS.values(), ids=ENDS)
def test_the_ends_of_what_is_taken_at_all_are_read(changed):
    assert numbing.read(PLAIN | changed).amount.mass_g > 0
