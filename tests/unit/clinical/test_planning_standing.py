"""How a choice is judged: to the published rows, to the device, to any pen, and to the gates that close its zone."""

import pytest

from needlework.clinical.devices import Device, devices
from needlework.clinical.planning import plans
from needlework.clinical.planning import rows as rows_of
from needlework.clinical.planning.gates import Gate
from needlework.clinical.planning.proposal import Choice
from needlework.clinical.planning.rows import rows
from needlework.clinical.planning.standing import judge
from tests.unit.clinical.test_overrides import made

ROWS = {row.id: row for row in rows()}
ANYTHING = Device("Anything")
BOTH = ("consumer-chin", "lotfi")  # 0.5 to 1.0 mm, and 1.5 mm


def judged(depth_mm, *names, device=ANYTHING, reason=None):
    return judge(Choice("chin", depth_mm, None, reason), [ROWS[name] for name in names], device)


@pytest.mark.parametrize(
    ("depth_mm", "notes"),
    [
        (0.49, ("Less deep than anything published here for this zone.",)),
        (0.5, ()),
        (1.0, ()),
        (1.01, ("Between the published ranges: none of them holds this depth.",)),
        (1.49, ("Between the published ranges: none of them holds this depth.",)),
        (1.5, ()),
        (1.51, ()),
    ],
)
def test_below_and_between_the_published_is_noted(depth_mm, notes):
    device = Device("Limited", hardware_limit_mm=5.0, hardware_fact="DEV-005")
    assert judged(depth_mm, *BOTH, device=device).notes == notes


def test_every_reason_is_told_worst_first():
    found = judged(2.6, *BOTH, device=devices()["SkinPen"])
    assert found.because == (
        "Deeper than this device can be set (2.5 mm). Choose less.",
        "Deeper than the label of this device was evaluated to (1.5 mm).",
        "Deeper than anything published here for this zone (1.5 mm).",
    )
    assert judged(1.0, device=devices()["SkinPen"]).because == ("No depth was read for this zone and these concerns.",)


def test_radiofrequency_is_held_to_no_pen():
    found = plans.device_json(devices()["RF microneedling"])
    assert found["notes"][1:] == [
        "Nobody published how deep this device can be set: the depth cannot be checked against it."
    ]
    assert found["sources"] == []
    assert judged(10.0, device=devices()["RF microneedling"]).standing.value == "no-source"


def test_deeper_than_any_pen_is_refused_where_nobody_published_a_limit():
    assert rows_of.pens().facts[0].id == "DEV-026"
    assert rows_of.pens().deepest_mm == rows_of.pens().facts[0].range[1] == 3.5
    assert (judged(3.5, *BOTH).standing.value, judged(3.5, *BOTH).needs) == ("above-published", ("reason",))
    assert judged(3.51, *BOTH).standing.value == "refused"
    assert judged(3.51, *BOTH).needs == ()
    assert judged(3.51, *BOTH).because == (
        "Deeper than any pen that was read can be set (3.5 mm), and nobody published how deep this device can be. "
        "Choose less.",
        "Deeper than anything published here for this zone (1.5 mm).",
    )
    known = Device("Known", hardware_limit_mm=5.0, hardware_fact="DEV-005")
    assert judged(3.51, *BOTH, device=known).standing.value == "above-published"


def test_a_clinic_s_own_limit_is_no_published_one():
    mine = made(file="devices.toml", id="PRO Pen", key="hardware_limit_mm", value=5.0)
    device = Device("PRO Pen", hardware_limit_mm=5.0, set_by_clinic=(mine,))
    assert judged(3.5, *BOTH, device=device).standing.value == "above-published"
    assert judged(3.51, *BOTH, device=device).standing.value == "refused"


def test_a_closed_zone_is_refused_and_names_its_gates():
    shut = [Gate("first", False, "Do this.", ()), Gate("second", False, "Do that.", ())]
    found = judge(Choice("chin", 2.6, None, None), [ROWS["lotfi"]], devices()["SkinPen"], shut)
    assert (found.standing.value, found.needs) == ("refused", ("first", "second"))
    assert found.because[:3] == (
        "first is not met. Do this.",
        "second is not met. Do that.",
        "Deeper than this device can be set (2.5 mm). Choose less.",
    )


def test_within_an_unknown_limit_is_said_to_be_unchecked():
    assert judged(0.5, *BOTH).notes == (
        "Nobody published how deep this device can be set: the depth cannot be checked against it.",
    )
    assert judged(0.5, *BOTH).needs == ("reason",)
    assert judged(0.5, *BOTH, reason="Scale").needs == ()
