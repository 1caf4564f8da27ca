"""The installation that a command looks after.

`config` stands above this room: it is reached by its name, as Django itself reaches its settings.
"""

import os
from importlib import import_module
from types import ModuleType

from needlework.cli.errors import BadInputError

SETTINGS = "needlework.config.settings"


def config(part: str) -> ModuleType:
    """Return a module of `config`."""
    return import_module(f"needlework.config.{part}")


def start_django() -> None:
    """Load the settings and every room."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django

    from needlework.vault.errors import KeyFileError

    try:
        django.setup()
    except KeyFileError as wrong:
        raise BadInputError(str(wrong)) from None


def opened() -> bool:
    """Open the home, start Django and prepare the database; say whether the clinic is still to be set up."""
    config("opening").open_home()
    start_django()
    return bool(config("preparing").prepare())


def found() -> None:
    """Start Django on a clinic that is there, of this very version, for commands that look after its data."""
    config("opening").find_home()
    start_django()
    config("preparing").require_this_version()
