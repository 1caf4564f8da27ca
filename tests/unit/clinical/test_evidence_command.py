"""`needlework evidence`: what it prints for people and for machines, and what it refuses."""

import json
import subprocess
import sys

import pytest

from needlework.cli import evidence
from needlework.cli.main import main
from needlework.clinical import catalogue, doubts


@pytest.fixture
def asked(capsys, monkeypatch):
    """Return a function that runs the command and returns its exit code, answer and complaint."""
    monkeypatch.setenv("COLUMNS", "100")

    def run(*words):
        code = main(["evidence", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return run


def document(printed):
    code, out, err = printed
    assert (code, err) == (0, "")
    return json.loads(out)


def refused(printed):
    code, out, err = printed
    assert (code, out, err.count("\n")) == (2, "", 1)
    return err.removeprefix("needlework: ").rstrip()


def test_a_fact_is_shown_to_a_machine(asked):
    answer = document(asked("show", "DEV-007", "--json"))
    assert list(answer) == [
        "id",
        "kind",
        "statement",
        "value",
        "unit",
        "range",
        "verified",
        "primary_read",
        "sources",
        "conflicts",
        "used_by",
        "review_by",
    ]
    assert answer == catalogue.as_json(catalogue.entry("DEV-007"))


def test_an_open_end_is_null_to_a_machine(asked):
    assert document(asked("show", "PLN-001", "--json"))["range"] == [6, None]


def shown(asked, id):  # noqa: A002
    code, out, err = asked("show", id)
    assert (code, err) == (0, "")
    return out


def test_a_fact_is_shown_to_a_person(asked):
    assert shown(asked, "DEV-007").startswith(
        "DEV-007 (fact)\n\n"
        "SkinPen label warning: safety and effectiveness of depth settings above 1.5 mm have not been\n"
        "evaluated.\n\n"
        "Value: 1.5 mm\n"
        "Range: 0 to 1.5 mm\n"
        "Verified: read in a second-hand source\n"
        "Review by: 2027-11-22\n\n"
        "Source: SkinPen Precision contraindications and precautions, as reproduced on a clinic consent form\n"
        "(The Elite Clinic) (IFU (reproduced by clinic page))\n"
        "  https://www.theeliteclinic.com/copy-of-alumier-peel\n\n"
        "Conflict (DEV-007, END-001, TRI-001, TRI-013, TRI-016): "
    )


@pytest.mark.parametrize(
    ("id", "line"),
    [
        ("DEV-009", "Value: 1e-06 SAL"),
        ("DEV-001", "Value: DEN160029 id"),
        ("PLN-001", "Range: 6 and more weeks"),
        ("PLN-010", "Range: 30 days (interval)"),
        ("PLN-010", "Value: 3 sessions"),
        ("ACN-002", "Verified: read in the primary source"),
        ("MEM-007", "Verified: from memory, never checked: not for patients"),
        ("MEM-007", "Source: memory (unverified) (memory)"),
        ("keloid_family", "Verified: unverified"),
        ("keloid_family", "keloid_family (rule, suitable_with_adjustments)"),
        ("redness", "redness (sign, expected)"),
        ("scotland-age", "scotland-age (law)"),
        (
            "HEA-001",
            "  Here: No instruction is shortened on the strength of the shortest figures: where sources disagree",
        ),
    ],
)
def test_a_line_that_is_shown(asked, id, line):  # noqa: A002
    assert line in shown(asked, id).splitlines()


def test_a_rule_is_shown_with_its_action_and_disagreement(asked):
    out = shown(asked, "isotretinoin_recent")
    assert "Book on or after the date 6 calendar months from the last dose." in out
    assert "\nConflict: Clinics: 3 months to 1 year." in out


def test_who_leans_on_it_is_shown_in_a_table(asked):
    assert "devices.toml  SkinPen\n" in shown(asked, "DEV-007")


def test_what_nothing_leans_on_says_so(asked):
    unused = next(one for one in catalogue.entries() if not catalogue.used_by(one))
    assert shown(asked, unused).endswith("\n\nNo rule names it.\n")


def test_what_has_no_value_shows_none(asked):
    assert "Value:" not in shown(asked, "redness")
    assert "Range:" not in shown(asked, "redness")


def test_an_unknown_id_is_refused(asked):
    assert refused(asked("show", "DEV-0070")) == (
        "id: There is no such fact, rule or sign. Did you mean DEV-007, DEV-037, DEV-030?"
    )


def test_a_search_answers_a_machine(asked):
    answer = document(asked("search", "isotretinon", "wait", "--json"))
    assert answer["query"] == "isotretinon wait"
    assert list(answer["results"][0]) == ["id", "score", "statement"]
    assert len(answer["results"]) == 10
    first = answer["results"][0]
    assert first["statement"] == catalogue.entry(first["id"]).statement
    assert 0 < first["score"] < 1


def test_an_exact_id_comes_first(asked):
    first = document(asked("search", "mem-007", "--json"))["results"][0]
    assert (first["id"], first["score"]) == ("MEM-007", 1.0)


def test_a_search_answers_a_person_and_marks_what_is_from_memory(asked):
    code, out, _ = asked("search", "MEM-007")
    assert code == 0
    assert out.splitlines()[0].split() == ["Id", "Score", "Statement"]
    assert out.splitlines()[2].startswith("MEM-007  1.00   Dermapen 4: 16-needle cartridge")
    assert "(from memory, never checked: not for patients)" in " ".join(out.split())


def test_a_search_that_finds_nothing_says_so(asked):
    assert asked("search", "zzzzqq") == (0, "Nothing was found. Try other words.\n", "")
    assert document(asked("search", "zzzzqq", "--json")) == {"query": "zzzzqq", "results": []}


def test_an_empty_search_is_refused(asked):
    assert refused(asked("search", "")) == "query: There is nothing to look for. Give one word or more."


def test_a_review_answers_a_machine(asked):
    assert document(asked("review", "--json")) == doubts.as_json(None)


def test_a_review_on_a_day_lists_what_is_due(asked):
    answer = document(asked("review", "--on", "2027-02-22", "--json"))
    assert answer["on"] == "2027-02-22"
    assert "due since 2027-02-22" in next(one for one in answer["doubts"] if one["id"] == "england-age")["reasons"]
    assert all(day["review_by"] > "2027-02-22" for day in answer["due"])


def test_a_review_answers_a_person(asked):
    code, out, err = asked("review")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].split() == ["Id", "Kind", "What", "Why"]
    due = out.partition("\n\n")[2].splitlines()
    assert due[0].split() == ["Due", "Entries"]
    first, *_ = doubts.falling_due().items()
    assert due[2].split() == [str(first[0]), str(len(first[1]))]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("tomorrow", "on: Send a date as YYYY-MM-DD."),
        ("2027-02-30", "on: There is no such day. Send a date as YYYY-MM-DD."),
    ],
    ids=["no date", "no such day"],
)
def test_a_review_on_no_day_is_refused(asked, day, sentence):
    assert refused(asked("review", "--on", day)) == sentence


@pytest.mark.parametrize("words", [[], ["find"], ["show"], ["search"]], ids=["nothing", "unknown", "no id", "no words"])
def test_what_is_missing_is_refused_in_one_line(asked, words):
    assert refused(asked(*words)).endswith("--help`.")


def test_the_example_runs():
    words = evidence.EXAMPLE.split()
    assert words[0] == "needlework"
    code = f"from needlework.cli.main import main; raise SystemExit(main({words[1:]}))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("DEV-007 (fact)")
