"""`needlework serve` as a clinic runs it: real processes, real ports, real signals."""

import json
import os
import shutil
import signal
import socket
import ssl
import stat
import subprocess
from contextlib import closing

import psutil
import pysqlite3
import pytest

from needlework.accounts import setup_code
from tests.needs import needs
from tests.serving import command, environment, refused, serving, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.one_engine]


@pytest.fixture
def home(tmp_path):
    """A place where no clinic is yet."""
    return tmp_path / "clinic"


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """An installation that was started once: tests that are not about the first start begin with a copy."""
    folder = tmp_path_factory.mktemp("begun")
    with serving("--no-work", environment=environment(folder / "clinic"), folder=folder):
        pass
    return folder / "clinic"


@pytest.fixture
def known(begun, home):
    """A clinic that was started once."""
    shutil.copytree(begun, home)
    shutil.copy(key_of(begun), key_of(home))
    return home


def key_of(home):
    return home.with_name("clinic.key")


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_first_run_makes_the_home_the_key_and_the_database_and_shows_a_code(home, tmp_path):
    with serving(environment=environment(home), folder=tmp_path) as served:
        assert served.ask("/livez").text == "alive\n"
        assert set(served.ready().values()) == {"ok"}
        assert served.ask("/readyz").status == 200
        assert setup_code.matches(home / "setup-code", served.code)
    assert served.process.returncode == 0
    assert [stat.S_IMODE(path.stat().st_mode) for path in (home, key_of(home))] == [0o700, 0o600]


def test_a_second_start_goes_on_with_the_same_clinic(known, tmp_path):
    own = environment(known)
    key, database = key_of(known).read_bytes(), (known / "needlework.sqlite3").stat().st_ino
    with serving("--no-work", environment=own, folder=tmp_path) as served:
        assert set(served.ready().values()) == {"ok"}
    assert (key_of(known).read_bytes(), (known / "needlework.sqlite3").stat().st_ino) == (key, database)


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_every_process_within_seconds(known, tmp_path, ending):
    with serving(environment=environment(known), folder=tmp_path) as served:
        processes = served.processes()
        served.process.send_signal(ending)
        assert served.process.wait(10) == 0
        assert wait_until(lambda: not any(process.is_running() for process in processes), 5)


def test_web_and_background_run_under_one_command(known, tmp_path):
    with serving(environment=environment(known), folder=tmp_path) as served:
        assert wait_until(lambda: len(served.processes()) == 5), served.processes()


def test_the_background_part_is_started_again_when_it_dies(known, tmp_path):
    with serving(environment=environment(known), folder=tmp_path) as served:
        assert wait_until(lambda: len(served.processes()) == 5)
        (background,) = [child for child in psutil.Process(served.process.pid).children() if not child.children()]
        background.kill()
        assert wait_until(lambda: len(served.processes()) == 5 and not background.is_running())
        assert served.ask("/livez").status == 200
        assert [line["event"] for line in served.logged if line["level"] == "error"] == [
            "The background part ended with -9"
        ]


def test_when_the_web_part_dies_all_ends_and_the_exit_code_says_so(known, tmp_path):
    with serving(environment=environment(known), folder=tmp_path) as served:
        assert wait_until(lambda: len(served.processes()) == 5)
        processes = served.processes()
        (web,) = [child for child in psutil.Process(served.process.pid).children() if child.children()]
        web.kill()
        assert served.process.wait(15) == 1
        assert wait_until(lambda: not any(process.is_running() for process in processes), 10)


def test_nothing_goes_on_when_the_command_itself_is_killed(known, tmp_path):
    with serving(environment=environment(known), folder=tmp_path) as served:
        assert wait_until(lambda: len(served.processes()) == 5)
        processes = served.processes()
        served.process.kill()
        served.process.wait(5)
        assert wait_until(lambda: not any(process.is_running() for process in processes), 15)


def test_a_supervisor_may_run_the_parts_apart(known, tmp_path):
    own = environment(known)
    with serving("--no-work", environment=own, folder=tmp_path) as served:
        assert wait_until(lambda: len(served.processes()) == 4)
        with subprocess.Popen(command("work"), env=own, stderr=subprocess.PIPE, text=True) as work:
            assert any("Background work has begun" in line for line in work.stderr)
            assert work.poll() is None
            work.terminate()
            assert work.wait(10) == 0


def test_with_a_certificate_cookies_and_headers_say_so(known, tmp_path, certificate):
    options = ("--certificate", str(certificate[0]), "--key", str(certificate[1]), "--no-work")
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    with serving(*options, environment=environment(known), folder=tmp_path) as served:
        assert served.address.startswith("https://localhost:")
        answer = served.ask("/livez", context=trusting)
    assert (answer.status, answer.headers["Strict-Transport-Security"]) == (200, "max-age=31536000")


def test_behind_a_proxy_only_the_proxys_word_on_https_counts(known, tmp_path):
    own = environment(known, NEEDLEWORK_HOSTS="clinic.example")
    with serving("--behind-proxy", "--no-work", environment=own, folder=tmp_path) as served:
        assert served.address == "https://clinic.example"
        encrypted = served.ask("/livez", {"Host": "clinic.example", "X-Forwarded-Proto": "https"})
        plain = served.ask("/livez", {"Host": "clinic.example"})
        stranger = served.ask("/livez", {"Host": "evil.example", "X-Forwarded-Proto": "https"})
    assert encrypted.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "Strict-Transport-Security" not in plain.headers
    assert (encrypted.status, stranger.status) == (200, 400)


def test_an_answer_carries_the_id_under_which_it_was_logged_and_no_query(known, tmp_path):
    with serving("--no-work", environment=environment(known), folder=tmp_path) as served:
        answer = served.ask("/livez?name=Oluwaseun+Adeyemi")
    (line,) = [line for line in served.logged if line.get("route") == "livez"]
    assert line["request"] == answer.headers["X-Request-ID"]
    assert set(line) == {"time", "level", "event", "request", "method", "route", "status", "milliseconds"}
    assert "Adeyemi" not in served.log.read_text()


# What is wrong with the input: a sentence, exit code 2, and nothing changed.


def test_a_home_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("in the way")
    said = refused("serve", "--port", "0", environment=environment(tmp_path / "file" / "clinic"))
    assert said == (
        f"{tmp_path}/file/clinic cannot be written (Not a directory). Name another folder with NEEDLEWORK_HOME, "
        "or let this user write there."
    )
    assert contents(tmp_path).keys() == {(tmp_path / "file").relative_to(tmp_path)}


def test_a_port_in_use(home):
    with closing(socket.create_server(("localhost", 0))) as taken:
        port = taken.getsockname()[1]
        said = refused("serve", "--port", str(port), environment=environment(home))
    assert said == (f"Port {port} is in use by another program. Stop that one, or choose another with --port.")
    assert not home.exists()
    assert not key_of(home).exists()


def test_a_port_that_is_none_and_a_host_that_is_not_ours(home):
    own = environment(home)
    assert "70000 is no port" in refused("serve", "--port", "70000", environment=own)
    proxy = ("--behind-proxy", "--host")
    assert "Check --host" in refused("serve", *proxy, "192.0.2.7", environment=own)
    assert not home.exists()


def test_others_on_the_network_without_encryption(home):
    said = refused("serve", "--host", "0.0.0.0", environment=environment(home))
    assert said == (
        "0.0.0.0 can be reached by others. Beyond this machine pages must travel encrypted: give --certificate FILE "
        "and --key FILE, or --behind-proxy if a proxy in front adds HTTPS."
    )


def test_a_database_from_a_newer_version(known, tmp_path):
    own = environment(known)
    with closing(pysqlite3.connect(known / "needlework.sqlite3")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('care', '0042_later', '2027-01-01')"
        )
        database.commit()
    before = contents(known)
    said = refused("serve", "--port", "0", environment=own)
    assert "belongs to a newer Needlework" in said
    assert "care.0042_later" in said
    assert "restore a backup" in said
    assert contents(known) == before


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://localhost/clinic", "DATABASE_URL does not name a PostgreSQL database."),
        ("postgresql://localhost", "DATABASE_URL does not say which database to use."),
        ("postgresql://a b c/%zz", "DATABASE_URL cannot be read as an address."),
        ("postgresql://clinic:Geheim99@localhost:1/clinic", "PostgreSQL does not let us use the database 'clinic'"),
    ],
)
def test_a_wrong_database_url(home, address, sentence):
    said = refused("serve", "--port", "0", environment=environment(home, DATABASE_URL=address))
    assert said.startswith(sentence)
    assert "Geheim99" not in said
    assert not key_of(home).exists()


def test_a_lost_key_file(known, tmp_path):
    own = environment(known)
    key_of(known).unlink()
    before = contents(known)
    said = refused("serve", "--port", "0", environment=own)
    assert said.startswith(f"There is data, but its key file {key_of(known)} is missing")
    assert "Put back your copy" in said
    assert contents(known) == before
    assert not key_of(known).exists()


def test_a_damaged_key_file(home):
    home.mkdir()
    key_of(home).write_text("not a key")
    assert str(key_of(home)) in refused("serve", "--port", "0", environment=environment(home))
    assert key_of(home).read_text() == "not a key"


def test_a_key_file_inside_the_data_folder(home):
    own = environment(home, NEEDLEWORK_KEY_FILE=str(home / "key"))
    assert "lies inside the data folder" in refused("serve", "--port", "0", environment=own)
    assert not home.exists()


def test_a_database_file_that_is_none(known, tmp_path):
    own = environment(known)
    shutil.copy(__file__, known / "needlework.sqlite3")
    for log in known.glob("needlework.sqlite3-*"):
        log.unlink()
    said = refused("serve", "--port", "0", environment=own)
    assert "needlework.sqlite3 is damaged, or no database" in said
    assert "Restore a backup" in said


def test_a_full_disk(tmp_path):
    needs(os.geteuid() == 0 and shutil.which("mount"), "Only root can fill a disk of the test's own.")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=True)
    try:
        said = refused("serve", "--port", "0", environment=environment(disk / "clinic"))
        assert "disk that holds" in said
        assert "Free some room" in said
        assert not (disk / "clinic.key").exists()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_the_log_is_json_and_nothing_else(known, tmp_path):
    with serving(environment=environment(known), folder=tmp_path) as served:
        served.ask("/no-such-page")
    for line in served.log.read_text().splitlines():
        assert {"time", "level", "event"} <= json.loads(line).keys()


def test_djangos_own_commands_run_on_the_installation_and_a_damaged_key_is_said(known, tmp_path):
    own = environment(known)
    done = subprocess.run(
        command("manage", "showmigrations", "audit"), env=own, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["audit", "[X]", "0001_initial"]
    key_of(known).write_text("damaged")
    assert str(key_of(known)) in refused("manage", "showmigrations", environment=own)


def test_the_audit_is_verified_from_the_terminal(known, tmp_path):
    own = environment(known)
    done = subprocess.run(command("audit", "verify", "--json"), env=own, capture_output=True, text=True, check=True)
    assert all(chain["broken"] is None for chain in json.loads(done.stdout))
    assert "There is no clinic in" in refused("audit", "verify", environment=environment(tmp_path / "other"))
