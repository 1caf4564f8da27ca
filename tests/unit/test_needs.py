import pytest

from tests.needs import needs, said_aloud


def test_a_met_need_lets_the_test_go_on():
    needs(True, "Nothing is missing.")


def test_an_unmet_need_fails_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="Install Chromium"):
        needs(False, "Install Chromium.")


def test_an_unmet_need_skips_elsewhere(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="Install Chromium"):
        needs(False, "Install Chromium.")


def test_what_could_not_run_is_counted_aloud():
    assert said_aloud([]) == []
    assert said_aloud(["A", "B", "A"]) == ["3 not run on this machine:", "2 × A", "1 × B"]
