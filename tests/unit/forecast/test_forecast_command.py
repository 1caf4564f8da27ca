"""`needlework forecast`: the example runs, a person reads words and a table, bad input takes one line."""

import json

import pytest

from needlework.cli.forecast import work
from needlework.cli.forecasting.telling import told
from needlework.cli.main import main

COURSE = {
    "concern": "acne-scars",
    "sessions": 4,
    "interval_days": 28,
    "first_on": "2026-12-01",
    "depth_mm": 1.5,
    "punctures_per_cm2": 250,
}
MEASURED = {"on": "2027-03-30", "value": 0.3, "sd": 0.1, "scale": "share"}
BY_DATE = dict.fromkeys(("sessions", "interval_days", "first_on"))
CHEEKS = [
    {"zone": "cheeks", "depth_mm": 1.5, "punctures_per_cm2": 250},
    {"zone": "forehead", "depth_mm": 0.5, "punctures_per_cm2": 250},
]
BY_ZONE = dict.fromkeys(("depth_mm", "punctures_per_cm2")) | {"zones": CHEEKS}


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


def run(tmp_path, document, *arguments):
    file = tmp_path / "course.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return main(["forecast", str(file), *map(str, arguments)])


def changed(**changes):
    """Return the course with changes; None takes a key out."""
    return {key: value for key, value in (COURSE | changes).items() if value is not None}


def zone(**changes):
    return changed(**(BY_ZONE | {"zones": [CHEEKS[0] | changes]}))


def measurement(**changes):
    return changed(measured=[{key: value for key, value in (MEASURED | changes).items() if value is not None}])


def dated(*days):
    return changed(**BY_DATE, dates=list(days))


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
    assert run(tmp_path, document, "--plot", tmp_path / "course.svg") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"needlework: {tmp_path / 'course.json'}: {sentence}\n"
    assert [file.name for file in tmp_path.iterdir()] == ["course.json"]


def test_the_example_is_a_course(capsys, tmp_path):
    assert main(["forecast", "--example"]) == 0
    assert run(tmp_path, capsys.readouterr().out, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["place"][0]["scale"] == "goodman-baron"
    assert [len(one["course"]["dates"]) for one in found["alternatives"]] == [3, 4]


def test_a_person_reads_words_and_a_table_of_eight_dates(capsys, tmp_path):
    assert run(tmp_path, COURSE) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "What to expect for acne scars: 4 sessions from 1 December 2026 to 23 February 2027."
    assert lines[2] == "1.5 mm deep, 250 punctures per cm². Share of the acne scar score that has gone:"
    assert lines[4].split("  ")[0] == "by"
    dates = [line[:10] for line in lines if line[:4] in {"2026", "2027"}]
    assert dates == [
        "2026-12-22", "2027-02-09", "2027-03-30", "2027-05-18", "2027-07-06", "2027-08-24", "2027-10-12", "2027-11-30",
    ]  # fmt: skip
    begins = (
        "About",
        "First change: half of people",
        "Most of it: half of people",
        "Redness: gone within",
        "Why wait:",
    )
    assert all(any(line.startswith(begin) for line in lines) for begin in begins)
    assert any(line.startswith("One more session on 23 March 2027: likely to add ") for line in lines)
    assert "--json says why of each, with the publications." in lines
    assert any(line.startswith("Borrowed from laser, imaging and wounds: first change, ") for line in lines)
    assert "* The data show no gain from any spacing; the interval is a safety rule." in lines


def test_a_person_reads_what_was_measured_and_other_courses(capsys, tmp_path):
    others = [{"sessions": 3}, {"interval_days": 42}, {"depth_mm": 1}]
    run(tmp_path, changed(measured=[MEASURED], compare_with=others))
    said = capsys.readouterr().out
    assert "  9 in 10, as measured\n" in said
    assert "\nMeasured on 30 March 2027: 30%. " in said
    assert "\nInstead 3 sessions from 1 December 2026 to 26 January 2027: better with a probability of " in said
    assert "to 23 February 2027, 1 mm deep, 250 punctures per cm²: better" in said
    assert said.count("The data show no gain from any spacing; the interval is a safety rule.") == 2


def test_where_there_is_no_next_session_it_says_so(capsys, tmp_path):
    run(tmp_path, changed(sessions=12))
    assert "\nOne more session: the model reaches no further.\n" in capsys.readouterr().out


def test_redness_of_days_is_told_in_days():
    answer = work(COURSE)
    hours = answer["redness"]["gone_after_hours"]
    hours |= {"median": 47.9, "band_90": [1.0, 168.0]}
    assert "Redness: gone within 48 hours for half of people, and beyond 7 days for one in twenty;" in told(answer)


def test_sessions_of_one_interval_are_as_good_as_their_dates():
    dates = ["2026-12-01", "2026-12-29", "2027-01-26", "2027-02-23"]
    assert work(COURSE) == work(dated(*dates))


def test_one_session_needs_no_interval():
    found = work(changed(sessions=1, interval_days=None))
    assert found["course"]["dates"] == ["2026-12-01"]


def test_what_is_left_out_of_another_course_is_as_in_the_course():
    others = [{}, {"sessions": 2}, {"interval_days": 42}, {"dates": ["2027-01-01"]}, {"punctures_per_cm2": 100}]
    found = work(changed(compare_with=others))["alternatives"]
    assert [one["course"]["dates"][-1] for one in found] == [
        "2027-02-23", "2026-12-29", "2027-04-06", "2027-01-01", "2027-02-23",
    ]  # fmt: skip
    assert [one["course"]["punctures_per_cm2"] for one in found] == [250, 250, 250, 250, 100]
    assert found[0]["probability_better"] == 0.5


def test_zones_have_the_same_answers_each(capsys, tmp_path):
    document = changed(**BY_ZONE, measured=[MEASURED | {"zone": "forehead"}], compare_with=[{"sessions": 1}])
    found = work(document)
    assert list(found) == ["model", "concern", "share_of", "zones"]
    assert list(found["zones"]) == ["cheek-left", "cheek-right", "forehead"]
    cheek, _, forehead = found["zones"].values()
    assert cheek == work(changed(compare_with=[{"sessions": 1}]))
    assert (cheek["place"], len(forehead["place"])) == ([], 1)
    assert forehead["alternatives"][0]["course"]["depth_mm"] == 0.5
    assert run(tmp_path, document) == 0
    said = capsys.readouterr().out
    assert "\nThe left cheek: 1.5 mm deep" in said
    assert "\nThe forehead: 0.5 mm deep" in said
    assert said.count("It is no promise") == 1


@pytest.mark.parametrize("device", ["PRO Pen", None])
def test_a_device_without_a_published_limit_has_that_of_all_pens(device):
    assert work(changed(depth_mm=3.5, device=device))["course"]["depth_mm"] == 3.5


@pytest.mark.parametrize("name", ["course.svg", "course.PNG"])
def test_a_picture_is_drawn_beside_the_answer(capsys, tmp_path, name):
    assert run(tmp_path, COURSE, "--json", "--plot", tmp_path / name) == 0
    assert json.loads(capsys.readouterr().out)["concern"] == "acne-scars"
    assert (tmp_path / name).stat().st_size > 10_000


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("course.pdf", "A picture ends in .svg or .png. Name one, as in course.svg."),
        ("taken.svg", "It is there already. Name a new file, as in course.svg."),
        ("nowhere/course.svg", "There is no such folder. Name a new file, as in course.svg."),
    ],
)
def test_a_picture_goes_into_a_new_file(capsys, tmp_path, name, sentence):
    (tmp_path / "taken.svg").write_text("kept")
    assert run(tmp_path, COURSE, "--plot", tmp_path / name) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"needlework: --plot: {tmp_path / name}: {sentence}\n"
    assert (tmp_path / "taken.svg").read_text() == "kept"


def test_a_picture_that_cannot_be_written_takes_one_line(capsys, tmp_path, monkeypatch):
    def full(answer, file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("needlework.forecast.pictures.draw", full)
    assert run(tmp_path, COURSE, "--plot", tmp_path / "course.svg") == 2
    assert capsys.readouterr().err == (
        f"needlework: --plot: {tmp_path / 'course.svg'}: It cannot be written (No space left on device). "
        "Name another file.\n"
    )


def test_more_zones_than_a_picture_holds_take_one_line(capsys, tmp_path):
    groups = [
        {"zone": name, "depth_mm": 1, "punctures_per_cm2": 250}
        for name in ("cheeks", "forehead", "nose", "chin", "thighs")
    ]
    document = changed(**(BY_ZONE | {"zones": groups, "sessions": 1}))
    assert run(tmp_path, document, "--plot", tmp_path / "course.svg") == 2
    assert capsys.readouterr().err.startswith("needlework: --plot: One picture holds 1 to 6 zones")
