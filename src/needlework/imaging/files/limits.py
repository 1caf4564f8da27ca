"""How large a photograph may be, in its file and in pixels; held by the parent and by the child alike."""

LARGEST_BYTES = 60_000_000
"""Of a file. A 50 MP phone writes 10 to 20 MB as a JPEG; a 24 MP photograph with 16 bits as PNG is near 100 MB."""
LARGEST_PIXELS = 65_000_000
"""Of a file: takes the 64 MP (9248 × 6936) that phones make, refuses the 100 MP and more that nothing here needs."""
LARGEST_SIDE = 20_000
"""Pixels. Keeps a few hostile numbers far from where a decoder multiplies them."""
SMALLEST_SIDE = 64
"""Pixels. Less is a thumbnail or an icon; the smallest face that can be measured is wider."""
LARGEST_KEPT = 25_000_000
"""Pixels of an image that leaves the child; a larger one is halved. A face that fills 12 MP is 0.08 mm a pixel, the
finest grid that is measured on 0.14 (`registration.grid.FINEST_MM`), and half of 64 MP is 16: nothing is lost that is
measured. 24 MP cameras write up to 24.5."""


def kept(width: int, height: int) -> tuple[int, int]:
    """Return the size of the image that leaves the child for a file of a size: its own, or half of it rounded up."""
    if width * height <= LARGEST_KEPT:
        return width, height
    return -(-width // 2), -(-height // 2)


def within(width: int, height: int) -> bool:
    """Tell whether a file of a size is neither too large nor too small."""
    return min(width, height) >= SMALLEST_SIDE and not beyond(width, height)


def beyond(width: int, height: int) -> bool:
    """Tell whether a file of a size is too large."""
    return max(width, height) > LARGEST_SIDE or width * height > LARGEST_PIXELS
