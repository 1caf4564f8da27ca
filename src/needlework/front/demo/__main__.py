"""Build the demo clinic in the home that the environment names: `python -m needlework.front.demo 2026-11-22`."""

import json
import os
import sys
from datetime import date
from pathlib import Path

import django


def main(today: date) -> None:
    """Make key, database and clinic, and write down the ways in."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "needlework.config.settings")
    from needlework.vault import keys

    keys.create(Path(os.environ["NEEDLEWORK_KEY_FILE"]))
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from needlework.front.demo import build, links

    call_command("migrate", verbosity=0)
    build.clinic(today=today, say=say)
    (settings.HOME.path / "demo.json").write_text(json.dumps(links.all_roles(), indent=1), "utf-8")


def say(line: str) -> None:
    """Show how far the building is."""
    sys.stderr.write(f"  {line}\n")


if __name__ == "__main__":
    main(date.fromisoformat(sys.argv[1]))
