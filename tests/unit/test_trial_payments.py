"""`needlework trial-payments`: says how to use it, answers until it is stopped."""

import socket
from http.server import ThreadingHTTPServer

import pytest

from needlework.cli.main import main


def test_it_says_how_to_start_the_clinic_and_stops_at_a_word(monkeypatch, capsys):
    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    assert main(["trial-payments", "--port", "0", "--clinic", "http://localhost:8000/"]) == 1
    said = capsys.readouterr()
    assert "NEEDLEWORK_PAYMENTS_URL=http://127.0.0.1:" in said.out
    assert "http://localhost:8000/payments/heard/" in said.out
    assert said.err == "needlework: Stopped.\n"


def test_it_ends_when_it_is_asked_to(monkeypatch):
    monkeypatch.setattr(ThreadingHTTPServer, "serve_forever", lambda _: None)
    assert main(["trial-payments", "--port", "0"]) == 0


@pytest.mark.parametrize(("port", "why"), [(None, "is taken"), (70000, "cannot be used")])
def test_a_port_that_cannot_be_had_is_said(port, why, capsys):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = port or taken.getsockname()[1]
        assert main(["trial-payments", "--port", str(number)]) == 2
    assert capsys.readouterr().err == f"needlework: Port {number} {why}. Choose another with --port.\n"
