"""Whatever is planned: nothing beyond a limit, and no choice stands better for being deeper."""

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical import planning
from needlework.clinical.devices import devices
from needlework.clinical.planning import Standing
from needlework.clinical.terms import CONCERNS, SKIN_TYPES
from needlework.evidence.nations import NATIONS
from needlework.evidence.zones import zones

LOOSE = settings(deadline=None, max_examples=80)
DEPTHS = st.integers(min_value=1, max_value=200).map(lambda twentieths: twentieths / 20)
TREATED = st.sampled_from(zones().treatable)


@st.composite
def documents(draw):
    concerns = draw(st.lists(st.sampled_from(CONCERNS), min_size=1, max_size=3, unique=True))
    wanted = [{"concern": one, "zones": draw(st.lists(TREATED, min_size=1, max_size=4))} for one in concerns]
    planned = sorted({zone for one in wanted for zone in one["zones"]})
    chosen = draw(st.lists(st.sampled_from(planned), unique=True))
    return {
        "concerns": wanted,
        "device": draw(st.sampled_from(sorted(devices()))),
        "skin_type": draw(st.sampled_from(SKIN_TYPES)),
        "nation": draw(st.sampled_from(NATIONS)),
        "planned_date": "2026-12-01",
        "chosen": [{"zone": zone, "depth_mm": draw(DEPTHS)} for zone in chosen],
    }


def planned(document):
    return planning.as_json(planning.plan(planning.read(document)))


@LOOSE
@given(documents())
def test_nothing_is_ever_offered_beyond_the_hardware_limit(document):
    limit_mm = devices()[document["device"]].hardware_limit_mm
    for zone in planned(document)["zones"]:
        for entry in zone["published"]:
            least, most = entry["range_mm"] or (0, 0)
            assert least <= most
            assert limit_mm is None or most <= limit_mm
            assert entry["sources"]


@LOOSE
@given(documents())
def test_a_choice_beyond_a_limit_never_passes_without_a_word(document):
    device = devices()[document["device"]]
    for zone in planned(document)["zones"]:
        chosen = zone["chosen"]
        if chosen is None:
            continue
        pens = 10.0 if device.radiofrequency else 3.5
        limit_mm = pens if device.hardware_limit_mm is None else device.hardware_limit_mm
        looked_at = set(zone["concerns"]).isdisjoint({"age-spots", "uneven-tone"})
        refused = chosen["depth_mm"] > limit_mm or not looked_at
        assert (chosen["standing"] == "refused") == refused
        if not refused and (chosen["standing"] != "within" or device.hardware_limit_mm is None):
            assert chosen["needs"] == ["reason"]
        assert chosen["because"]


@LOOSE
@given(documents(), DEPTHS, DEPTHS)
def test_deeper_never_stands_better(document, one, other):
    zone = document["concerns"][0]["zones"][0]

    def standing(depth_mm):
        found = planned(document | {"chosen": [{"zone": zone, "depth_mm": depth_mm}]})["zones"]
        return Standing(next(each["chosen"]["standing"] for each in found if each["zone"] == zone)).rank

    assert standing(min(one, other)) <= standing(max(one, other))


@LOOSE
@given(documents(), DEPTHS)
def test_what_is_published_depends_on_no_choice(document, depth_mm):
    zone = document["concerns"][0]["zones"][0]
    free = planned(document | {"chosen": []})["zones"]
    bound = planned(document | {"chosen": [{"zone": zone, "depth_mm": depth_mm}]})["zones"]
    assert [one | {"chosen": None} for one in bound] == free
