"""The safety net: every line in order, and what its file is refused for."""

import pytest

from needlework.clinical import safety_net
from needlework.clinical.terms import Tier, Verified
from needlework.evidence.errors import DataError
from needlework.evidence.sources import sources

ENTRY = {
    "tier": "emergency",
    "do": "999",
    "when": "You have trouble breathing.",
    "signs": ["anaphylaxis"],
    "sources": ["anaph-uk"],
    "verified": "seen",
}


def test_a_line_is_read_whole():
    (line,) = safety_net.load({"breathing": ENTRY})
    assert line == safety_net.Line(
        id="breathing",
        tier=Tier.EMERGENCY,
        do="999",
        when="You have trouble breathing.",
        signs=("anaphylaxis",),
        sources=(sources()["anaph-uk"],),
        verified=Verified.SEEN,
    )


def test_a_line_is_written_as_when_and_do():
    (line,) = safety_net.load({"breathing": ENTRY})
    assert line.as_json() == {"when": "You have trouble breathing.", "do": "999"}


def test_the_whole_net_is_written_in_its_order():
    assert safety_net.as_json() == [{"when": line.when, "do": line.do} for line in safety_net.lines()]
    assert safety_net.as_json()[0] == {
        "when": "You have trouble breathing or swallowing, or your throat or tongue swells.",
        "do": "999",
    }


def test_the_net_is_read_once():
    assert safety_net.lines() is safety_net.lines()


def test_the_worst_lines_come_first():
    ranks = [line.tier.rank for line in safety_net.lines()]
    assert ranks == sorted(ranks, reverse=True)


def test_lines_of_one_tier_keep_their_order():
    found = safety_net.load({"b": ENTRY, "a": ENTRY, "c": ENTRY | {"tier": "same_day"}})
    assert [line.id for line in found] == ["b", "a", "c"]


def test_a_line_worse_than_the_one_above_is_refused():
    with pytest.raises(DataError) as refused:
        safety_net.load({"mild": ENTRY | {"tier": "same_day"}, "worse": ENTRY})
    assert str(refused.value) == ("safety_net.toml: worse: It is worse than the line above it. Put the worst first.")


@pytest.mark.parametrize("key", list(ENTRY))
def test_a_line_without_one_of_its_keys_is_refused(key):
    with pytest.raises(DataError) as refused:
        safety_net.load({"breathing": {name: value for name, value in ENTRY.items() if name != key}})
    assert (refused.value.file, refused.value.key) == ("safety_net.toml", "breathing")


@pytest.mark.parametrize("change", [{"tier": "soon"}, {"verified": "perhaps"}, {"colour": "red"}])
def test_a_line_with_a_word_that_is_not_known_is_refused(change):
    with pytest.raises(DataError, match=r"safety_net.toml: breathing: .* Mend that key as in the entries beside it\."):
        safety_net.load({"breathing": ENTRY | change})


def test_a_line_for_an_unknown_sign_is_refused():
    with pytest.raises(DataError) as refused:
        safety_net.load({"breathing": ENTRY | {"signs": ["anaphylaxis", "hiccups"]}})
    assert str(refused.value) == (
        "safety_net.toml: breathing: There is no sign 'hiccups'. Add it to signs.toml, or name one that is there."
    )


def test_a_line_with_an_unknown_source_is_refused():
    with pytest.raises(DataError) as refused:
        safety_net.load({"breathing": ENTRY | {"sources": ["nobody"]}})
    assert str(refused.value) == (
        "safety_net.toml: breathing: There is no source 'nobody'. Add it to sources.toml, or name one that is there."
    )


@pytest.mark.parametrize(
    "change",
    [{"sources": ["policy"]}, {"sources": ["memory"], "verified": "partial"}, {"verified": "unverified"}],
    ids=["seen in nothing", "partly seen in memory", "a publication unverified"],
)
def test_a_line_that_says_more_or_less_than_its_sources_is_refused(change):
    with pytest.raises(DataError) as refused:
        safety_net.load({"breathing": ENTRY | change})
    assert refused.value.sentence == ("Only what stands in a publication is seen or partial: mend verified or sources.")
