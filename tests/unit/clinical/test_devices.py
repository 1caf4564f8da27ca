"""Devices: each limit is the figure of the fact that it names."""

import pytest

from needlework.clinical.devices import Device, devices, load
from needlework.evidence.errors import DataError
from tests.unit.clinical.test_overrides import made

LIMITS = {
    "SkinPen": (1.5, 2.5),
    "SkinPen (older manual)": (1.5, 2.5),
    "Dermapen 4": (None, 3.0),
    "Dermapen (2012)": (None, 2.5),
    "Exceed": (None, 1.5),
    "Exceed Unlimited": (None, 1.5),
    "Rejuvapen NXT": (None, 2.5),
    "SkinStylus SteriLock": (None, 2.5),
    "PRO Pen": (None, None),
    "Dr.pen": (None, None),
    "Dermaroller": (None, 1.5),
    "RF microneedling": (None, None),
}


def test_each_device_has_its_limits():
    assert {name: (one.label_limit_mm, one.hardware_limit_mm) for name, one in devices().items()} == LIMITS


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_stands_in_the_statement_of_its_fact(name):
    device = devices()[name]
    limits = [limit for limit in LIMITS[name] if limit is not None]
    assert len(device.facts) == len(limits)
    for limit, fact in zip(limits, device.facts, strict=True):
        assert f"{limit:.1f}" in fact.statement


def test_one_hardware_limit_alone_is_from_memory():
    with_limit = [one for one in devices().values() if one.hardware_limit_mm is not None]
    assert [one.name for one in with_limit if not one.hardware_verified] == ["Dermapen 4"]
    assert devices()["PRO Pen"].hardware_verified is False


def test_one_device_alone_heats():
    assert [one.name for one in devices().values() if one.radiofrequency] == ["RF microneedling"]


def test_an_unknown_fact_behind_a_limit_is_refused():
    with pytest.raises(DataError) as refused:
        _ = Device("Mine", hardware_limit_mm=1.0, hardware_fact="DEV-999").facts
    assert (refused.value.file, refused.value.key) == ("devices.toml", "Mine")


ENTRY = {
    "label_limit_mm": 1,
    "label_fact": "DEV-007",
    "hardware_limit_mm": 2.5,
    "hardware_fact": "DEV-005",
    "radiofrequency": True,
}


def test_a_device_keeps_every_key():
    whole = Device("Mine", 1, "DEV-007", 2.5, "DEV-005", radiofrequency=True)
    assert load({"Mine": ENTRY, "Bare": {}}) == {"Mine": whole, "Bare": Device("Bare")}


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"label_limit": 1}, "There is no key 'label_limit'. Did you mean 'label_limit_mm'?"),
        ({"label_limit_mm": "1"}, "label_limit_mm is not what it must be. Write a number, without quotation marks."),
        ({"hardware_limit_mm": True}, "hardware_limit_mm is not what it must be. Write a number, without quotation "
         "marks."),
        ({"label_fact": ""}, "label_fact is not what it must be. Write a text between quotation marks, not an empty "
         "one."),
        ({"hardware_fact": 7}, "hardware_fact is not what it must be. Write a text between quotation marks, not an "
         "empty one."),
        ({"radiofrequency": "yes"}, "radiofrequency is not what it must be. Write true or false, without quotation "
         "marks."),
    ],
    ids=["unknown", "label", "hardware", "label fact", "hardware fact", "radiofrequency"],
)  # fmt: skip
def test_an_entry_that_is_no_device_is_refused(changed, sentence):
    with pytest.raises(DataError) as refused:
        load({"Mine": ENTRY | changed})
    assert str(refused.value) == f"devices.toml: Mine: {sentence}"


def test_a_device_knows_what_a_clinic_changed_in_it():
    label = made(file="devices.toml", id="Mine", key="label_limit_mm", value=1)
    hardware = made(file="devices.toml", id="Bare", key="hardware_limit_mm", value=1)
    found = load({"Mine": ENTRY, "Bare": {"hardware_limit_mm": 1}}, (label, hardware, made()))
    mine, bare = found["Mine"], found["Bare"]
    assert (mine.set_by_clinic, bare.set_by_clinic) == ((label,), (hardware,))
    assert (mine.is_clinics("label_limit_mm"), mine.is_clinics("hardware_limit_mm")) == (True, False)
    assert (mine.hardware_published, bare.hardware_published) == (True, False)


@pytest.mark.parametrize("name", LIMITS)
def test_every_shipped_hardware_limit_was_published(name):
    assert devices()[name].hardware_published is (LIMITS[name][1] is not None)


def test_a_published_hardware_limit_that_a_clinic_lowers_was_still_published():
    lower = made(file="devices.toml", id="Mine", key="hardware_limit_mm", value=2)
    assert load({"Mine": ENTRY}, (lower,))["Mine"].hardware_published is True
