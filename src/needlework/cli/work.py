"""`needlework work`: the background part alone, beside a `needlework serve --no-work`."""

import argparse

from needlework.cli import installation

EXAMPLE = "needlework work"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no arguments."""


def run(_options: argparse.Namespace) -> int:
    """Open the installation and work until told to end."""
    installation.opened()
    from needlework.work import worker

    worker.run_forever()
    return 0
