"""`needlework forecast`: the example runs, a person reads words and a table, a picture goes into a new file."""

import json

import pytest

from needlework.cli.forecast import work
from needlework.cli.forecasting.telling import told
from needlework.cli.main import main
from tests.expecting import BY_ZONE, COURSE, MEASURED, changed, dated, forecast


@pytest.fixture(autouse=True)
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")


def test_the_example_is_a_course(capsys, tmp_path):
    assert main(["forecast", "--example"]) == 0
    assert forecast(tmp_path, capsys.readouterr().out, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["place"][0]["scale"] == "goodman-baron"
    assert [len(one["course"]["dates"]) for one in found["alternatives"]] == [3, 4]


def test_a_person_reads_words_and_a_table_of_eight_dates(capsys, tmp_path):
    assert forecast(tmp_path, COURSE) == 0
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
        "First change: half of people by ",
        "Most of it: half of people",
        "Redness: gone within",
        "Why wait:",
    )
    assert all(any(line.startswith(begin) for line in lines) for begin in begins)
    assert any(line.startswith("One more session on 23 March 2027: likely to add ") for line in lines)
    assert "--json says why of each, with the publications." in lines
    assert any("people swollen. The few studies differ tenfold, so the longest times " in line for line in lines)
    assert any(line.startswith("For a person read “9 in 10 people”.") for line in lines)
    assert "Borrowed, not measured in microneedling: first change, most of it, why wait." in lines
    assert "* The data show no gain from any spacing; the interval is a safety rule." in lines


def test_a_person_reads_what_was_measured_and_other_courses(capsys, tmp_path):
    others = [{"sessions": 3}, {"interval_days": 42}, {"depth_mm": 1}]
    forecast(tmp_path, changed(measured=[MEASURED], compare_with=others))
    said = capsys.readouterr().out
    assert "  9 in 10, as measured\n" in said
    assert "\nMeasured on 30 March 2027: 30% gone. " in said
    assert "\nInstead 3 sessions from 1 December 2026 to 26 January 2027: better with a probability of " in said
    assert "to 23 February 2027, 1 mm deep, 250 punctures per cm²: better" in said
    assert said.count("The data show no gain from any spacing; the interval is a safety rule.") == 2


@pytest.mark.parametrize("changes", [{}, {"measured": [MEASURED]}])
def test_a_narrow_terminal_shows_what_a_person_needs_and_breaks_no_date(capsys, tmp_path, monkeypatch, changes):
    monkeypatch.setenv("COLUMNS", "40")
    forecast(tmp_path, changed(**changes))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert sum(line[:10] == "2027-03-30" for line in lines) == 1
    assert "9 in 10" in next(line for line in lines if line.startswith("by "))
    assert "A terminal of 80 columns shows half of" in lines


@pytest.mark.parametrize("changes", [{}, {"measured": [MEASURED]}])
def test_a_usual_terminal_shows_all_and_breaks_no_date(capsys, tmp_path, monkeypatch, changes):
    monkeypatch.setenv("COLUMNS", "80")
    forecast(tmp_path, changed(**changes))
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line[:10] == "2027-03-30" for line in lines) == 1
    assert "population" in next(line for line in lines if line.startswith("by "))


def test_where_there_is_no_next_session_it_says_so(capsys, tmp_path):
    forecast(tmp_path, changed(sessions=12))
    said = capsys.readouterr().out
    assert "\nOne more session: the model reaches no further.\n" in said
    assert "next session" not in said


def test_a_change_that_few_notice_is_told_by_how_many():
    answer = work(changed(depth_mm=0.25, punctures_per_cm2=20))
    assert "First change: half of people not in the time shown; in all the time shown " in told(answer)


def test_redness_of_days_is_told_in_days():
    answer = work(COURSE)
    hours = answer["redness"]["gone_after_hours"]
    hours |= {"median": 47.9, "band_90": [1.0, 168.0]}
    assert "Redness: gone within 48 hours for half of people, and beyond 7 days for one in twenty;" in told(answer)


@pytest.mark.parametrize("hours", [0.0, 0.3, 1.4])
def test_redness_of_minutes_is_told_as_an_hour(hours):
    answer = work(COURSE)
    answer["redness"]["gone_after_hours"]["median"] = hours
    assert "Redness: gone within 1 hour for half of people" in told(answer)


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


def test_the_interval_of_one_session_is_that_of_more_beside_it():
    found = work(changed(sessions=1, compare_with=[{"sessions": 2}]))["alternatives"]
    assert [one["course"]["dates"] for one in found] == [["2026-12-01", "2026-12-29"]]


def test_zones_have_the_same_answers_each(capsys, tmp_path):
    document = changed(**BY_ZONE, measured=[MEASURED | {"zone": "forehead"}], compare_with=[{"sessions": 1}])
    found = work(document)
    assert list(found) == ["model", "concern", "share_of", "zones"]
    assert list(found["zones"]) == ["cheek-left", "cheek-right", "forehead"]
    cheek, _, forehead = found["zones"].values()
    assert cheek == work(changed(compare_with=[{"sessions": 1}]))
    assert (cheek["place"], len(forehead["place"])) == ([], 1)
    assert forehead["alternatives"][0]["course"]["depth_mm"] == 0.5
    assert forecast(tmp_path, document) == 0
    said = capsys.readouterr().out
    assert "\nThe left cheek: 1.5 mm deep" in said
    assert "\nThe right cheek: as the left cheek.\n" in said
    assert "\nThe forehead: 0.5 mm deep" in said
    assert "the place of what was measured, the column as measured." in said
    assert said.count("It is no promise") == 1


@pytest.mark.parametrize("device", ["PRO Pen", None])
def test_a_device_without_a_published_limit_has_that_of_all_pens(device):
    assert work(changed(depth_mm=3.5, device=device))["course"]["depth_mm"] == 3.5


@pytest.mark.parametrize("name", ["course.svg", "course.PNG"])
def test_a_picture_is_drawn_beside_the_answer(capsys, tmp_path, name):
    assert forecast(tmp_path, COURSE, "--json", "--plot", tmp_path / name) == 0
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
    assert forecast(tmp_path, COURSE, "--plot", tmp_path / name) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == f"needlework: --plot: {tmp_path / name}: {sentence}\n"
    assert (tmp_path / "taken.svg").read_text() == "kept"


def test_a_picture_that_cannot_be_written_takes_one_line(capsys, tmp_path, monkeypatch):
    def full(file, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("needlework.cli.documents.write_new", full)
    assert forecast(tmp_path, COURSE, "--plot", tmp_path / "course.svg") == 2
    assert capsys.readouterr().err == (
        f"needlework: {tmp_path / 'course.svg'} cannot be written (No space left on device). Name another file.\n"
    )


def test_more_zones_than_a_picture_holds_take_one_line(capsys, tmp_path):
    groups = [
        {"zone": name, "depth_mm": 0.5 + 0.1 * place, "punctures_per_cm2": 250}
        for place, name in enumerate(("cheeks", "forehead", "nose", "chin", "thighs", "upper-lip", "neck"))
    ]
    document = changed(**(BY_ZONE | {"zones": groups, "sessions": 1}))
    assert forecast(tmp_path, document, "--plot", tmp_path / "course.svg") == 2
    assert capsys.readouterr().err.startswith("needlework: --plot: One picture holds 1 to 6 zones that differ")
