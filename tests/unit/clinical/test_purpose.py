"""The registers of purpose, claims and hazards: what each holds, and what is refused."""

from datetime import date

import pytest

from needlework.clinical import purpose
from needlework.evidence.errors import DataError

STATEMENT = {
    "dated": date(2026, 11, 22),
    "confirmed_by": "Nobody yet.",
    "nations": ["England", "Wales"],
    "nations_note": "No legal advice.",
    "decides": "The practitioner.",
    "is_for": ["records"],
    "is_not_for": ["emergencies", "diagnosis"],
    "user": [{"who": "lead", "does": "reads"}],
    "line": [
        {"feature": "Score", "why": "Reasoning.", "kept_out": "None.", "tests": ["a::b"]},
        {"feature": "Photographs", "why": "Grading.", "kept_out": "Not there.", "open": "Later."},
    ],
}
CLAIM = {"claim": "It runs.", "words": "runs", "said_in": ["README.md"], "checked_by": "lead", "tests": ["a::b"]}
HAZARD = {
    "hazard": "A rule is wrong.",
    "cause": "Misread.",
    "harm": "Treated too early.",
    "severity": "passing harm",
    "likelihood": "rare",
    "controls": ["Examples."],
    "tests": ["a::b"],
}


def refusal(reader, document):
    with pytest.raises(DataError) as refused:
        reader(document)
    return str(refused.value)


def without(entry, key):
    return {name: value for name, value in entry.items() if name != key}


def test_a_purpose_is_read_whole():
    assert purpose.purpose_of(STATEMENT) == purpose.Purpose(
        dated=date(2026, 11, 22),
        confirmed_by="Nobody yet.",
        nations=("England", "Wales"),
        nations_note="No legal advice.",
        decides="The practitioner.",
        is_for=("records",),
        is_not_for=("emergencies", "diagnosis"),
        users=(purpose.User("lead", "reads"),),
        lines=(
            purpose.Line("Score", "Reasoning.", "None.", ("a::b",), None),
            purpose.Line("Photographs", "Grading.", "Not there.", (), "Later."),
        ),
    )


def test_a_purpose_may_name_no_users_and_no_lines():
    bare = purpose.purpose_of(without(without(STATEMENT, "user"), "line"))
    assert (bare.users, bare.lines) == ((), ())


KEYS = "The keys are those of the entries beside it."


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (STATEMENT | {"nations": ["England", "France"]},
         "purpose.toml: nations: The nations are: England, Scotland, Wales, Northern Ireland."),
        (STATEMENT | {"line": [{"feature": "Score", "why": "a", "kept_out": "b"}]},
         "purpose.toml: Score: Name the tests that hold it, or say in `open` why none can yet."),
        (STATEMENT | {"line": [{"feature": "Score"}]},
         "purpose.toml: line: Line.__init__() missing 2 required positional arguments: 'why' and 'kept_out'. " + KEYS),
        (STATEMENT | {"user": [{"who": "lead", "does": "a", "when": "b"}]},
         "purpose.toml: user: User.__init__() got an unexpected keyword argument 'when'. " + KEYS),
        (without(STATEMENT, "decides"),
         "purpose.toml: statement: Purpose.__init__() missing 1 required positional argument: 'decides'. " + KEYS),
    ],
    ids=["nation", "line held by nothing", "line not whole", "user", "statement"],
)  # fmt: skip
def test_a_wrong_purpose_is_refused(document, sentence):
    assert refusal(purpose.purpose_of, document) == sentence


def test_a_claim_is_read_whole():
    entry = CLAIM | {"pages": ["docs/a.md"], "limits": "Here."}
    assert purpose.claims_of({"runs": entry}) == {
        "runs": purpose.ProductClaim(
            id="runs",
            claim="It runs.",
            words="runs",
            said_in=("README.md",),
            checked_by="lead",
            tests=("a::b",),
            pages=("docs/a.md",),
            limits="Here.",
        )
    }


def test_a_claim_may_rest_on_a_page_alone():
    (one,) = purpose.claims_of({"runs": without(CLAIM, "tests") | {"pages": ["a.md"]}}).values()
    assert (one.tests, one.pages, one.limits) == ((), ("a.md",), None)


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (without(CLAIM, "tests"), "A claim rests on tests or pages: name some, or do not claim it."),
        (CLAIM | {"said_in": []}, "Say where it is claimed: name a page in said_in."),
        (without(CLAIM, "words"),
         "ProductClaim.__init__() missing 1 required positional argument: 'words'. " + KEYS),
    ],
    ids=["nothing under it", "said nowhere", "not whole"],
)  # fmt: skip
def test_a_wrong_claim_is_refused(entry, sentence):
    assert refusal(purpose.claims_of, {"fine": CLAIM, "runs": entry}) == f"claims.toml: runs: {sentence}"


def test_a_hazard_is_read_whole():
    assert purpose.hazards_of({"rule": HAZARD | {"number": "H6", "open": "Pages."}}) == {
        "rule": purpose.Hazard(
            id="rule",
            hazard="A rule is wrong.",
            cause="Misread.",
            harm="Treated too early.",
            severity="passing harm",
            likelihood="rare",
            controls=("Examples.",),
            tests=("a::b",),
            number="H6",
            open="Pages.",
        )
    }


@pytest.mark.parametrize("changed", [{"tests": []}, {"open": None}], ids=["no tests", "nothing open"])
def test_a_hazard_is_held_by_tests_or_openly_by_none(changed):
    (one,) = purpose.hazards_of({"rule": HAZARD | {"open": "Later."} | changed}).values()
    assert one.tests or one.open


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (HAZARD | {"severity": "bad"},
         "severity is one of: death or lasting harm, harm that needs treatment, passing harm, no bodily harm."),
        (HAZARD | {"likelihood": "often"}, "likelihood is one of: likely, possible, unlikely, rare."),
        (HAZARD | {"controls": []}, "Say what is done about it: add controls."),
        (HAZARD | {"tests": []}, "Name the tests that hold it, or say in `open` why none can yet."),
        (without(HAZARD, "cause"), "Hazard.__init__() missing 1 required positional argument: 'cause'. " + KEYS),
    ],
    ids=["severity", "likelihood", "no control", "held by nothing", "not whole"],
)  # fmt: skip
def test_a_wrong_hazard_is_refused(entry, sentence):
    assert refusal(purpose.hazards_of, {"fine": HAZARD, "rule": entry}) == f"hazards.toml: rule: {sentence}"


def test_the_words_are_worst_first():
    assert purpose.SEVERITIES == (
        "death or lasting harm", "harm that needs treatment", "passing harm", "no bodily harm",
    )  # fmt: skip
    assert purpose.LIKELIHOODS == ("likely", "possible", "unlikely", "rare")


def test_the_registers_are_those_of_their_files():
    for register in (purpose.purpose, purpose.claims, purpose.hazards):
        register.cache_clear()
    assert purpose.purpose().nations == ("England", "Scotland", "Wales", "Northern Ireland")
    assert purpose.purpose().confirmed_by.startswith("Nobody yet.")
    assert "nobody_signed" in purpose.claims()
    assert purpose.hazards()["isotretinoin_month_end"].number == "H1"
    assert purpose.purpose() is purpose.purpose()
