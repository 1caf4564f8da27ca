"""The one-time code of the first set-up."""

import stat

from needlework.accounts import setup_code


def test_a_code_is_good_however_it_is_typed_until_it_is_spent(tmp_path):
    path = tmp_path / "code"
    code = setup_code.make(path)
    assert setup_code.matches(path, code)
    assert setup_code.matches(path, f" {code.lower().replace('-', ' ')} ")
    setup_code.spend(path)
    assert not setup_code.matches(path, code)
    setup_code.spend(path)


def test_another_code_is_refused_and_so_is_an_earlier_one(tmp_path):
    path = tmp_path / "code"
    first = setup_code.make(path)
    second = setup_code.make(path)
    assert first != second
    assert not setup_code.matches(path, first)
    assert not setup_code.matches(path, "")
    assert not setup_code.matches(path, path.read_text())


def test_only_its_hash_is_kept_and_only_for_its_owner(tmp_path):
    path = tmp_path / "code"
    code = setup_code.make(path)
    assert code.replace("-", "") not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_code_has_letters_that_nobody_mistakes(tmp_path):
    codes = {setup_code.make(tmp_path / "code") for _ in range(50)}
    assert len(codes) == 50
    assert not set("".join(codes)) & set("01OIL")
