"""Triage: nothing that is added lowers anything, and order means nothing."""

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.clinical import safety_net
from needlework.clinical.signs import signs
from needlework.clinical.terms import Tier
from needlework.clinical.triage import Report, triage

IDS = tuple(signs())
HOURS = st.floats(0, 20000)
TEMPERATURES = st.none() | st.floats(30, 45)
TEXTS = st.sampled_from(["", "  ", "It itches"])
REPORTS = st.builds(
    Report,
    hours_since=HOURS,
    reported_by=st.sampled_from(["patient", "practitioner"]),
    signs=st.lists(st.sampled_from(IDS), max_size=6, unique=True).map(tuple),
    temperature_c=TEMPERATURES,
    free_text=TEXTS,
)
quick = settings(deadline=None, max_examples=100)


def changed(report, **more):
    old = {name: getattr(report, name) for name in Report.__slots__}
    return Report(**old | more)


def never_lowers(before, after):
    """Prove that the second report comes to no less than the first: in all, in who is told, and for each sign."""
    first, second = triage(before), triage(after)
    assert second.tier.rank >= first.tier.rank
    assert set(second.notify) >= set(first.notify)
    assert second.read_free_text >= first.read_free_text
    tiers = {one.sign.id: one.tier.rank for one in second.signs}
    assert all(tiers[one.sign.id] >= one.tier.rank for one in first.signs)
    assert set(second.combinations) >= set(first.combinations)


@quick
@given(REPORTS, st.sampled_from(IDS))
def test_adding_a_sign_never_lowers_anything(report, sign):
    never_lowers(report, changed(report, signs=(*report.signs, sign)))


@quick
@given(REPORTS, st.text())
def test_adding_text_never_lowers_anything(report, text):
    never_lowers(changed(report, free_text=""), changed(report, free_text=text))


@quick
@given(REPORTS, st.floats(30, 45))
def test_adding_a_temperature_never_lowers_anything(report, temperature):
    never_lowers(changed(report, temperature_c=None), changed(report, temperature_c=temperature))


@quick
@given(REPORTS, st.floats(30, 45), st.floats(30, 45))
def test_a_higher_temperature_never_lowers_anything(report, one, other):
    low, high = sorted((one, other))
    never_lowers(changed(report, temperature_c=low), changed(report, temperature_c=high))


@quick
@given(REPORTS, HOURS, HOURS)
def test_a_later_hour_never_lowers_anything(report, one, other):
    early, late = sorted((one, other))
    never_lowers(changed(report, hours_since=early), changed(report, hours_since=late))


@quick
@given(REPORTS, st.randoms(use_true_random=False))
def test_the_order_of_signs_means_nothing(report, random):
    mixed = list(report.signs)
    random.shuffle(mixed)
    assert triage(changed(report, signs=tuple(mixed))) == triage(report)


@quick
@given(REPORTS)
def test_every_answer_is_its_worst_with_the_whole_net(report):
    found = triage(report)
    read = Tier.PRACTITIONER_REVIEW if found.read_free_text else Tier.EXPECTED
    assert found.tier.rank == max([read.rank, *(one.tier.rank for one in found.signs)])
    assert found.safety_net == safety_net.lines()
    assert {one.sign.id for one in found.signs} >= set(report.signs)
    assert bool(found.notify) == (found.tier is not Tier.EXPECTED)


@quick
@given(REPORTS)
def test_every_reported_sign_has_its_words_and_a_source(report):
    for one in triage(report).signs:
        assert one.because
        assert one.patient_text
        assert one.sources
        assert one.tier.rank >= one.sign.tier.rank
