"""`needlework measure`: bad input takes one line and changes nothing; an answer is one document or a few lines."""

import json
import re
from dataclasses import replace

import pytest

from needlework.cli.comparisons import recovered, told
from needlework.cli.main import main
from needlework.cli.tables import USUAL_WIDTH
from needlework.imaging.change.verdicts import AMONG_MANY, KIND, WITHIN, Change
from needlework.imaging.comparison import WITHHELD, Comparison
from needlework.imaging.skin import checking
from needlework.imaging.skin.checking import CASES, Answer
from tests.astronaut import photograph
from tests.compared import comparison, doubtful
from tests.made_files import jpeg, raw_png

BOMB = raw_png(30_000, 30_000, 8, 2, b"\0")


@pytest.fixture
def folder(tmp_path):
    for name in ("b1", "b2", "a1"):
        (tmp_path / f"{name}.jpg").write_bytes(jpeg(comment=name.encode()))
    (tmp_path / "twin.jpg").write_bytes((tmp_path / "b1.jpg").read_bytes())
    (tmp_path / "bomb.png").write_bytes(BOMB)
    (tmp_path / "cut.jpg").write_bytes(jpeg()[:300])
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / "old.html").write_text("kept")
    (tmp_path / "points.json").write_text('{"c1.jpg": {}}')
    (tmp_path / "visits" / "jo" / "may").mkdir(parents=True)
    return tmp_path


PAIR = "--before b1.jpg b2.jpg --after a1.jpg"
WRONG = {
    "nothing asked": ("", "Name --before and --after, or --visits, or --self-check"),
    "two ways at once": (f"{PAIR} --visits visits", "one of the three"),
    "one side alone": ("--before b1.jpg", "Name the photographs of both visits"),
    "no photograph": ("--before --after a1.jpg", "Argument --before: expected at least one argument"),
    "a file that is not there": ("--before b1.jpg --after none.jpg", "none.jpg: It cannot be read (No such file"),
    "a folder for a photograph": ("--before visits --after a1.jpg", "visits: It cannot be read (Is a directory)"),
    "a text": ("--before b1.jpg --after notes.txt", "notes.txt: It is no photograph of a kind that is known"),
    "half a photograph": ("--before b1.jpg --after cut.jpg", "cut.jpg: It is damaged or ends too early"),
    "a bomb": ("--before bomb.png --after a1.jpg", "bomb.png: It has more than 65 megapixels"),
    "the same file as two shots": ("--before b1.jpg twin.jpg --after a1.jpg", "twin.jpg is the same file as b1.jpg"),
    "an unknown zone": (f"{PAIR} --zones forhead", "--zones: 'forhead': There is no such zone."),
    "no zone at all": (f"{PAIR} --zones ,", "--zones: No zone is named. Name one, or leave --zones out"),
    "a zone that is never treated": (f"{PAIR} --zones nose,lips", "--zones: 'lips' is never treated"),
    "a control that is no zone": (f"{PAIR} --control sofa", "control: There is no such zone"),
    "a control of several zones": (f"{PAIR} --control cheeks", "'cheeks' stands for 2 zones"),
    "a report over a file": (f"{PAIR} --report old.html", "--report: old.html: It is there already"),
    "a report over a folder": (f"{PAIR} --report visits", "--report: visits: It is there already"),
    "a report to standard output": (f"{PAIR} --report -", "--report: The page is written to a file. Name a new one"),
    "a report into nowhere": (f"{PAIR} --report no/r.html", "--report: no/r.html: There is no such folder"),
    "points for another file": (f"{PAIR} --points points.json", "points.json: c1.jpg: This is none of the photographs"),
    "points that are no JSON": (
        f"{PAIR} --points notes.txt",
        "notes.txt: This is not JSON (line 1). Mend it, or begin with {",
    ),
    "points of many visits": ("--visits visits --points points.json", "--points goes with --before and --after"),
    "a report of many visits": ("--visits visits --report r.html", "--report goes with --before and --after"),
    "workers for a pair": (f"{PAIR} --workers 2", "--workers goes with --visits. Leave it out"),
    "a control of visits that is no zone": ("--visits visits --control sofa", "control: There is no such zone"),
    "a control of visits alone": ("--visits visits --zones nose --control nose", "control: No other zone is asked for"),
    "zones of the self-check": ("--self-check --zones nose", "--zones goes with --before and --after or --visits"),
    "half a worker": ("--visits visits --workers 0.5", "Argument --workers: at least one worker is needed"),
    "no worker": ("--visits visits --workers 0", "Argument --workers: at least one worker is needed"),
    "visits without dates": ("--visits visits", "visits/jo/may: A visit's folder is named by its date"),
    "visits in no folder": ("--visits nowhere", "nowhere: It cannot be read (No such file or directory)"),
}


@pytest.mark.parametrize(("words", "said"), WRONG.values(), ids=WRONG)
def test_wrong_input_takes_one_line_and_changes_nothing(words, said, folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert main(["measure", *words.split(), "--json"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("needlework: ")
    assert shown.err.count("\n") == 1
    assert said in shown.err
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.fixture(scope="module")
def portraits(tmp_path_factory):
    place = tmp_path_factory.mktemp("portraits")
    return [str(photograph(place / f"{number}.jpg", number)) for number in range(2)]


def test_two_visits_are_measured_and_the_report_is_written(portraits, tmp_path, capsys):
    one, other = portraits
    report = tmp_path / "changed.html"
    words = ["--before", one, "--after", other, "--zones", "nose,chin", "--control", "forehead"]
    assert main(["measure", *words, "--report", str(report), "--json"]) == 0
    shown = capsys.readouterr()
    found = json.loads(shown.out)
    assert shown.err == ""
    assert found["comparable"] is True
    assert list(found["zones"]) == ["nose", "chin", "forehead"]
    assert set(found) >= {"reasons", "algorithm", "scale_mm_per_px", "colour_reference", "registration"}
    texture = found["zones"]["nose"]["texture"]
    assert set(texture) >= {"change_percent", "interval", "smallest_detectable_change", "verdict", "direction"}
    assert re.search("No change (we can detect|beyond chance), in", report.read_text("utf-8"))
    assert "1 photograph: 0.jpg" in report.read_text("utf-8")


def test_photographs_that_cannot_be_compared_are_an_answer(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    assert main(["measure", *PAIR.split()]) == 0
    said = capsys.readouterr().out
    assert said.startswith("These photographs cannot be compared.\nb1.jpg: Photograph one person alone")
    assert "Zone" not in said


def test_a_report_that_cannot_be_written_takes_one_line(folder, monkeypatch, capsys):
    monkeypatch.chdir(folder)
    name = f"{'x' * 300}.html"
    monkeypatch.setattr("pathlib.Path.exists", lambda _: False)
    assert main(["measure", *PAIR.split(), "--report", name]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "It cannot be written (File name too long). Name another file." in shown.err


def test_a_terminal_shows_what_changed_first_and_then_one_line_for_every_zone():
    said = told(comparison())
    first, changed, unmeasured, spots, table, legend, facts = said.split("\n\n")
    assert first.endswith("measurements changed by more than photographs differ on their own.")
    assert changed.startswith("What changed beyond chance:\n")
    assert re.search(r"^  Left cheek, texture: 65% smoother \(\d+ to \d+%\)$", changed, re.MULTILINE)
    assert "Redness and tone: forehead." in unmeasured
    assert spots.startswith("Spots that one visit alone shows: left cheek ")
    assert max(map(len, spots.splitlines())) <= USUAL_WIDTH
    assert table.splitlines()[0].split()[:4] == ["Zone", "wrinkles", "texture", "scars"]
    below = table[table.index("\n---") + 1 :].splitlines()[1:]
    assert [line.split("  ")[0] for line in below] == ["left cheek", "right cheek", "chin", "nose", "forehead"]
    assert "-65" in table
    assert "?" in legend
    assert "withheld" not in legend
    assert facts.startswith("Scale: ")


def test_a_doubtful_comparison_names_the_control_zone():
    said = told(doubtful())
    assert said.startswith("These photographs cannot tell whether the skin changed.\nThe control zone changed too")
    assert "The control zone:\n  Forehead (control zone), texture: 6" in said
    assert "(+7)" not in said


def test_what_is_measured_but_not_beyond_doubt_stands_in_brackets():
    found = comparison()
    said = told(replace(found, changes=smoother(but_chance)))
    assert re.search(r"^left cheek +\(-65\)", said, re.MULTILINE)
    assert "(+7) is beyond its own error" in said
    assert said.startswith("No change beyond chance, in 1 measurement; 1 stands out, which may be chance.\n")


def test_what_is_withheld_shows_no_number_and_says_nothing_of_chance():
    said = told(replace(comparison(), reasons=("Doubtful.",), changes=smoother(lambda one: one.held_back(WITHHELD))))
    assert re.search(r"^left cheek +withheld$", said, re.MULTILINE)
    assert "withheld: these photographs cannot answer for it" in said
    assert "may be chance" not in said


def test_the_legend_says_what_no_change_means():
    still = Change(KIND["texture"], "not-distinguishable", 0.5, (-5.7, 6.7), 6.2, None, WITHIN)
    said = " ".join(told(replace(comparison(), changes={("nose", "texture"): still})).split())
    assert "< 6: no change was found; one smaller than 6 would not have been seen." in said


def smoother(but):
    key = ("cheek-left", "texture")
    return {key: but(comparison().changes[key])}


def but_chance(change):
    return replace(change, verdict="not-distinguishable", reason=AMONG_MANY)


def test_nothing_is_shown_of_what_is_not_there():
    assert told(Comparison(False, ("Other views.",))) == "These photographs cannot be compared.\nOther views."


def change(value, reason=None):
    spread = None if value is None else (value - 2, value + 2)
    return Change(KIND["texture"], "not-measurable" if reason else "changed", value, spread, 2.0, reason=reason)


def test_the_self_check_shows_the_truth_beside_what_was_measured(monkeypatch, capsys):
    answers = {case.name: change(-20.4) for case in CASES} | {CASES[0].name: change(None, "Too little.")}
    monkeypatch.setattr(checking, "checked", lambda case: Answer(case, answers[case.name]))
    assert main(["measure", "--self-check"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split("  ")[0] == "Rendered skin"
    assert [lines[2].split("  ")[0], lines[2].split("  ")[-1].strip()] == [CASES[0].name, "Too little."]
    told = [re.split(r"\s{2,}", line)[3:] for line in lines[3:5]]
    assert told == [["-22.4 to -18.4", "no"], ["-22.4 to -18.4", "yes"]]
    assert main(["measure", "--self-check", "--json"]) == 0
    assert [row["case"] for row in json.loads(capsys.readouterr().out)["self_check"]] == [case.name for case in CASES]


def test_no_case_is_an_empty_table():
    assert recovered([]).startswith("Rendered skin  True  Measured  95 % interval  Holds it")
