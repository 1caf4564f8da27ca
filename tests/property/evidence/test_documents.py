"""Any document that TOML can hold is written and reads back as the same document."""

import math
from datetime import UTC, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from needlework.evidence import toml

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(timezones=st.sampled_from([None, UTC, timezone.max, timezone.min]))
SCALARS = (
    TEXTS
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.times()
    | MOMENTS
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_a_document_reads_back(document):
    assert toml.loads(toml.dumps(document), name="generated.toml") == document


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(TEXTS, VALUES, max_size=5))
def test_writing_what_was_read_changes_nothing(document):
    once = toml.dumps(document)
    assert toml.dumps(toml.loads(once, name="generated.toml")) == once


@settings(deadline=None, max_examples=50)
@given(st.floats(allow_nan=False))
def test_a_number_keeps_every_digit_and_its_sign(number):
    back = toml.loads(toml.dumps({"a": number}), name="generated.toml")["a"]
    assert (back, math.copysign(1, back)) == (number, math.copysign(1, number))
