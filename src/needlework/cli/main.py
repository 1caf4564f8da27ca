"""`needlework …`: finds the command's module and runs it. Only the command that runs is imported.

A command is a module of this folder, listed in COMMANDS. It has EXAMPLE (a line to copy), `add_arguments(parser)` and
`run(options) -> int`, the exit code: 0 done, 1 failed. What is wrong with the input it raises as BadInputError: exit
code 2 and one line on standard error.
"""

import argparse
import difflib
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import NoReturn, Protocol, cast

from needlework import __version__
from needlework.cli.errors import BadInputError

CLINIC = {
    "demo": "a believable clinic on this machine, nothing to configure",
    "serve": "the real thing: web and background work",
    "work": "background work alone, where a supervisor runs it apart from the web",
    "backup": "write everything that a clinic holds into one encrypted file",
    "restore": "put a backup into an empty home, after checking all of it",
    "move-to": "move a clinic from SQLite to PostgreSQL, and verify every row",
    "export": "a copy of everything held about one patient, in open formats",
    "trial-payments": "a payment provider on this machine, to try paying online without any money",
    "audit": "check that the record of what was done and seen is whole",
    "manage": "Django's own commands on this installation",
}
RULES = {
    "screen": "health answers and a plan: what speaks against treatment, until when, and why",
    "plan": "concerns, zones and device: published ranges, limits, sessions, gates; never one recommended depth",
    "numbing": "does a numbing cream keep to its dose, area and time, and who must not have it",
    "aftercare": "a finished session: dated instructions, what to expect on each day, and why",
    "triage": "reported signs to who looks at them, how soon, and the whole safety net",
    "evidence": "a fact, rule or sign with its sources; a search; what is weak, conflicting or due",
}
PHOTOGRAPHS = {
    "sticker": "the printed card for scale and colour, as a page to print",
    "inspect": "is a photograph fit to be measured, and what to change if not",
    "measure": "what changed between two visits, with its error, or why that cannot be told",
}
FORECAST = {
    "forecast": "what to expect over a course, with bands, and where a measurement stands in them",
    "forecast fit": "fit the model to the published numbers again, quickly, and show what they say",
    "forecast sample": "draw from the whole posterior, and package the draws",
    "forecast validate": "how the model does on studies that it was not fitted to",
    "forecast cohort": "a virtual practice, and the power of a study to tell two protocols apart",
    "forecast sbml": "a course of the model, for other tools",
}
GROUPS = {"A clinic": CLINIC, "The rules": RULES, "Photographs": PHOTOGRAPHS, "What to expect": FORECAST}
COMMANDS = CLINIC | RULES | PHOTOGRAPHS | FORECAST
"""Name → one line of help; `move-to` is the module `move_to`, `forecast fit` is `forecast_fit`."""
TO_MODULE = str.maketrans("- ", "__")
WIDTH = max(map(len, COMMANDS))


class Command(Protocol):
    """What the module of a command holds."""

    EXAMPLE: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, options: argparse.Namespace) -> int:
        """Do it and return the exit code."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints take one line."""

    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage."""
        raise BadInputError(f"{message[:1].upper()}{message[1:]}. See `{self.prog} --help`.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _print_what_it_can()
    try:
        code = _run(given)
        sys.stdout.flush()
    except BrokenPipeError:
        return _nobody_reads()
    except BadInputError as wrong:
        print(f"needlework: {' '.join(str(wrong).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("needlework: Stopped.", file=sys.stderr)
        return 1
    return code


def load(name: str) -> Command:
    """Import a command's module."""
    return cast(Command, import_module(f"needlework.cli.{name.translate(TO_MODULE)}"))


def _run(given: list[str]) -> int:
    words = _words(given)
    name = " ".join(words) or "--help"
    if name in {"--help", "-h", "help"}:
        print(_help())
        return 0
    if name == "--version":
        print(__version__)
        return 0
    if name not in COMMANDS:
        raise BadInputError(_unknown(name))
    command = load(name)
    parser = Parser(
        prog=f"needlework {name}",
        description=COMMANDS[name][:1].upper() + COMMANDS[name][1:] + ".",
        epilog=f"Example: {command.EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_arguments(parser)
    return command.run(parser.parse_args(given[len(words) :]))


def _words(given: list[str]) -> list[str]:
    """Return the words that name the command: two, where those are one."""
    return given[:2] if " ".join(given[:2]) in COMMANDS else given[:1]


def _print_what_it_can() -> None:
    """Let a question mark take the place of what a terminal cannot print, as a degree sign in plain ASCII."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _nobody_reads() -> int:
    """End without a word where the next program of a pipe stopped reading (`… | head`), as Python's manual shows."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 1


def _help() -> str:
    groups = [
        "\n".join([f"{heading}:", *(f"  {name:<{WIDTH}} {summary}" for name, summary in commands.items())])
        for heading, commands in GROUPS.items()
    ]
    usage, more = "Usage: needlework COMMAND …", "`needlework COMMAND --help` says more about one."
    return "\n\n".join([usage, *groups, more])


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, COMMANDS, n=1)
    guess = f"Did you mean {near[0]!r}? " if near else ""
    return f"There is no command {name!r}. {guess}`needlework --help` lists them all."
