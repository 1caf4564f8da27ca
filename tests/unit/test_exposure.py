"""Who can reach the pages, and what must be there before others can."""

import pytest

from needlework.cli.errors import BadInputError
from needlework.cli.serving.exposure import Exposure, checked, is_local


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_this_machine_alone_needs_nothing(host):
    found = checked(Exposure(host, 8000), {})
    assert (found.secure, found.address) == (False, "http://localhost:8000")
    assert found.environment() == {
        "NEEDLEWORK_ADDRESS": "http://localhost:8000",
        "NEEDLEWORK_HOSTS": "",
        "NEEDLEWORK_SECURE": "",
        "NEEDLEWORK_BEHIND_PROXY": "",
    }


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "clinic.example"])
def test_others_need_encryption_and_are_told_how(host):
    assert not is_local(host)
    with pytest.raises(BadInputError, match="--certificate FILE and --key FILE, or --behind-proxy"):
        checked(Exposure(host, 8000), {"NEEDLEWORK_HOSTS": "clinic.example"})


def test_behind_a_proxy_the_names_must_be_said():
    with pytest.raises(BadInputError, match=r"NEEDLEWORK_HOSTS=clinic\.example"):
        checked(Exposure("localhost", 8000, behind_proxy=True), {})


def test_behind_a_proxy_the_address_is_the_main_name_without_a_port():
    found = checked(
        Exposure("0.0.0.0", 8000, behind_proxy=True), {"NEEDLEWORK_HOSTS": "clinic.example, www.clinic.example"}
    )
    assert (found.secure, found.address) == (True, "https://clinic.example")
    assert found.environment()["NEEDLEWORK_HOSTS"] == "clinic.example,www.clinic.example"
    assert found.environment()["NEEDLEWORK_SECURE"] == found.environment()["NEEDLEWORK_BEHIND_PROXY"] == "1"


def test_a_certificate_without_its_key_is_refused(tmp_path):
    with pytest.raises(BadInputError, match="belong together"):
        checked(Exposure("localhost", 8000, certificate=tmp_path / "c.pem"), {})


def test_a_missing_certificate_is_named(tmp_path):
    with pytest.raises(BadInputError, match=r"No such file.*c\.pem"):
        checked(Exposure("localhost", 8000, certificate=tmp_path / "c.pem", key=tmp_path / "k.pem"), {})


def test_what_is_no_certificate_is_refused(tmp_path):
    for name in ("c.pem", "k.pem"):
        (tmp_path / name).write_text("hello")
    with pytest.raises(BadInputError, match="not a certificate and its key"):
        checked(Exposure("localhost", 8000, certificate=tmp_path / "c.pem", key=tmp_path / "k.pem"), {})


def test_with_a_certificate_the_host_names_itself(certificate):
    own = {"certificate": certificate[0], "key": certificate[1]}
    assert checked(Exposure("clinic.example", 8443, **own), {}).address == "https://clinic.example:8443"
    assert checked(Exposure("localhost", 8443, **own), {}).address == "https://localhost:8443"
    with pytest.raises(BadInputError, match="Say under which name"):
        checked(Exposure("0.0.0.0", 8443, **own), {})
