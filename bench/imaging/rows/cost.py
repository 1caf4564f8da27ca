"""What a pair of 12 MP photographs costs, and what a look at one frame costs.

`needlework measure` in a process of its own, with the processes that it starts, on two JPEG files of 4000 x 3000 pixels
with the face filling them; `inspect` of a frame of 2 MP on one core. Nothing else of the benchmark runs meanwhile.
"""

import resource
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import cv2
import numpy as np

from bench.imaging.cases import known_face, shot
from bench.imaging.nuisances import REPORT, visit
from bench.imaging.people import Person, report
from bench.imaging.recapture import recapture
from bench.imaging.table import Row, Work
from needlework.imaging.arrays import Image
from needlework.imaging.inspection.looking import inspect

LARGE, QUALITY = (3000, 4000), 90
FRAME_PIXELS = 2_000_000
RUNS, LOOKS = 3, 20
NUMBER = 50
"""Of the visits."""


class Cost(NamedTuple):
    """What one process took."""

    cpu_seconds: float
    """Of the process and those it started."""
    peak_mb: float
    """The most memory of any one of them."""


def rows(_: Work) -> list[Row]:
    """Return the costs of a pair and of a look."""
    # The last of the list is of the set with the most pixels.
    person = report()[-1]
    with TemporaryDirectory() as folder:
        files = photographs(person, Path(folder))
        costs = [of_a_pair(files) for _ in range(RUNS)]
    looks = of_a_look(person.image)
    return [
        Row(
            what="a 12 MP pair, one shot each, all of `needlework measure`",
            reached=f"{median(cost.cpu_seconds for cost in costs):.1f} CPU-s, "
            f"{median(cost.peak_mb for cost in costs):.0f} MB",
            wanted="5 CPU-s, 700 MB",
            count=RUNS,
            interval=f"runs from {min(costs).cpu_seconds:.1f} to {max(costs).cpu_seconds:.1f} CPU-s",
        ),
        Row(
            what="inspect a frame of 2 MP, one core",
            reached=f"{median(looks):.0f} ms",
            wanted="under 150 ms",
            count=LOOKS,
            interval=f"looks from {min(looks):.0f} to {max(looks):.0f} ms",
        ),
    ]


def photographs(person: Person, folder: Path) -> list[Path]:
    """Write two photographs of somebody, taken again and enlarged."""
    face = known_face(person)
    files = []
    for number, nuisance in enumerate(visit(REPORT, person.number * 200 + NUMBER, 2)):
        again = recapture(person.image, face.points, face.mm_per_px, nuisance).image
        large = cv2.resize(again, LARGE, interpolation=cv2.INTER_CUBIC)
        files.append(folder / f"{number}.jpg")
        cv2.imwrite(str(files[-1]), large[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return files


def of_a_pair(files: list[Path]) -> Cost:
    """Measure a pair by the command line, in a process whose only children it is."""
    needlework = Path(sys.executable).with_name("needlework")
    command = [str(needlework), "measure", "--before", str(files[0]), "--after", str(files[1])]
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(spent, command).result()


def spent(command: list[str]) -> Cost:
    """Run a command and return what it took; no other was ever run by this process."""
    subprocess.run([*command, "--json"], check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def of_a_look(image: Image) -> list[float]:
    """Return the milliseconds of several looks at one frame."""
    side = (FRAME_PIXELS / (image.shape[0] * image.shape[1])) ** 0.5
    frame = shot(np.asarray(cv2.resize(image, None, fx=side, fy=side, interpolation=cv2.INTER_AREA), np.uint8))
    cv2.setNumThreads(1)
    taken = []
    for _ in range(LOOKS + 1):
        begun = time.process_time()
        inspect(frame)
        taken.append(1000 * (time.process_time() - begun))
    return taken[1:]
