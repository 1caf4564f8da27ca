"""A clinic's layer never makes a depth, a cream or a report come out milder, and a raised sign never reassures."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical import devices, numbing, planning, rule_set
from needlework.clinical.overrides import read
from needlework.clinical.signs import load, signs, tiers
from needlework.clinical.terms import Tier
from needlework.clinical.triage import Report, triage
from needlework.evidence.errors import DataError

BY = {"by": "A", "role": "lead", "reason": "b", "on": "2026-11-22", "review_by": "2027-11-22"}
DEPTHS = st.sampled_from([0.25, 0.5, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0])
LIMITS = st.floats(0.1, 5)
IDS = tuple(signs())
quick = settings(deadline=None, max_examples=60)


def layer(*changes):
    """Return the rules under those of the changes that are allowed together."""
    kept = []
    for change in changes:
        try:
            with_it = read({"override": [*kept, change | BY]})
            rule_set.with_overrides(rule_set.current(), with_it)
        except DataError:
            continue
        kept.append(change | BY)
    return rule_set.with_overrides(rule_set.current(), read({"override": kept}))


@cache
def proposal(device, depth_mm):
    chosen = [{"zone": "cheek-left", "depth_mm": depth_mm}]
    document = {
        "concerns": [{"concern": "acne-scars", "zones": ["cheek-left"]}],
        "device": device,
        "skin_type": "III",
        "nation": "England",
        "planned_date": "2026-12-01",
    }
    return planning.read(document | {"chosen": chosen})


@quick
@given(st.sampled_from(sorted(devices.devices())), DEPTHS, LIMITS, LIMITS)
def test_a_depth_never_stands_better_under_a_clinics_limits(device, depth_mm, label, hardware):
    changed = ({"file": "devices.toml", "id": device, "key": "label_limit_mm", "value": label},
               {"file": "devices.toml", "id": device, "key": "hardware_limit_mm", "value": hardware})  # fmt: skip
    found = layer(*changed)
    known = devices.load(found.documents["devices.toml"], found.overrides)
    before = planning.plan(proposal(device, depth_mm)).zones[0].judged
    after = planning.plan(proposal(device, depth_mm), devices=known).zones[0].judged
    assert after.standing.rank >= before.standing.rank
    assert set(after.needs) >= set(before.needs) or after.standing is planning.Standing.REFUSED


@quick
@given(
    st.sampled_from(["max_mass_g", "max_area_cm2", "least_minutes", "most_minutes"]),
    st.floats(1, 400),
    st.floats(1, 100),
    st.floats(1, 700),
    st.integers(1, 400),
)
def test_a_cream_never_stands_better_under_a_clinics_limits(key, value, mass_g, area_cm2, minutes):
    document = {
        "product": "EMLA",
        "mass_g": mass_g,
        "area_cm2": area_cm2,
        "on": "2026-12-01T00:00:00+00:00",
        "off": f"2026-12-01T{minutes // 60:02}:{minutes % 60:02}:00+00:00",
    }
    found = layer({"file": "numbing.toml", "id": "EMLA", "key": key, "value": value})
    try:
        products = numbing.load(found.documents["numbing.toml"], found.overrides)
    except DataError:  # no time would do
        return
    applied = numbing.read(document)
    before, after = numbing.check(applied), numbing.check(applied, products=products)
    for one, other in zip(before.checks, after.checks, strict=True):
        assert other.standing.rank >= one.standing.rank
    assert after.remove_by <= before.remove_by
    assert after.ready_from >= before.ready_from


@quick
@given(
    st.lists(st.sampled_from(IDS), min_size=1, max_size=3, unique=True),
    st.sampled_from(list(Tier)),
    st.integers(1, 400),
    st.integers(0, 500),
)
def test_a_report_never_weighs_less_under_a_clinics_signs_and_a_raised_one_never_reassures(ids, tier, until, hours):
    changes = [{"file": "signs.toml", "id": one, "key": "tier", "value": tier.value} for one in ids]
    changes += [{"file": "signs.toml", "id": ids[0], "key": "expected_until_hours", "value": until}]
    found = layer(*changes)
    known = load(found.documents["signs.toml"], found.overrides)
    report = Report(hours, "patient", tuple(ids))
    before, after = triage(report), triage(report, signs=known)
    assert after.tier.rank >= before.tier.rank
    assert set(after.notify) >= set(before.notify)
    tiers_before = {one.sign.id: one.tier.rank for one in before.signs}
    for one in after.signs:
        own = signs()[one.sign.id]
        assert one.tier.rank >= tiers_before[one.sign.id]
        if one.tier.rank > own.tier.rank:
            assert own.patient_text not in one.patient_text
        if known[own.id].tier.rank > own.tier.rank:
            assert known[own.id].patient_text == tiers()[known[own.id].tier].patient_text
