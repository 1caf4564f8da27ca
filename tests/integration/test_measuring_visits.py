"""`needlework measure --visits`: the same numbers from every executor, and no worker or visit stops the others."""

import asyncio
import json
import re
import sys
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from needlework.cli import executors
from needlework.cli.main import main
from needlework.imaging import kept, series
from tests.astronaut import photograph
from tests.clusters import cluster
from tests.made_files import jpeg

pytestmark = pytest.mark.one_engine

DATES = ("2026-01-01", "2026-02-01", "2026-03-01")


@pytest.fixture(scope="module")
def portraits(tmp_path_factory):
    folder = tmp_path_factory.mktemp("visits")
    for number, date in enumerate(DATES[:2]):
        (folder / "jo" / date).mkdir(parents=True)
        photograph(folder / "jo" / date / "a.jpg", number)
    return without_a_face(folder, "max")


def without_a_face(folder, name):
    for date in DATES:
        (folder / name / date).mkdir(parents=True)
        (folder / name / date / "a.jpg").write_bytes(jpeg(comment=date.encode()))
    return folder


@pytest.fixture(scope="module")
def measured(portraits):
    """What a pool of threads measures, by the name of the visit."""
    book = portraits / "threads.jsonl"
    asked = series.tasks(portraits, zones=("nose",), control=None)
    with ThreadPoolExecutor(2) as pool:
        done = {one.task.name: one.place for one in series.run(asked, book, pool)}
    return {name: kept.answer(book, done[name]) for name in sorted(done)}


@pytest.fixture
def gradients(tmp_path):
    return without_a_face(tmp_path, "jo")


def test_a_dask_cluster_gives_the_same_numbers(portraits, measured, capsys):
    with cluster() as address:
        words = ["--visits", str(portraits), "--zones", "nose", "--cluster", address, "--json"]
        assert main(["measure", *words]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out) == {"visits": measured}
    assert shown.err == ""
    assert list(measured) == ["jo/2026-02-01", "max/2026-02-01", "max/2026-03-01"]
    assert measured["jo/2026-02-01"]["zones"]["nose"]["texture"]["change_percent"] is not None
    assert measured["max/2026-02-01"]["comparable"] is False


def test_a_pool_of_processes_measures_what_is_left(gradients, capsys):
    assert main(["measure", "--visits", str(gradients), "--workers", "1"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0].split() == ["Visit", "Comparable", "Changed", "Measured", "Why", "not"]
    assert said.splitlines()[2].startswith("jo/2026-02-01  no          0        0")
    assert f"Every answer in full, with its error: {gradients}/measured.jsonl" in " ".join(said.split())
    assert len((gradients / "measured.jsonl").read_text().splitlines()) == 2


@contextmanager
def stopping(trouble):
    """An executor that ends as it is asked to work."""

    class Stops(ThreadPoolExecutor):
        def submit(self, *_):
            raise trouble

    with Stops() as pool:
        yield pool


@pytest.mark.parametrize(
    ("trouble", "said"),
    [(BrokenExecutor(), "A worker was killed, perhaps for want of memory."), (KeyboardInterrupt(), "Stopped.")],
    ids=["killed", "interrupted"],
)
def test_what_stops_all_work_takes_one_line_and_what_was_measured_is_kept(
    trouble, said, gradients, monkeypatch, capsys
):
    monkeypatch.setattr(executors, "opened", lambda _: stopping(trouble))
    assert main(["measure", "--visits", str(gradients), "--json"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    book = gradients / "measured.jsonl"
    assert (
        shown.err == f"needlework: {said} What was measured is kept in {book}: the same command goes on from there.\n"
    )


def test_a_visit_that_failed_is_told_and_is_exit_code_1(gradients, monkeypatch, capsys):
    monkeypatch.setattr(executors, "opened", lambda _: ThreadPoolExecutor(1))
    monkeypatch.setattr(series, "read_all", lambda _: 1 / 0)
    monkeypatch.setenv("COLUMNS", "200")
    assert main(["measure", "--visits", str(gradients)]) == 1
    assert re.search(r"2026-02-01  failed  +ZeroDivisionError: division by zero\n", capsys.readouterr().out)
    assert main(["measure", "--visits", str(gradients), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)["visits"]
    assert found["jo/2026-02-01"] == {"failed": "ZeroDivisionError: division by zero"}


@pytest.mark.parametrize("address", ["nonsense", "tcp://127.0.0.1:1"])
def test_a_scheduler_that_does_not_answer_takes_one_line(address, gradients, monkeypatch, capsys):
    monkeypatch.setattr(executors, "PATIENCE_SECONDS", 0.2)
    assert main(["measure", "--visits", str(gradients), "--cluster", address]) == 2
    assert f"--cluster: No Dask scheduler answers at {address}." in capsys.readouterr().err


def test_a_caller_with_a_running_loop_is_told_the_same(gradients, monkeypatch, capsys):
    async def notebook():
        test_a_scheduler_that_does_not_answer_takes_one_line("nonsense", gradients, monkeypatch, capsys)

    with ThreadPoolExecutor(1) as pool:  # a journey in the browser may have left a loop in this thread
        pool.submit(lambda: asyncio.run(notebook())).result()


def test_without_dask_the_extra_is_named(gradients, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["measure", "--visits", str(gradients), "--cluster", "tcp://127.0.0.1:1"]) == 2
    assert "Install it: pip install 'needlework[cluster]'." in capsys.readouterr().err
