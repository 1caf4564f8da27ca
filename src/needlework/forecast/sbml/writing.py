"""A course written as SBML, by libSBML."""

from collections.abc import Iterable
from html import escape
from typing import Any

import libsbml

from needlework.forecast.concerns import CONCERNS
from needlework.forecast.data.entries import entry
from needlework.forecast.expecting.course import Course
from needlework.forecast.model import dose
from needlework.forecast.model.courses import YARDSTICK_DAYS
from needlework.forecast.model.kinetics import answer
from needlework.forecast.model.parameters import Parameter, Values, parameters
from needlework.forecast.sbml.equations import SEEN, SESSION, STATES, UNITS, USED

LEVEL, VERSION = 3, 2
SECONDS_PER_DAY = 86_400
DERMIS = "dermis"
"""The one compartment. States are of the skin that was treated, and have no volume."""
YARDSTICK = (
    f"Organised collagen {YARDSTICK_DAYS:g} days after one reference session. It follows from the parameters: where "
    "one of them is changed, simulate one session of strength 1 and put what is found here."
)
HONEST = (
    "A calibrated summary of published evidence on microneedling, not a person's future. One row of parameters has no "
    "bands, and the bands are wide: never show a curve of this document alone."
)


def document(course: Course, values: Values, *, of: str) -> str:
    """Return a course as SBML text, with values of one row; `of` says in a sentence what row that is."""
    made = libsbml.SBMLDocument(LEVEL, VERSION)
    model = made.createModel()
    _head(model, course, of)
    _units(model)
    _states(model)
    _parameters(model, course, values)
    _rules(model, CONCERNS[course.concern].share_of)
    _sessions(model, course.days[:, 0])
    return str(libsbml.writeSBMLToString(made))


def _head(model: Any, course: Course, of: str) -> None:
    model.setId("needlework_forecast")
    model.setName(f"Microneedling course of {len(course.dates)} for {course.concern}")
    model.setTimeUnits("day")
    for every in (model.setSubstanceUnits, model.setExtentUnits, model.setVolumeUnits):
        every("dimensionless")
    given = (
        f"{len(course.dates)} sessions from {course.dates[0]}, {course.depth_mm:g} mm deep, "
        f"{course.punctures_per_cm2:g} punctures per cm². Time is in days from the first session."
    )
    _note(model, [HONEST, given, of])


def _units(model: Any) -> None:
    _unit(model, "day", (libsbml.UNIT_KIND_SECOND, 1, 0, SECONDS_PER_DAY))
    _unit(model, "percent", (libsbml.UNIT_KIND_DIMENSIONLESS, 1, -2, 1))


def _unit(model: Any, key: str, what: tuple[int, int, int, int]) -> None:
    kind, exponent, scale, multiplier = what
    definition = model.createUnitDefinition()
    definition.setId(key)
    unit = definition.createUnit()
    unit.setKind(kind)
    unit.setExponent(exponent)
    unit.setScale(scale)
    unit.setMultiplier(multiplier)


def _states(model: Any) -> None:
    room = model.createCompartment()
    room.setId(DERMIS)
    room.setConstant(True)
    room.setSize(1)
    room.setSpatialDimensions(3)
    room.setUnits("dimensionless")
    for key, state in STATES.items():
        made = model.createSpecies()
        _named(made, key, state.name)
        made.setCompartment(DERMIS)
        made.setInitialAmount(0)
        made.setSubstanceUnits(state.unit)
        made.setHasOnlySubstanceUnits(True)
        made.setBoundaryCondition(False)
        made.setConstant(False)


def _parameters(model: Any, course: Course, values: Values) -> None:
    known = parameters()
    names = {name: name for name in USED} | {"most": CONCERNS[course.concern].most}
    for key, name in names.items():
        made = _parameter(model, key, known[name].what, UNITS.get(known[name].unit, "dimensionless"))
        made.setValue(values[name].item())
        _note(made, _sources(known[name]))
    yardstick = _parameter(model, "one_session", "one session's worth of organised collagen", "percent")
    yardstick.setValue(answer(values, "organisation").after(YARDSTICK_DAYS).item())
    _note(yardstick, [YARDSTICK])
    given = _parameter(model, "dose", "dose of a session, in reference doses", "dimensionless")
    given.setValue(float(dose.relative(course.depth_mm, course.punctures_per_cm2, dose.MEAN_REACHED)))
    _note(given, [f"Needles are taken to enter {dose.MEAN_REACHED:.0%} of their length."])
    _parameter(model, "strength", "signal of a session on rested skin", "dimensionless")
    _formula(model.createInitialAssignment(), "strength", "dose * (1 dimensionless + half_dose) / (dose + half_dose)")


def _sources(one: Parameter) -> list[str]:
    prior = f"{one.symbol}. Prior: {one.why}."
    return [prior, *(" ".join(filter(None, (entry(key).source, entry(key).url))) for key in one.entries)]


def _rules(model: Any, share_of: str) -> None:
    for key, state in STATES.items():
        _formula(model.createRateRule(), key, state.rate)
    for key, (name, formula) in SEEN.items():
        _parameter(model, key, name.format(share_of), "dimensionless").setConstant(False)
        _formula(model.createAssignmentRule(), key, formula)


def _sessions(model: Any, days: Iterable[float]) -> None:
    for number, day in enumerate(days, 1):
        event = model.createEvent()
        _named(event, f"session_{number}", f"session {number}")
        event.setUseValuesFromTriggerTime(True)
        trigger = event.createTrigger()
        trigger.setInitialValue(False)
        trigger.setPersistent(True)
        _math(trigger, f"time >= {day:g} day")
        for key, formula in SESSION.items():
            change = event.createEventAssignment()
            change.setVariable(key)
            _math(change, formula)


def _parameter(model: Any, key: str, name: str, unit: str) -> Any:
    made = model.createParameter()
    _named(made, key, name)
    made.setUnits(unit)
    made.setConstant(True)
    return made


def _formula(rule: Any, key: str, formula: str) -> None:
    (getattr(rule, "setSymbol", None) or rule.setVariable)(key)
    _math(rule, formula)


def _math(of: Any, formula: str) -> None:
    of.setMath(libsbml.parseL3Formula(formula))


def _named(of: Any, key: str, name: str) -> None:
    of.setId(key)
    of.setName(name)


def _note(of: Any, sentences: Iterable[str]) -> None:
    body = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    of.setNotes(f'<body xmlns="http://www.w3.org/1999/xhtml">{body}</body>')
