"""A folder of many visits: what is compared with what, taken up where it stopped, and no visit stops the others."""

import pickle
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future

import pytest

from needlework.evidence.errors import DataError, InputError
from needlework.imaging import kept, series
from needlework.imaging.comparison import Comparison
from tests.made_files import jpeg

ZONES = ("nose",)


class AtOnce(Executor):
    """Does what it is given at once, and remembers it."""

    def __init__(self, *, breaks=None):
        self.given = []
        self.breaks = breaks

    def submit(self, work, task):
        future = Future()
        self.given.append(task.name)
        if isinstance(self.breaks, CancelledError):
            future.cancel()
            future.set_running_or_notify_cancel()
        elif self.breaks:
            future.set_exception(self.breaks)
        else:
            future.set_result(work(task))
        return future


class Never(Executor):
    """Answers nothing."""

    def __init__(self):
        self.futures = []

    def submit(self, work, task):
        self.futures.append(Future())
        return self.futures[-1]


@pytest.fixture
def folder(tmp_path):
    for visit in (
        "jo/2026-02-01",
        "jo/2026-01-01",
        "jo/2026-03-01",
        "max/2025-01-01",
        "max/2025-06-01",
        "once/2026-01-01",
    ):
        place = tmp_path / visit
        place.mkdir(parents=True)
        for number in range(2):
            (place / f"{number}.jpg").write_bytes(jpeg(quality=80 + number, comment=visit.encode()))
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "jo" / "2026-01-01" / ".thumbnails").touch()
    return tmp_path


@pytest.fixture
def alike(monkeypatch):
    """Every comparison is of photographs that cannot be compared; what was read is remembered."""
    read = []
    monkeypatch.setattr(series, "read_all", lambda photographs: read.append(photographs) or photographs)
    monkeypatch.setattr(series, "compare", lambda *_, **__: Comparison(False, ("Different views.",)))
    return read


def asked(folder, control=None, zones=ZONES):
    return series.tasks(folder, zones=zones, control=control)


def run(folder, executor=None, **options):
    executor = executor or AtOnce()
    done = list(series.run(asked(folder, **options), folder / series.BOOK, executor))
    return executor.given, done


def test_every_later_visit_is_compared_with_the_first(folder):
    found = asked(folder)
    assert [task.name for task in found] == ["jo/2026-02-01", "jo/2026-03-01", "max/2025-06-01"]
    assert {photograph.parent.name for task in found[:2] for photograph in task.before} == {"2026-01-01"}
    assert [photograph.name for photograph in found[0].after] == ["0.jpg", "1.jpg"]


@pytest.mark.parametrize("name", ["may", "2026-3-1", "20260301", "2026-02-30"])
def test_a_visit_without_a_date_is_refused(folder, name):
    (folder / "jo" / name).mkdir()
    with pytest.raises(InputError, match=r"named by its date, as in 2026-03-01"):
        asked(folder)


def test_a_folder_without_visits_is_refused(tmp_path):
    (tmp_path / "2026-01-01").mkdir()
    with pytest.raises(InputError, match="No series in it has two visits"):
        asked(tmp_path)


def test_what_is_no_folder_is_refused(tmp_path):
    with pytest.raises(InputError, match="No such file or directory"):
        asked(tmp_path / "nowhere")


def test_an_answer_is_kept_and_not_measured_again(folder, alike):
    given, first = run(folder)
    assert len(given) == 3
    again, second = run(folder)
    assert again == []
    assert [(one.task, one.place) for one in second] == [(one.task, one.place) for one in first]
    assert kept.answer(folder / series.BOOK, first[0].place)["reasons"] == ["Different views."]


def test_another_photograph_option_or_version_is_measured_again(folder, alike, monkeypatch):
    run(folder)
    (folder / "jo/2026-03-01/1.jpg").write_bytes(jpeg(quality=60))
    assert run(folder)[0] == ["jo/2026-03-01"]
    (folder / "max/2025-01-01/2.jpg").write_bytes(jpeg(quality=61))
    assert run(folder)[0] == ["max/2025-06-01"]
    assert len(run(folder, zones=())[0]) == 3
    assert len(run(folder, control="chin")[0]) == 3
    assert run(folder)[0] == []
    monkeypatch.setattr(series, "ALGORITHM", "2.0")
    monkeypatch.setattr("needlework.imaging.comparison.ALGORITHM", "2.0")
    assert len(run(folder)[0]) == 3


def test_it_goes_on_where_it_was_killed_in_the_middle_of_a_line(folder, alike):
    run(folder)
    book = folder / series.BOOK
    book.write_bytes(book.read_bytes()[:-20])
    assert run(folder)[0] == ["max/2025-06-01"]


def test_photographs_that_cannot_be_read_are_an_answer_that_is_asked_for_again(folder, alike, monkeypatch):
    monkeypatch.setattr(series, "read_all", refuse)
    _, done = run(folder)
    assert kept.answer(folder / series.BOOK, done[0].place)["reasons"] == ["a.jpg: It is damaged."]
    assert len(run(folder)[0]) == 3


def refuse(_):
    raise InputError("a.jpg", "It is damaged.")


def test_a_file_that_cannot_be_opened_does_not_stop_the_others(folder, alike):
    (folder / "jo/2026-02-01/0.jpg").unlink()
    (folder / "jo/2026-02-01/0.jpg").symlink_to(folder / "gone.jpg")
    assert len(run(folder)[0]) == 3


def test_a_fault_of_the_program_is_its_visits_alone(folder, alike, monkeypatch):
    found = asked(folder)

    def compare(before, after, **_):
        if after == found[1].after:
            raise DataError("priors.toml", "algorithm", "Fit the priors anew.")
        return Comparison(False)

    monkeypatch.setattr(series, "compare", compare)
    _, done = run(folder)
    assert [bool(one.trouble) for one in done] == [False, True, False]
    assert done[1].trouble == "DataError: priors.toml: algorithm: Fit the priors anew."
    assert run(folder)[0] == ["jo/2026-03-01"]


def test_a_visit_whose_worker_is_given_up_is_its_own_fault(folder):
    _, done = run(folder, AtOnce(breaks=RuntimeError("killed four times")))
    assert {one.trouble for one in done} == {"RuntimeError: killed four times"}


@pytest.mark.parametrize(
    "trouble", [BrokenExecutor("gone"), CancelledError()], ids=lambda trouble: type(trouble).__name__
)
def test_without_workers_it_stops_and_keeps_what_was_measured(folder, alike, trouble):
    first = asked(folder)[:1]
    list(series.run(first, folder / series.BOOK, AtOnce()))
    with pytest.raises(type(trouble)):
        run(folder, AtOnce(breaks=trouble))
    assert run(folder)[0] == ["jo/2026-03-01", "max/2025-06-01"]


def test_a_worker_with_other_estimators_is_not_believed(folder, alike, monkeypatch):
    monkeypatch.setattr("needlework.imaging.comparison.ALGORITHM", "0.9")
    _, done = run(folder)
    assert {one.trouble for one in done} == {"A worker has estimators 0.9 and not 1.0. Install the same there."}
    assert kept.places(folder / series.BOOK) == {}


def test_no_more_is_handed_out_than_is_remembered(folder, monkeypatch):
    monkeypatch.setattr(series, "AHEAD", 2)
    never = Never()
    running = series.run(asked(folder), folder / series.BOOK, never)
    monkeypatch.setattr(series, "wait", lambda *_: pytest.fail("waits") if len(never.futures) > 1 else _Nothing)
    with pytest.raises(pytest.fail.Exception):
        next(running)
    assert len(never.futures) == 2
    assert all(future.cancelled() for future in never.futures)


class _Nothing:
    done = ()


def test_a_task_can_be_sent_to_another_process(folder):
    task = asked(folder)[0]
    assert pickle.loads(pickle.dumps(task)) == task
