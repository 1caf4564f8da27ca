"""`needlework manage …`: Django's own commands on this installation."""

import argparse

from needlework.cli import installation

EXAMPLE = "needlework manage showmigrations"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: all of them are Django's."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="a command of Django with its own arguments")


def run(options: argparse.Namespace) -> int:
    """Pass the arguments on."""
    installation.start_django()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["needlework manage", *options.arguments])
    return 0
