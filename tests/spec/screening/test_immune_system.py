"""Immune system."""

import pytest

from needlework.evidence.errors import InputError
from tests.spec.screening.asking import everywhere, refers, spec


def test_a_weak_immune_system_refers():
    everywhere("immunosuppressed", finds=refers())


def test_blood_borne_viruses_are_never_asked_about():
    with pytest.raises(InputError) as refusal:
        spec("bbv_do_not_ask", given={"zones": ["secret"], "date": "secret"}, finds=None)
    sentence = "answers: One of the keys must never be asked about. Take it out and keep no copy of it."
    assert str(refusal.value) == sentence
