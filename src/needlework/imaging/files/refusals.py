"""Why a photograph is refused. The child says only which; the sentence is the parent's, so that no text leaves."""

from enum import IntEnum

from needlework.imaging.files import limits


class Refusal(IntEnum):
    """A reason that the child gives, as the number that leaves it."""

    DAMAGED = 1
    COSTLY = 2
    TOO_MANY_PIXELS = 3
    TOO_SMALL = 4
    ANIMATED = 5
    TRANSPARENT = 6
    COLOURS = 7
    HDR = 8
    DEEP_GREY = 9


class RefusedError(Exception):
    """The photograph is refused; the reason says why."""

    def __init__(self, refusal: Refusal) -> None:
        """Keep the reason."""
        super().__init__(refusal.name)
        self.refusal = refusal


AS_JPEG = "Set the camera or phone to JPEG, or export it there as one."
"""Not in a photo program: what such a program has saved is refused as edited."""

SENTENCES = {
    Refusal.DAMAGED: "It is damaged or ends too early. Copy it again from the camera or phone.",
    Refusal.COSTLY: f"It takes more time or memory than a photograph needs, so it was not decoded. {AS_JPEG}",
    Refusal.TOO_MANY_PIXELS: (
        f"It has more than {limits.LARGEST_PIXELS // 1_000_000} megapixels, or a side longer than "
        f"{limits.LARGEST_SIDE} pixels. Take it, or save it, with fewer: 12 megapixels are enough."
    ),
    Refusal.TOO_SMALL: (
        f"It is smaller than {limits.SMALLEST_SIDE} pixels on a side. Send the photograph itself, not a thumbnail."
    ),
    Refusal.ANIMATED: "It is an animation. Save the one photograph that you mean as a JPEG.",
    Refusal.TRANSPARENT: "More than half of it is transparent. Send the photograph before its background was removed.",
    Refusal.COLOURS: f"Its colour profile is broken or of a kind that is not known, so its colours are not. {AS_JPEG}",
    Refusal.HDR: "Its colours are coded for an HDR screen. Switch HDR off in the camera, or export it there as a JPEG.",
    Refusal.DEEP_GREY: f"It is grey with 16 bits and transparency, which is not taken. {AS_JPEG}",
}
