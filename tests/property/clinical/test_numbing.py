"""Whatever is applied: more cream, more skin or more time never stands better, and nothing beyond a limit is within."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical import numbing

LOOSE = settings(deadline=None, max_examples=100)
ON = datetime.fromisoformat("2026-12-01T10:00:00+00:00")
CHECKED = st.sampled_from(["EMLA", "LMX4"])
MASSES = st.integers(min_value=1, max_value=5000).map(lambda tenths: tenths / 10)
AREAS = st.integers(min_value=1, max_value=2000)
MINUTES = st.integers(min_value=0, max_value=600)


def standings(product, mass_g, area_cm2, minutes, **rest):
    off = (ON + timedelta(minutes=minutes)).isoformat()
    document = {"product": product, "mass_g": mass_g, "area_cm2": area_cm2, "on": ON.isoformat(), "off": off}
    checked = numbing.check(numbing.read(document | rest))
    return {one.check: one.standing for one in checked.checks if one.product == product}, checked


@LOOSE
@given(CHECKED, MASSES, AREAS, MINUTES)
def test_nothing_beyond_a_limit_is_within(product, mass_g, area_cm2, minutes):
    found, checked = standings(product, mass_g, area_cm2, minutes)
    limits = numbing.products()[product].limits
    assert (found["mass"] == "over") == (mass_g > limits.max_mass_g)
    assert (found["area"] == "over") == (area_cm2 > limits.max_area_cm2)
    assert (found["time"] == "over") == (minutes > limits.most_minutes)
    assert (found["time"] == "too-short") == (minutes < limits.least_minutes)
    assert checked.standing.rank == max(one.rank for one in found.values())


@LOOSE
@given(CHECKED, MASSES, MASSES, AREAS)
def test_more_cream_never_goes_from_over_to_within(product, one, other, area_cm2):
    less, _ = standings(product, min(one, other), area_cm2, 60)
    more, _ = standings(product, max(one, other), area_cm2, 60)
    order = ["under", "within", "over"]
    for check in ("mass", "area", "dose-per-area"):
        assert order.index(less[check]) <= order.index(more[check])


@LOOSE
@given(CHECKED, MASSES, AREAS, MASSES, AREAS, CHECKED)
def test_a_second_product_never_makes_the_first_stand_better(product, mass_g, area_cm2, more_g, more_cm2, second):
    alone, _ = standings(product, mass_g, area_cm2, 60)
    also = [{"product": second, "mass_g": more_g, "area_cm2": more_cm2}]
    _, both = standings(product, mass_g, area_cm2, 60, also=also)
    assert both.standing.rank >= max(one.rank for one in alone.values())


@LOOSE
@given(CHECKED, MINUTES, st.integers(min_value=-14, max_value=14))
def test_the_offset_of_a_moment_changes_nothing(product, minutes, hours):
    off = ON + timedelta(minutes=minutes)
    moved = (off + timedelta(hours=hours)).replace(tzinfo=None).isoformat() + f"{hours:+03d}:00"
    plain, _ = standings(product, 30, 200, minutes)
    other, checked = standings(product, 30, 200, minutes, off=moved)
    assert plain == other
    assert checked.remove_by - ON == timedelta(hours=5)
