"""A course as SBML: libSBML finds nothing wrong with it, and libRoadRunner gets what the closed form gets."""

from datetime import date, timedelta

import libsbml
import numpy as np
import pytest
import roadrunner

from needlework.forecast import sbml
from needlework.forecast.concerns import CONCERNS
from needlework.forecast.expecting.course import Course
from needlework.forecast.model import courses, dose, kinetics, parameters
from needlework.forecast.model.gains import gains

DAYS = (0, 28, 56, 91)
OUTPUTS = [0.0, 0.5, 3.0, 7.0, 20.0, 28.0, 28.5, 60.0, 91.0, 100.0, 180.0, 365.0]
LEVELS = ["organised", "treated", "scored"]
CLOSEST = 1e-6
"""Of the largest value of each state: what the two may differ by."""
TOLERANCE = {"absolute_tolerance": 1e-12, "relative_tolerance": 1e-10}


def course(concern="acne-scars", depth_mm=1.5, punctures_per_cm2=1000.0, days=DAYS):
    first = date(2026, 12, 1)
    return Course(concern, tuple(first + timedelta(day) for day in days), depth_mm, punctures_per_cm2)


def row(seed=2, equal=()):
    """Return one row of values from the priors, with some times made equal."""
    values = parameters.values(parameters.from_prior(1, np.random.default_rng(seed)))
    for name in equal:
        values[name][:] = 9.0
    if equal:
        values["pace"][:] = 1.0
    return values


def document(asked=None, values=None):
    return sbml.document(asked or course(), values or row(), of="Made up & <drawn>.")


def read(text):
    return libsbml.readSBMLFromString(text)


def simulated(text, names):
    """Return what libRoadRunner gets for some names at OUTPUTS: {name: (T,)}."""
    runner = roadrunner.RoadRunner(text)
    for name, value in TOLERANCE.items():
        setattr(runner.integrator, name, value)
    return dict(zip(names, np.array(runner.simulate(times=OUTPUTS, selections=names)).T, strict=True))


def told(asked, values):
    """Return the same from the model: {name: (T,)}."""
    strength = dose.relative(asked.depth_mm, asked.punctures_per_cm2, dose.MEAN_REACHED)
    doses, outputs = np.full_like(asked.days, strength), np.array(OUTPUTS)[:, None]
    signals = gains(values, asked.days, doses)
    found = {
        state: courses.states(kinetics.answer(values, state), signals, asked.days, outputs) for state in kinetics.STATES
    }
    found["organised"] = courses.organised(values, asked.days, doses, outputs)
    found["treated"] = courses.seen(values, CONCERNS[asked.concern].most, asked.days, doses, outputs)
    found["scored"] = courses.scored(values, found["treated"])
    return {name: one[:, 0] for name, one in found.items()}


def apart(asked, values):
    """Return how far the two are from each other, as a share of each largest value: {name: distance}."""
    expected = told(asked, values)
    found = simulated(document(asked, values), [*kinetics.STATES, *LEVELS])
    return {name: np.abs(found[name] - one).max() / one.max() for name, one in expected.items()}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("asked", [course(name) for name in CONCERNS], ids=CONCERNS)
def test_another_simulator_gets_the_same_numbers(asked, seed):
    distances = apart(asked, row(seed))
    assert {name: one for name, one in distances.items() if not one < CLOSEST} == {}


EQUAL = [f"{name}_days" for name in ("acute", "macrophage", "recruitment", "synthesis")]
SLOW = ["collagen_3_days", "collagen_1_days", "organising_days"]


@pytest.mark.parametrize("equal", [EQUAL[:2], EQUAL, EQUAL + SLOW], ids=["two", "the chain", "all seven"])
def test_another_simulator_gets_the_same_numbers_where_rates_are_equal(equal):
    assert max(apart(course(), row(equal=equal)).values()) < CLOSEST


@pytest.mark.parametrize("asked", [course(days=(0,)), course(depth_mm=0.3), course(punctures_per_cm2=10.0)])
def test_one_session_and_weak_sessions_are_the_same_too(asked):
    """A session below a reference dose makes skin less refractory: the other branch of what a session does."""
    assert max(apart(asked, row()).values()) < CLOSEST


def test_refractory_skin_loses_a_part_of_each_later_signal():
    values = row()
    values["refractory_share"][:], values["refractory_days"][:], values["half_dose"][:] = 0.5, 1e9, 1.0
    text = document(course(), values)
    found = simulated(text, ["refractory", "strength"])
    assert found["strength"][0] > 1
    assert found["refractory"][[0, 4, 5, 7, 8]] == pytest.approx([0.5, 0.5, 0.75, 0.875, 0.9375], rel=1e-6)


@pytest.mark.parametrize("name", CONCERNS)
def test_the_consistency_check_finds_nothing_units_included(name):
    made = read(document(course(name)))
    made.checkConsistency()
    assert [made.getError(number).getMessage() for number in range(made.getNumErrors())] == []


def test_the_consistency_check_looks_at_units():
    broken = read(document().replace('unitDefinition id="day"', 'unitDefinition id="days"'))
    assert broken.checkConsistency() > 0


def test_it_is_level_3_version_2_and_reads_back_as_it_was_written():
    text = document()
    made = read(text)
    assert (made.getLevel(), made.getVersion()) == (3, 2)
    assert libsbml.writeSBMLToString(made) == text


def test_the_same_course_is_written_in_the_same_bytes():
    assert document() == document()


def test_every_quantity_has_a_unit_and_a_name():
    model = read(document()).getModel()
    assert [one.getId() for one in model.getListOfParameters() if not (one.getUnits() and one.getName())] == []
    assert [one.getId() for one in model.getListOfSpecies() if not (one.getSubstanceUnits() and one.getName())] == []
    assert {one.getId() for one in model.getListOfSpecies()} == {*kinetics.STATES, "refractory"}


def test_parameters_stand_with_their_value_unit_and_sources():
    values = row()
    model = read(document(values=values)).getModel()
    for key, name in {**{name: name for name in sbml.USED}, "most": "most_acne_scars"}.items():
        known, made = parameters.parameters()[name], model.getParameter(key)
        assert made.getValue() == pytest.approx(values[name][0], rel=1e-14)
        assert made.getName() == known.what
        assert made.getUnits() == {"d": "day", "% of baseline collagen": "percent"}.get(known.unit, "dimensionless")
        assert known.why in made.getNotesString()
    assert "rat wounds" in model.getParameter("share_3").getNotesString()
    assert "https://" in model.getParameter("share_3").getNotesString()


def test_each_session_is_an_event_on_its_day():
    model = read(document()).getModel()
    days = [libsbml.formulaToL3String(one.getTrigger().getMath()) for one in model.getListOfEvents()]
    assert days == [f"time >= {day} day" for day in DAYS]
    assert not model.getEvent(0).getTrigger().getInitialValue()


def test_the_notes_say_what_it_is_and_is_not():
    notes = read(document()).getModel().getNotesString()
    assert "not a person&apos;s future" in notes
    assert "4 sessions from 2026-12-01, 1.5 mm deep, 1000 punctures per cm²" in notes
    assert "Made up &amp; &lt;drawn&gt;." in notes
