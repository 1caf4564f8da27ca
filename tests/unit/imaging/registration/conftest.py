"""What several tests of this folder begin with."""

import pytest

from needlework.imaging.sticker import finding
from needlework.imaging.sticker.reading import Reading
from tests.stickers import scene


@pytest.fixture(scope="session")
def good_reading() -> Reading:
    """Return a sticker that can be trusted."""
    reading = finding.find(scene())
    assert reading is not None
    assert reading.scale_trusted
    return reading
