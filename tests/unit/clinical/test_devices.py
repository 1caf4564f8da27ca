"""Devices: each limit is the figure of the fact that it names."""

import pytest

from needlework.clinical.devices import Device, devices
from needlework.evidence.errors import DataError

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
