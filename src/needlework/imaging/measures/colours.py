"""The colour of skin on every shot, prepared once for all zones, and what a zone's colour changed by.

With a trusted sticker on every shot colour is absolute: linear light under the sticker's own white. Without it, a zone
is compared with an untreated control zone: in log light any exposure and any cast is the same step for both, so that
it cancels exactly in their difference, and what is left is the change of the zone less the change of the control. It
is then told at the colour that the zone has in these photographs, over all shots: a zone photographed half a stop too
dark tells a change of ITA as darker skin would show it.

Either way the direction of light is evened out over the face first (`light_direction`).
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from needlework.imaging.arrays import Linear, Mask
from needlework.imaging.measures import blocks, cells
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.measures.light_direction import evened
from needlework.imaging.registration.stack import Stack
from needlework.imaging.sticker.reading import Reading

CELL_MM = 0.6
"""Colour is looked at in cells of this size: finer than any zone, coarser than noise and the colour blocks of JPEG."""
DARKEST = 1e-4
"""Of white: below it a camera tells nothing of colour."""
LEAST_BLOCK = 1 / 3
"""So much of a block must count."""
MEDIAN_EFFICIENCY = 1.2533
"""Standard error of a median over that of a mean, for Gaussian values."""

NO_REFERENCE = (
    "{} cannot be told without the sticker or an untreated control zone: "
    "put the sticker beside the skin, or name a zone that is not treated."
)

Reads = Callable[[Linear], NDArray[np.float32]]
"""Linear light (…, 3) to the number that tells of it (…)."""


@dataclass(frozen=True, eq=False)
class Colours:
    """The colour of every shot, in cells."""

    light: Linear
    """(n, h, w, 3) natural logarithm of linear light, the direction of light evened out."""
    after: NDArray[np.bool_]
    visible: Mask
    """(h, w): cells that every shot shows."""
    cell_mm: float
    absolute: bool
    """Whether a sticker gives the colours their meaning."""

    @classmethod
    def of(cls, stack: Stack, readings: Sequence[Reading | None], skin: Mask) -> "Colours":
        """Prepare the colours of a stack.

        Args:
            stack: the shots on one grid.
            readings: what each shot shows of the sticker, in the order of the stack.
            skin: (h, w) on the stack's grid: all the skin of the view that counts, whatever the zone.

        """
        height, width = stack.valid.shape[1:]
        size = cells.size(stack.valid.shape, stack.mm_per_px, CELL_MM)
        trusted = [reading for reading in readings if reading and reading.colour_trusted]
        absolute = len(trusted) == len(stack.images)
        light = [cells.light(image, size) for image in stack.images]
        if absolute:
            light = [reading.correct(plane) for reading, plane in zip(trusted, light, strict=True)]
        visible = cells.mask(np.asarray(stack.valid.all(axis=0)), size)
        shown = np.log(np.maximum(np.stack(light), DARKEST))
        if stack.points is not None:
            scale = [size[0] / width, size[1] / height]
            shown = evened(shown, visible & cells.mask(skin, size), stack.points[:, :2] * scale)
        return cls(shown, stack.after, visible, stack.mm_per_px * width / size[0], absolute)

    def within(self, zone: Mask) -> Mask:
        """Return the cells of a zone (on the stack's grid) that every shot shows."""
        return self.visible & cells.mask(zone, (self.visible.shape[1], self.visible.shape[0]))


def changed(name: str, reads: Reads, colours: Colours, zone: Mask, control: Mask | None) -> Estimate | Unmeasured:
    """Return the change of what is read of a zone's colour: absolute, or less that of the control zone."""
    asked = [zone] if colours.absolute else [zone, control]
    places = [colours.within(mask) for mask in asked if mask is not None]
    if len(places) < len(asked):
        return Unmeasured(NO_REFERENCE.format(name))
    steps = [_steps(colours, place) for place in places]
    if min(map(len, steps)) < blocks.LEAST_BLOCKS:
        return blocks.TOO_NARROW
    light = [np.median(colours.light[:, place], axis=1) for place in places]
    middle = _middle(light[0], colours.after)
    beside = (
        light[0] if colours.absolute else middle + light[0] - light[1] - _middle(light[0] - light[1], colours.after)
    )
    return _estimate(reads(np.exp(beside)), colours, math.hypot(*(_error(reads, middle, one) for one in steps)))


def _middle(values: NDArray[np.float32], after: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return the mean of both visits, (n, 3) to (3,), whatever their numbers of shots."""
    return np.asarray((values[~after].mean(axis=0) + values[after].mean(axis=0)) / 2, np.float32)


def _estimate(values: NDArray[np.float32], colours: Colours, within: float) -> Estimate:
    first, second = values[~colours.after].astype(np.float64), values[colours.after].astype(np.float64)
    return Estimate(
        change=float(second.mean() - first.mean()),
        before=tuple(first.tolist()),
        after=tuple(second.tolist()),
        within=within,
        relative=not colours.absolute,
    )


def _steps(colours: Colours, place: Mask) -> NDArray[np.float32]:
    """Return the change of log light of every block of a place, (blocks, 3)."""
    change = colours.light[colours.after].mean(axis=0) - colours.light[~colours.after].mean(axis=0)
    counts = blocks.sums(place.astype(np.float32), colours.cell_mm)
    sums = [blocks.sums(change[..., channel] * place, colours.cell_mm) for channel in range(3)]
    kept = counts >= LEAST_BLOCK * (blocks.BLOCK_MM / colours.cell_mm) ** 2
    return np.asarray(np.stack(sums, axis=-1)[kept] / counts[kept, None], np.float32)


def _error(reads: Reads, middle: NDArray[np.float32], steps: NDArray[np.float32]) -> float:
    """Return the standard error that is left by a change which is not the same in every block."""
    read = (reads(np.exp(middle + steps / 2)) - reads(np.exp(middle - steps / 2))).astype(np.float64)
    return MEDIAN_EFFICIENCY * blocks.jackknife((read.sum() - read) / (len(read) - 1))
