"""What the product says of itself: each claim is in the register, and no text claims beyond it."""

import argparse
import re

import pytest

from needlework.cli.main import COMMANDS, load
from needlework.clinical import purpose
from tests.repo.test_hazards import missing
from tests.repo.tree import ROOT, files, name

BEYOND = re.compile(
    r"\b(AI|A\.I\.|artificial intelligence|machine learning|diagnos\w*|recommend\w*|treats|cur(?:e|es|ed|ing)|heals?"
    r"|safe|safely|safest|detect\w*|monitor\w*|analys\w*|interpret\w*|alarm\w*|calculat\w*|predict\w*|prevent\w*"
    r"|guarantee\w*|proven|clinically|effective\w*|accurate\w*|best|risk-free|painless|approved|certified|compliant)\b",
    re.IGNORECASE,
)
"""Words of a medical purpose, of a promise, and those that regulators name as raising the flag."""

ALLOWED = {
    "a diagnosis cannot be moved": "what encryption binds to its place",
    "cannot prevent them": "says what it does not do",
    "DetectedIssue": "FHIR's name",
    "envelope in a safe": "a piece of furniture",
    "hand it over safely": "what a person does with a file",
    "keep-the-key-safe": "the address of a page about a file",
    "Keep the key safe": "a file",
    "never one recommended depth": "says what it does not do",
    "nonces is safe": "cryptography",
    "prediction, result": "ruled out by the glossary",
    "safe depth": "ruled out by the glossary",
    "safe place": "where a file is kept",
    "safe request": "HTTP's word for a request that writes nothing",
    "safe settings from unsafe": "settings of a database",
    "Smallest detectable change": "the name of a statistic, defined in the glossary",
    "smallest detectable change": "the same",
    "It is no diagnosis": "says what it is not",
    "best first": "the order of a list",
    "the interpreter": "Python",
    "who treats": "the practitioner, who is a person",
}
"""Where such a word says something else, and why."""


def texts() -> dict[str, str]:
    """Return what the product says of itself, by where it says it; pages made from rules have tests of their own."""
    pages = {name(path): path.read_text("utf-8") for path in files(".md")}
    own = {place: text for place, text in pages.items() if not text.startswith("<!-- Written by")}
    return own | {f"needlework {command}": help_of(command) for command in COMMANDS}


def help_of(command: str) -> str:
    parser = argparse.ArgumentParser(description=COMMANDS[command])
    module = load(command)
    module.add_arguments(parser)
    return " ".join(f"{parser.format_help()} {module.EXAMPLE}".split())


def beyond(text: str) -> list[str]:
    """Return the words of a text that claim more than the register, those apart that say something else."""
    for phrase in ALLOWED:
        text = text.replace(phrase, "")
    return [found[0] for found in BEYOND.finditer(" ".join(text.split()))]


TEXTS = texts()


@pytest.mark.parametrize("place", TEXTS)
def test_no_text_claims_beyond_the_register(place):
    assert beyond(TEXTS[place]) == [], "Say it otherwise, or add the phrase to ALLOWED with why it is no claim"


@pytest.mark.parametrize("phrase", ALLOWED)
def test_no_exception_outlives_its_text(phrase):
    assert any(phrase in text for text in TEXTS.values())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It diagnoses acne.", ["diagnoses"]),
        ("An AI that recommends\na safe depth for a safe place, safely.", ["AI", "recommends", "safely"]),
        ("Painless and clinically proven.", ["Painless", "clinically", "proven"]),
        ("A trained person said so; the curve is unsafe to read.", []),
    ],
)
def test_the_search_finds_claims(text, found):
    assert beyond(text) == found


@pytest.mark.parametrize("claim", purpose.claims().values(), ids=lambda one: one.id)
def test_a_claim_stands_where_it_says_and_rests_on_what_is_there(claim):
    for page in claim.said_in:
        assert claim.words in (ROOT / page).read_text("utf-8"), page
    assert [page for page in claim.pages if not (ROOT / page).is_file()] == []
    assert missing(claim.tests) == []


def test_the_readme_claims_what_the_register_holds():
    claimed = [one.id for one in purpose.claims().values() if "README.md" in one.said_in]
    assert claimed == ["whole_course", "supports_judgement", "nothing_leaves", "sealed"]
