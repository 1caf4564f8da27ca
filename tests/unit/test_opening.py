"""A home is opened only when it can be written, has room, and has the key of its data; otherwise nothing changes."""

import shutil
from types import SimpleNamespace

import pytest

from needlework.cli.errors import BadInputError
from needlework.config import opening
from needlework.vault import keys


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A place for a clinic."""
    monkeypatch.setenv("NEEDLEWORK_HOME", str(tmp_path / "clinic"))
    monkeypatch.setenv("NEEDLEWORK_KEY_FILE", str(tmp_path / "clinic.key"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path / "clinic"


def test_an_empty_home_gets_its_folder_and_its_key(home):
    opening.open_home()
    assert home.is_dir()
    assert list(home.iterdir()) == []
    assert keys.read(home.with_name("clinic.key"))


def test_opening_again_keeps_the_key(home):
    opening.open_home()
    before = home.with_name("clinic.key").read_bytes()
    opening.open_home()
    assert home.with_name("clinic.key").read_bytes() == before


@pytest.mark.parametrize("data", ["needlework.sqlite3", "files/ab/abcdef"])
def test_data_without_its_key_is_refused_and_gets_no_new_one(home, data):
    (home / data).parent.mkdir(parents=True)
    (home / data).write_text("data")
    with pytest.raises(BadInputError, match="There is data, but its key file"):
        opening.open_home()
    assert not home.with_name("clinic.key").exists()


def test_an_empty_file_is_no_data(home):
    home.mkdir()
    (home / "needlework.sqlite3").touch()
    opening.open_home()
    assert home.with_name("clinic.key").exists()


def test_a_key_in_the_data_folder_is_refused(home, monkeypatch):
    monkeypatch.setenv("NEEDLEWORK_KEY_FILE", str(home / "key"))
    with pytest.raises(BadInputError, match="lies inside the data folder"):
        opening.open_home()
    assert not home.exists()


def test_a_place_that_cannot_be_written_is_refused(home):
    home.write_text("a file in the way")
    with pytest.raises(BadInputError, match=r"cannot be written .* NEEDLEWORK_HOME"):
        opening.open_home()


def test_a_full_disk_is_refused_before_anything_is_written(home, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=5 * 2**20))
    with pytest.raises(BadInputError, match=r"is full: 5 MB are free, 64 MB are needed\. Free some room"):
        opening.open_home()
    assert not home.with_name("clinic.key").exists()


def test_a_damaged_key_is_refused_and_left_alone(home):
    home.with_name("clinic.key").write_text("damaged")
    with pytest.raises(BadInputError, match=r"clinic\.key"):
        opening.open_home()
    assert home.with_name("clinic.key").read_text() == "damaged"


def test_a_command_that_needs_a_clinic_says_where_it_looked(home):
    with pytest.raises(BadInputError, match=r"There is no clinic in .*clinic\. Name its folder with NEEDLEWORK_HOME"):
        opening.find_home()
    assert not home.exists()


def test_a_clinic_with_its_key_is_found(home):
    opening.open_home()
    (home / "needlework.sqlite3").write_text("data")
    opening.find_home()
