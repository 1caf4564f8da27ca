"""Power cuts while a clinic writes, 40 for each setting: what was acknowledged and what lost. Needs root."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.power import cut_again_and_again
from tests.serving import environment

CUTS = 40
OPEN = "from needlework.cli import installation; installation.opened()"
SETTINGS = {"FULL (ours)": "needlework.config.settings", "NORMAL": "tests.settings_losing"}


def main() -> None:
    """Print a line for each setting."""
    print(f"{'synchronous':12} {'cuts':>5} {'acknowledged':>13} {'lost':>6} {'files lost':>11} {'damaged':>8} {'s':>6}")
    with tempfile.TemporaryDirectory(prefix="needlework-bench-") as folder:
        home = Path(folder) / "clinic"
        own = environment(home) | {"NEEDLEWORK_KEY_FILE": f"{home}.key"}
        subprocess.run([sys.executable, "-c", OPEN], env=own, check=True)
        for name, settings in SETTINGS.items():
            began = time.monotonic()
            found = cut_again_and_again(CUTS, home, Path(folder), own | {"DJANGO_SETTINGS_MODULE": settings})
            print(
                f"{name:12} {CUTS:5} {found.acknowledged:13} {found.lost:6} {found.files_lost:11} "
                f"{len(found.damaged):8} {time.monotonic() - began:6.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
