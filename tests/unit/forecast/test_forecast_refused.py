"""`needlework forecast` with bad input: one line with file, field, unit and range; nothing is drawn."""

import pytest

from tests.expecting import BY_ZONE, CHEEKS, MEASURED, changed, dated, forecast


def zone(**changes):
    return changed(**(BY_ZONE | {"zones": [CHEEKS[0] | changes]}))


def measurement(**changes):
    return changed(measured=[{key: value for key, value in (MEASURED | changes).items() if value is not None}])


SESSIONS = "Send from 1 to 12 sessions: the model reaches no further."
APART = "Sessions stand at least 14 days apart: that is a rule of safety. Send whole days, from 14 to 1096 days."
DEPTH = "depth_mm: Send a number from 0.05 to 3.5 mm."
DENSITY = "punctures_per_cm2: Send a number from 10 to 10000 punctures per cm²."
CONCERNS = "Send one of: acne-scars, wrinkles, stretch-marks."
AFTER = "Send a day from 1 to 1096 days after the first session, 2026-12-01."
SCALES = "That is no scale of this concern. Send one of: share, goodman-baron, photo."
BAD = {
    "no sessions": (changed(sessions=0), f"sessions: {SESSIONS}"),
    "100 sessions": (changed(sessions=100), f"sessions: {SESSIONS}"),
    "sessions left out": (changed(sessions=None), f"sessions: {SESSIONS}"),
    "half a session": (changed(sessions=2.5), f"sessions: {SESSIONS}"),
    "an interval below the rules": (changed(interval_days=13), f"interval_days: {APART}"),
    "an interval left out": (changed(interval_days=None), f"interval_days: {APART}"),
    "an interval of a year": (
        changed(interval_days=366),
        "interval_days: A course lasts from 0 to 1096 days (three years), from the first session to the last. "
        "Send fewer sessions, or sessions nearer to each other.",
    ),
    "no dates": (dated(), f"dates: {SESSIONS}"),
    "sessions out of order": (
        dated("2026-12-01", "2027-02-01", "2027-01-01"),
        "dates[2]: This day is not after the one before. Send each day once, in order.",
    ),
    "dates a century apart": (dated("2026-12-01", "2126-12-01"), f"dates[1]: {APART}"),
    "a date that is none": (
        dated("2026-12-01", "2027-02-30"),
        "dates[1]: There is no such day. Send a date as YYYY-MM-DD.",
    ),
    "a date that cannot be read": (dated("soon"), "dates[0]: Send a date as YYYY-MM-DD."),
    "dates and sessions": (
        changed(dates=["2026-12-01"]),
        "sessions: Send either dates, or sessions, interval_days and first_on. Leave this out.",
    ),
    "a first day that cannot be read": (changed(first_on="1 Dec"), "first_on: Send a date as YYYY-MM-DD."),
    "a slip of the year": (
        changed(first_on="1890-12-01"),
        "first_on: Check the year: send one from 1900 to 2199.",
    ),
    "a negative depth": (changed(depth_mm=-1.5), DEPTH),
    "no depth": (changed(depth_mm=0), DEPTH),
    "a depth that no pen reaches": (changed(depth_mm=3.6), DEPTH),
    "a depth beyond the device": (
        changed(depth_mm=2.6, device="SkinPen"),
        "depth_mm: Send a number from 0.05 to 2.5 mm.",
    ),
    "true for a depth": (changed(depth_mm=True), DEPTH),
    "density 0": (changed(punctures_per_cm2=0), DENSITY),
    "density 1e9": (changed(punctures_per_cm2=1e9), DENSITY),
    "a text for a density": (changed(punctures_per_cm2="250"), DENSITY),
    "an unknown concern": (changed(concern="freckles"), f"concern: That is not known here. {CONCERNS}"),
    "a concern without numbers": (
        changed(concern="melasma"),
        f"concern: No numbers were read for it, so there is nothing to expect. {CONCERNS}",
    ),
    "radiofrequency": (
        changed(device="RF microneedling"),
        "device: The forecast is of needles without energy. Name a pen or a roller, or none.",
    ),
    "an unknown device": (changed(device="SkinPn"), "device: That is not known here. Did you mean 'SkinPen'?"),
    "an unknown key": (changed(depth=1.5), "There is a key that is not known. Did you mean 'depth_mm'?"),
    "an unknown key that is like none": (
        changed(passes=4),
        "There is a key that is not known. Known here: compare_with, concern, dates, depth_mm, device, first_on, "
        "interval_days, measured, punctures_per_cm2, sessions, zones.",
    ),
    "a measurement before treatment": (measurement(on="2026-11-30"), f"measured[0].on: {AFTER}"),
    "a measurement on the first day": (measurement(on="2026-12-01"), f"measured[0].on: {AFTER}"),
    "an error of zero": (
        measurement(sd=0),
        "measured[0].sd: Every measurement has an error. Send a number from 0.001 to 10 as a share of the score.",
    ),
    "a value beyond its scale": (
        measurement(value=1.1),
        "measured[0].value: Send a number from -1 to 1 as a share of the score.",
    ),
    "an unknown scale": (measurement(scale="ecca"), f"measured[0].scale: {SCALES}"),
    "a scale of another concern": (measurement(scale="lemperle"), f"measured[0].scale: {SCALES}"),
    "a zone where none is planned": (
        measurement(zone="cheek-left"),
        "measured[0]: There is a key that is not known. Known here: before, on, scale, sd, value.",
    ),
    "a course beside it below the rules": (
        changed(compare_with=[{"interval_days": 7}]),
        f"compare_with[0].interval_days: {APART}",
    ),
    "dates beside it below the rules": (
        changed(compare_with=[{"dates": ["2026-12-01", "2026-12-02"]}]),
        f"compare_with[0].dates[1]: {APART}",
    ),
    "a depth beside it beyond the limit": (changed(compare_with=[{"depth_mm": 4}]), f"compare_with[0].{DEPTH}"),
    "dates and sessions beside it": (
        changed(compare_with=[{"dates": ["2026-12-01"], "sessions": 1}]),
        "compare_with[0].sessions: Send either dates, or sessions and interval_days. Leave this out.",
    ),
    "more sessions beside dates of no one interval": (
        dated("2026-12-01", "2027-01-01", "2027-03-01") | {"compare_with": [{"sessions": 4}]},
        f"compare_with[0].interval_days: {APART}",
    ),
    "an unknown key beside it": (
        changed(compare_with=[{"first_on": "2026-12-01"}]),
        "compare_with[0]: There is a key that is not known. Known here: dates, depth_mm, interval_days, "
        "punctures_per_cm2, sessions.",
    ),
    "zones and a depth": (
        changed(zones=CHEEKS),
        "depth_mm: Every zone has its own. Leave this out, or leave zones out.",
    ),
    "no zones": (changed(**(BY_ZONE | {"zones": []})), "zones: Name at least one zone, or leave zones out."),
    "a zone twice": (
        changed(**(BY_ZONE | {"zones": [*CHEEKS, CHEEKS[0] | {"zone": "cheek-left"}]})),
        "zones[2].zone: This zone is there twice. Name it once.",
    ),
    "a zone that is never treated": (
        zone(zone="eyelid-left"),
        "zones[0].zone: 'eyelid-left' is never treated. Take it out of the plan.",
    ),
    "a depth of a zone": (zone(depth_mm=9), f"zones[0].{DEPTH}"),
    "an unknown key of a zone": (
        zone(passes=4),
        "zones[0]: There is a key that is not known. Known here: depth_mm, punctures_per_cm2, zone.",
    ),
    "a measurement that names no zone": (
        changed(**BY_ZONE, measured=[MEASURED]),
        "measured[0].zone: This is missing. Send one of: cheek-left, cheek-right, forehead.",
    ),
    "no number": ('{"depth_mm": NaN}', "NaN and Infinity are not JSON. Send a number."),
    "no object": ("[]", "Send an object: keys and values between braces."),
}


@pytest.mark.parametrize(("document", "sentence"), BAD.values(), ids=BAD)
def test_bad_input_takes_one_line_with_file_field_unit_and_range(capsys, tmp_path, document, sentence):
    assert forecast(tmp_path, document, "--plot", tmp_path / "course.svg") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"needlework: {tmp_path / 'course.json'}: {sentence}\n"
    assert [file.name for file in tmp_path.iterdir()] == ["course.json"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("link.svg", "--plot: {}: It is there already. Name a new file, as in course.svg."),
        (f"{'x' * 300}.svg", "{} cannot be written (File name too long). Name another file."),
    ],
)
def test_a_link_that_leads_nowhere_and_a_name_that_is_too_long_take_one_line(capsys, tmp_path, name, sentence):
    (tmp_path / "link.svg").symlink_to(tmp_path / "elsewhere.svg")
    assert forecast(tmp_path, changed(), "--plot", tmp_path / name) == 2
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"needlework: {sentence.format(tmp_path / name)}\n")
    assert not (tmp_path / "elsewhere.svg").exists()
