"""`needlework forecast cohort`: a virtual practice, and studies of two protocols; one answer from every executor."""

import json
import re
import sys
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from needlework.cli import documents, executors
from needlework.cli.main import main
from needlework.forecast.cohort import practice, study
from tests.clusters import cluster

pytestmark = pytest.mark.one_engine

STUDY = json.loads(documents.example("forecast-cohort")) | {"trials": 2000}
PRACTICE = {
    "concern": "acne-scars",
    "protocols": STUDY["protocols"][:1],
    "people": 120,
    "measured_days_after_last": [30, 180],
    "late_days": 3,
}


def changed(document, place=None, **changes):
    """Return a document with other keys, or with other keys of one protocol."""
    if place is None:
        return {key: value for key, value in (document | changes).items() if value is not None}
    protocols = [one | changes if at == place else one for at, one in enumerate(document["protocols"])]
    return document | {"protocols": protocols}


@contextmanager
def nobody(_):
    """Open nothing: everything is done here."""
    yield None


@contextmanager
def killed(_):
    """Open an executor whose workers are gone."""

    class Gone(ThreadPoolExecutor):
        def submit(self, *_):
            raise BrokenExecutor

    with Gone() as pool:
        yield pool


@pytest.fixture
def ask(tmp_path, monkeypatch, capsys):
    """Send a document and return the exit code, standard output and standard error."""
    monkeypatch.setattr(practice, "AT_A_TIME", 50)
    monkeypatch.setattr(study, "CELLS", 150_000)

    def asked(document, *words):
        file = tmp_path / "cohort.json"
        file.write_text(json.dumps(document))
        code = main(["forecast", "cohort", str(file), *words])
        return code, *capsys.readouterr()

    return asked


@pytest.fixture
def alone(monkeypatch):
    monkeypatch.setattr(executors, "opened", nobody)


@pytest.fixture
def address():
    with cluster() as started:
        yield started


@pytest.mark.parametrize("document", [STUDY, PRACTICE], ids=["study", "practice"])
def test_every_executor_finds_the_same_numbers(document, ask, address, monkeypatch):
    pool = ask(document, "--workers", "2", "--json")
    dask = ask(document, "--cluster", address, "--json")
    monkeypatch.setattr(executors, "opened", lambda _: ThreadPoolExecutor(2))
    threads = ask(document, "--json")
    monkeypatch.setattr(executors, "opened", nobody)
    serial = ask(document, "--json")
    assert pool == dask == threads == serial
    assert serial[0] == 0
    assert serial[2] == ""


@pytest.mark.usefixtures("alone")
def test_a_study_is_told_with_what_it_takes_and_what_is_not_known(ask):
    code, told, _ = ask(STUDY)
    assert code == 0
    assert "four sessions: 4 sessions, 28 days apart, 1.5 mm, 250 punctures per cm²." in told
    assert "180 days after the last session, four sessions is likely to have taken" in told
    rows = re.findall(r"^(\d+)  +\S+%  +\S+%  +\S+%$", told, re.MULTILINE)
    assert rows == ["20", "50", "100", "200"]
    assert "Where two protocols do the same, 5% of studies still say" in " ".join(told.split())
    assert "Everybody is measured once, with a standard deviation of 8.0% of the score." in " ".join(told.split())


@pytest.mark.usefixtures("alone")
def test_what_a_study_rests_on_is_told_in_words(ask):
    told = " ".join(ask(changed(STUDY, 1, sessions=4, depth_mm=1.0, name="shallower"))[1].split())
    assert "Untreated, measured in microneedling: One trial followed an untreated side" in told
    assert "Difference, assumed, not measured: " in told


@pytest.mark.usefixtures("alone")
def test_the_protocol_that_takes_more_is_named_first(ask):
    swapped = STUDY | {"protocols": STUDY["protocols"][::-1]}
    told = " ".join(ask(swapped)[1].split())
    assert "four sessions is likely to have taken" in told
    assert "than two sessions, in the mean of all people (9 in 10: " in told
    assert json.loads(ask(swapped, "--json")[1])["difference"]["median"] < 0


@pytest.mark.usefixtures("alone")
def test_a_practice_is_told_by_day(ask):
    one = changed(PRACTICE, 0, sessions=1, interval_days=None, name="one session")
    code, told, _ = ask(one, "--people", "60")
    assert code == 0
    assert "one session: 1 session, 1.5 mm, 250 punctures per cm²." in told
    assert "Share of the acne scar score that has gone from 60 people:" in told
    assert [line.split()[0] for line in told.splitlines() if line[:1].isdigit()] == ["30", "180"]


@pytest.mark.usefixtures("alone")
def test_four_sessions_may_be_written_as_4_0(ask):
    assert ask(changed(PRACTICE, 0, sessions=4.0, interval_days=28.0), "--json") == ask(PRACTICE, "--json")


@pytest.mark.parametrize("number", ["x", "1.5", "0"])
def test_people_are_a_whole_number(number, ask):
    code, out, err = ask(PRACTICE, "--people", number)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "people: Send a whole number from 1 to 10000000 people." in err


@pytest.mark.usefixtures("alone")
def test_another_seed_finds_other_people(ask):
    first, again, other = (json.loads(ask(PRACTICE, "--json", "--seed", seed)[1]) for seed in ("4", "4", "5"))
    assert first == again
    assert first["shares"] != other["shares"]
    assert (first["seed"], first["people"]) == (4, 120)


def test_progress_is_shown_where_somebody_watches(ask, alone, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert "3/3" in ask(PRACTICE)[2]


def test_workers_that_are_gone_take_one_line(ask, monkeypatch):
    monkeypatch.setattr(executors, "opened", killed)
    code, told, said = ask(PRACTICE)
    assert (code, told) == (1, "")
    assert said == "needlework: A worker was killed, perhaps for want of memory.\n"


BAD = {
    "no object": ([], "Send an object"),
    "an unknown key": (changed(STUDY, size=3), "There is a key that is not known."),
    "an unknown concern": (changed(STUDY, concern="acne"), "concern: "),
    "a concern without numbers": (changed(STUDY, concern="melasma"), "concern: No numbers were read for it"),
    "no protocol": (changed(STUDY, protocols=[]), "protocols: Send two protocols"),
    "three protocols": (changed(STUDY, protocols=STUDY["protocols"] * 2), "protocols: Send two protocols"),
    "one name for both": (changed(STUDY, 1, name="four sessions"), "protocols[1].name: Both protocols have this name."),
    "an empty name": (changed(STUDY, 1, name=" "), "protocols[1].name: Send a text that is not empty."),
    "no sessions": (changed(STUDY, 0, sessions=0), "protocols[0].sessions: Send from 1 to 12 sessions"),
    "a hundred sessions": (changed(STUDY, 1, sessions=100), "protocols[1].sessions: Send from 1 to 12 sessions"),
    "weekly sessions": (changed(STUDY, 1, interval_days=7), "protocols[1].interval_days: Sessions stand at least 14"),
    "an interval left out": (changed(STUDY, 1, interval_days=None), "protocols[1].interval_days: "),
    "a century": (changed(STUDY, 1, interval_days=36_500), "protocols[1].interval_days: "),
    "a depth below nothing": (changed(STUDY, 0, depth_mm=-1), "protocols[0].depth_mm: Send a number from 0.05"),
    "a depth of no device": (changed(STUDY, 0, depth_mm=3), "protocols[0].depth_mm: Send a number from 0.05 to 2.5 mm"),
    "no density": (changed(STUDY, 0, punctures_per_cm2=0), "protocols[0].punctures_per_cm2: Send a number from 10 to"),
    "a density without end": (changed(STUDY, 0, punctures_per_cm2=1e9), "protocols[0].punctures_per_cm2: "),
    "an unknown key of a protocol": (changed(STUDY, 0, passes=3), "protocols[0]: There is a key that is not known."),
    "an error of zero": (changed(STUDY, sd=0), "sd: Send a number from 0.001 to 1 as a share of the score."),
    "no error": (changed(STUDY, sd=None), "sd: Send a number from 0.001 to 1 as a share of the score."),
    "nobody": (changed(STUDY, people=[]), "people: Send from 1 to 12 numbers."),
    "one person": (changed(STUDY, people=[20, 1]), "people[1]: Send a whole number from 2 to 10000 people in each"),
    "half a person": (changed(STUDY, people=2.5), "people: Send a whole number from 2 to 10000"),
    "several practices": (changed(PRACTICE, people=[10, 20]), "people: Send one number."),
    "too many people": (changed(PRACTICE, people=10**8), "people: Send a whole number from 1 to 10000000 people."),
    "few trials": (changed(STUDY, trials=3), "trials: Send a whole number from 100 to 1000000 studies."),
    "trials of a practice": (changed(PRACTICE, trials=500), "trials: This goes with two protocols. Leave it out."),
    "late people of a study": (changed(STUDY, late_days=3), "late_days: This goes with one protocol. Leave it out."),
    "people a year late": (changed(PRACTICE, late_days=365), "late_days: Send a number from 0 to 90 days."),
    "measured before the end": (changed(STUDY, measured_days_after_last=-1), "measured_days_after_last: Send a number"),
    "measured twice": (changed(STUDY, measured_days_after_last=[30, 90]), "measured_days_after_last: Send one number."),
    "measured never": (changed(PRACTICE, measured_days_after_last=None), "measured_days_after_last: Send a number"),
    "radiofrequency": (changed(STUDY, device="RF microneedling"), "device: The forecast is of needles without energy."),
}  # fmt: skip


@pytest.mark.parametrize(("document", "said"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_exit_2_and_names_field_unit_and_range(document, said, ask):
    code, told, wrong = ask(document)
    assert (code, told) == (2, "")
    assert said in wrong
    assert wrong.count("\n") == 1


@pytest.mark.parametrize("seed", ["-1", "1.5", "x"])
def test_a_seed_is_a_whole_number(seed, ask):
    code, _, wrong = ask(PRACTICE, f"--seed={seed}")
    assert code == 2
    assert "--seed: a whole number from 0 is needed" in wrong


def test_a_document_that_is_no_object_is_refused_with_people_named_too(ask):
    assert ask([], "--people", "3")[0] == 2


def test_the_example_is_printed(capsys):
    assert main(["forecast", "cohort", "--example"]) == 0
    assert json.loads(capsys.readouterr().out)["protocols"][0]["name"] == "four sessions"
