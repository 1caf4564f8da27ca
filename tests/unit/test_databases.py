"""What an address of a database becomes, and the sentence where it is none."""

import pytest

from needlework.cli.errors import BadInputError
from needlework.config.databases import parsed, postgres, unreachable


def test_an_address_becomes_settings_with_limits_on_waiting():
    found = postgres("postgresql://clinic:secret@db.example:5433/needlework?sslmode=require")
    assert [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "needlework",
        "clinic",
        "secret",
        "db.example",
        "5433",
    ]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["connect_timeout"] == 5
    for limit in ("lock_timeout=5000", "statement_timeout=15000", "idle_in_transaction_session_timeout=30000"):
        assert limit in found["OPTIONS"]["options"]


@pytest.mark.parametrize(
    "address", ["", "clinic", "mysql://localhost/clinic", "sqlite:///clinic.sqlite3", "http://x/y"]
)
def test_another_kind_of_address_is_refused_with_an_example(address):
    with pytest.raises(BadInputError, match="Write it like postgresql://"):
        parsed(address)


def test_the_sentence_about_an_unreachable_server_names_the_place_and_no_password():
    place = {"dbname": "clinic", "host": "db.example", "password": "Geheim99"}
    said = unreachable(place, OSError('connection to server at "db.example" failed: FATAL:  no such role\nhint'))
    assert said == (
        "PostgreSQL does not let us use the database 'clinic' at db.example:5432 (no such role). "
        "Check DATABASE_URL and that the server runs."
    )
