"""The rule set as one thing: its version, its digest, its snapshot."""

import json
from dataclasses import replace
from datetime import date

import pytest

from needlework.clinical import overrides, rule_set
from needlework.evidence import toml
from needlework.evidence.errors import DataError
from tests.unit.clinical.test_overrides import DOCUMENTS, made

SMALL = rule_set.RuleSet("2026.11", date(2026, 11, 22), rule_set.digest(DOCUMENTS), DOCUMENTS)


@pytest.fixture(autouse=True)
def read_anew():
    """Leave no test a rule set that another put in."""
    yield
    rule_set.current.cache_clear()


def test_the_version_is_that_of_its_file():
    found = rule_set.current()
    assert found.version == rule_set.VERSION == "2026.11"
    assert found.dated == date(2026, 11, 22)
    assert found.overrides == ()
    assert rule_set.current() is found


def test_a_version_that_the_code_does_not_know_is_refused(monkeypatch):
    monkeypatch.setattr(rule_set, "_head", lambda: {"version": "2027.1", "dated": date(2027, 1, 1)})
    rule_set.current.cache_clear()
    with pytest.raises(DataError) as refused:
        rule_set.current()
    assert str(refused.value) == "version.toml: version: The code says 2026.11. Change both together."


def test_every_rule_and_all_evidence_belong_to_it():
    found = set(rule_set.current().documents)
    assert {"screening.toml", "signs.toml", "devices.toml", "combinations.toml"} <= found
    assert {"evidence/sources.toml", "evidence/zones.toml", "evidence/facts/depth.toml"} <= found
    assert not found & {"version.toml", "purpose.toml", "claims.toml", "hazards.toml"}
    assert all(name.endswith(".toml") for name in found)


def test_a_digest_is_the_same_for_the_same_rules():
    assert rule_set.current().digest == rule_set.digest(dict(reversed(list(rule_set.current().documents.items()))))
    assert len(rule_set.current().digest) == 64


def test_a_digest_does_not_see_spaces_comments_or_order():
    one = toml.loads('[a]\nx = 1\ny = "é"\n', name="a")
    other = toml.loads("# a comment\n[a]\ny   =  'é'\nx = 0x1\n\n", name="a")
    assert rule_set.digest({"a.toml": one}) == rule_set.digest({"a.toml": other})


@pytest.mark.parametrize("text", ["[a]\nx = 2", "[a]\nx = '1'", "[a]\nx = true", "[b]\nx = 1", "[a]\nx = 1\ny = 2"])
def test_a_digest_sees_every_value(text):
    before = rule_set.digest({"a.toml": toml.loads("[a]\nx = 1", name="a")})
    assert rule_set.digest({"a.toml": toml.loads(text, name="a")}) != before


def test_a_digest_is_laid_down():
    documents = {"a.toml": {"é": {"on": date(2026, 1, 2), "to": float("inf"), "list": (1, [2.5, True])}}}
    assert rule_set.digest(documents) == "46e1b5a984346e842f69d3bc64b3ea01ab2b97d4520f3f93ebfd239f5eae4439"


def test_a_clinics_digest_is_laid_down():
    assert (
        rule_set.digest({"a.toml": {}}, (made(),)) == "0c24019b6bfc41317fbd019d6d306fc6ff84227f14a19431e1107eca07c19225"
    )


def test_a_clinics_digest_is_its_own():
    one = made()
    layered = rule_set.with_overrides(SMALL, (one,))
    assert layered.documents == overrides.layered(DOCUMENTS, (one,))
    assert layered.digest != SMALL.digest
    assert layered.digest == rule_set.digest(layered.documents, (one,))
    assert layered.digest != rule_set.digest(layered.documents)
    assert (layered.version, layered.dated, layered.overrides) == ("2026.11", date(2026, 11, 22), (one,))


def test_without_overrides_the_rule_set_is_the_same():
    assert rule_set.with_overrides(SMALL, ()) == SMALL


def test_a_finding_can_ask_what_the_clinic_changed_in_its_rule():
    one, other = made(), made(file="signs.toml", id="redness", key="tier", value="same_day")
    layered = rule_set.with_overrides(SMALL, (one, other))
    assert overrides.of(layered.overrides, "screening.toml", "isotretinoin_recent") == (one,)
    assert overrides.of(layered.overrides, "signs.toml", "isotretinoin_recent") == ()
    assert overrides.of(layered.overrides, "screening.toml", "acne") == ()


@pytest.mark.parametrize("given", [(), (made(),)], ids=["plain", "with an override"])
def test_a_snapshot_reads_back_as_the_same_rule_set(given):
    whole = rule_set.with_overrides(rule_set.current(), given)
    stored = json.dumps(rule_set.snapshot(whole), allow_nan=False)
    assert rule_set.restored(json.loads(stored)) == whole


def test_a_snapshot_is_json_of_five_keys():
    documents = {"a.toml": {"a": {"on": date(2026, 1, 2), "range": [0.5, float("inf")], "least": float("-inf")}}}
    small = rule_set.RuleSet("2026.11", date(2026, 11, 22), rule_set.digest(documents), documents)
    assert rule_set.snapshot(small) == {
        "version": "2026.11",
        "dated": "2026-11-22",
        "digest": small.digest,
        "documents": {
            "a.toml": {
                "a": {
                    "on": {"$date": "2026-01-02"},
                    "range": [0.5, {"$number": "inf"}],
                    "least": {"$number": "-inf"},
                }
            }
        },
        "overrides": [],
    }
    assert rule_set.restored(rule_set.snapshot(small)) == small


def test_a_snapshot_that_was_changed_is_refused():
    stored = json.loads(json.dumps(rule_set.snapshot(SMALL)))
    stored["documents"]["screening.toml"]["acne"]["outcome"] = "suitable"
    with pytest.raises(DataError) as refused:
        rule_set.restored(stored)
    assert str(refused.value) == "snapshot: 2026.11: It is not what was stored. Use an unchanged copy."


def test_nobody_has_signed_this_version_and_it_says_so():
    assert rule_set.signed_off(rule_set.current()) is None
    assert rule_set.standing(rule_set.current()) == (
        "Version 2026.11. Nobody has signed it off yet. A UK doctor or dermatologist must sign it off before live use."
    )


def signed(monkeypatch, digest):
    """Let somebody have signed off a digest."""
    entry = {"by": "Dr Jo Example", "role": "dermatologist, GMC 0000000", "on": date(2026, 12, 1), "digest": digest}
    other = entry | {"by": "Dr No", "digest": "0" * 64}
    head = {"version": "2026.11", "needs": "Sign it.", "signed_off": [other, entry]}
    monkeypatch.setattr(rule_set, "_head", lambda: head)
    return rule_set.SignOff(**entry)


def test_a_signature_stands_under_the_rules_it_was_given_for(monkeypatch):
    signature = signed(monkeypatch, SMALL.digest)
    assert rule_set.signed_off(SMALL) == signature
    assert rule_set.standing(SMALL) == (
        "Version 2026.11, signed off by Dr Jo Example, dermatologist, GMC 0000000, on 2026-12-01."
    )


def test_one_changed_figure_voids_the_signature(monkeypatch):
    signed(monkeypatch, SMALL.digest)
    changed = {**DOCUMENTS, "devices.toml": {"SkinPen": {"label_limit_mm": 1.6}}}
    edited = replace(SMALL, documents=changed, digest=rule_set.digest(changed))
    assert rule_set.signed_off(edited) is None
    assert rule_set.standing(edited) == "Version 2026.11. Nobody has signed it off yet. Sign it."


def keep(folder, *versions):
    """Keep snapshots of versions as `rules/changes` does."""
    changes = folder / "rules" / "changes"
    changes.mkdir(parents=True)
    for version in versions:
        stored = rule_set.snapshot(replace(SMALL, version=version))
        (changes / f"{version}.json").write_text(json.dumps(stored), "utf-8")
    (changes / "a-note.txt").write_text("", "utf-8")


def test_the_first_version_has_none_before_it():
    assert rule_set.previous() is None


@pytest.mark.parametrize(
    ("kept", "expected"),
    [
        ((), None),
        (("2026.11", "2027.02"), None),
        (("2026.08", "2026.09", "2026.10", "2026.11", "2026.12"), "2026.10"),
    ],
    ids=["nothing", "none before", "the newest before"],
)
def test_the_version_before_is_the_newest_that_is_kept(kept, expected, tmp_path, monkeypatch):
    keep(tmp_path, *kept)
    monkeypatch.setattr(rule_set, "files", lambda package: tmp_path)
    found = rule_set.previous()
    assert (found and found.version) == expected


def test_who_has_read_the_rules_is_told():
    assert rule_set.read_by() == (
        "Paraphrased from the listed sources by the authors, and corrected by a second reader."
    )
