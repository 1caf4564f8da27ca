"""The child: `python -I -m needlework.imaging.files.child KIND…` decodes what comes in on standard input, confined."""

import sys

from needlework.imaging.files import confinement, kinds


def main() -> None:
    """Set the limits, load what the kinds of file need, give up everything else, and only then look at a file."""
    confinement.limit()
    from needlework.imaging.files import serving

    expected = sys.argv[1:]
    serving.load(expected)
    confinement.shut(threads=kinds.HEIF in expected)
    serving.serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
