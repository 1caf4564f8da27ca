"""`needlework forecast sbml FILE`: a course of the model, for other tools."""

import argparse
import sys
from typing import TYPE_CHECKING

from needlework.cli import documents
from needlework.cli.errors import BadInputError
from needlework.evidence.errors import InputError

if TYPE_CHECKING:
    from needlework.forecast.expecting import Course

EXAMPLE = "needlework forecast --example | needlework forecast sbml - --out course.xml"
MEDIANS = (
    "Every parameter is the median, taken alone, of {number} draws that came with Needlework ({how}), "
    "made of published data with the digest {digest}."
)
BEGIN = "begin with `needlework forecast --example`"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the document and `--out`."""
    parser.add_argument("file", metavar="FILE", help="the document of `needlework forecast`, or - for standard input")
    parser.add_argument("--out", metavar="FILE.xml", help="a new file to write, in place of standard output")


def run(options: argparse.Namespace) -> int:
    """Write the course with the medians of the packaged posterior."""
    made = _written(_course(options.file)).encode()
    if options.out is None:
        sys.stdout.buffer.write(made)
        return 0
    documents.save(options.out, made)
    print(f"Wrote {options.out}: SBML Level 3 Version 2. It holds medians and no bands; its notes say more.")
    return 0


def _course(file: str) -> "Course":
    from needlework.cli.forecasting.reading import read

    document = documents.read(file, begin=BEGIN)
    try:
        return _alone(set(read(document).courses.values()))
    except InputError as wrong:
        raise BadInputError(f"{file}: {wrong}") from None


def _alone(courses: "set[Course]") -> "Course":
    if len(courses) > 1:
        raise InputError("zones", "SBML holds one depth and density. Send those of one zone.")
    return courses.pop()


def _written(course: "Course") -> str:
    try:
        from needlework.forecast import sbml
    except ImportError:
        raise BadInputError("This needs libSBML. Install it: pip install 'needlework[research]'.") from None
    import numpy as np

    from needlework.forecast.calibration.posterior import posterior
    from needlework.forecast.model import parameters

    draws = posterior()
    medians = parameters.values(np.median(draws.free, axis=0)[None])
    return sbml.document(course, medians, of=MEDIANS.format(number=len(draws.free), how=draws.how, digest=draws.digest))
