"""Everything asked of two visits at once: the photographs aligned once, then every measure of every zone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from needlework.evidence.zones import zones as zone_table
from needlework.imaging.arrays import Mask
from needlework.imaging.measures import redness, scars, spots, striae, texture, tone, wrinkles
from needlework.imaging.measures.bands import Bands
from needlework.imaging.measures.colours import Colours
from needlework.imaging.measures.estimate import Estimate, Unmeasured
from needlework.imaging.registration.aligning import align
from needlework.imaging.registration.matching import texture as matched
from needlework.imaging.registration.stack import Stack, Texture, View
from needlework.imaging.zones.body import body
from needlework.imaging.zones.causes import Cause
from needlework.imaging.zones.masks import masks, too_little

Found = Estimate | Unmeasured
CONTROL_ITSELF = Unmeasured(
    "This is the control zone: without the sticker, the colour of the other zones is told against it, so that its own "
    "cannot be told."
)


@dataclass(frozen=True, eq=False)
class Visits:
    """The photographs of two visits on one grid, and which pixels of each zone count."""

    stack: Stack
    zones: Mapping[str, Mask | Unmeasured]
    texture: Texture
    colours: Colours
    spots: "spots.Spots | Unmeasured"
    control: str | None
    scaled_by_sticker: bool

    @classmethod
    def of(
        cls, before: Sequence[View], after: Sequence[View], *, zones: Sequence[str], control: str | None
    ) -> "Visits":
        """Align two visits and find the skin of every zone."""
        views, stack = [*before, *after], align(before, after)
        found = _found(stack, zones)
        skin = _union(stack, found.values())
        matching = matched(stack, skin)
        return cls(
            stack=stack,
            zones={zone: found[zone] for zone in zones},
            texture=matching,
            colours=Colours.of(stack, [view.sticker for view in views], skin),
            spots=spots.Spots.of(matching, stack, skin),
            control=control,
            scaled_by_sticker=stack.points is None
            or any(view.sticker and view.sticker.scale_trusted for view in views),
        )

    @cached_property
    def measurable(self) -> dict[str, Mask]:
        """The zones of which enough can be seen."""
        return {zone: mask for zone, mask in self.zones.items() if not isinstance(mask, Unmeasured)}

    def skin(self, zones: Iterable[str]) -> Mask:
        """Return what counts of some zones that can be measured."""
        return _union(self.stack, [self.measurable[zone] for zone in zones])

    @cached_property
    def bands(self) -> Bands:
        """The structure of the skin by its width."""
        return Bands.of(self.texture, self.stack)

    @cached_property
    def estimates(self) -> dict[tuple[str, str], Found]:
        """Every measure of every zone."""
        return {(zone, name): found for zone, mask in self.zones.items() for name, found in self._of(zone, mask)}

    def _of(self, zone: str, mask: Mask | Unmeasured) -> Iterator[tuple[str, Found]]:
        structures = {"wrinkles": wrinkles, "texture": texture, "scars": scars}
        if self.stack.points is None:
            structures["striae"] = striae
        if isinstance(mask, Unmeasured):
            yield from ((name, mask) for name in (*structures, "spots", "redness", "tone"))
            return
        for name, measure in structures.items():
            yield name, measure.measure(self.bands, mask)
        yield "spots", self.spots if isinstance(self.spots, Unmeasured) else spots.measure(self.spots, mask)
        beside = None if self.colours.absolute else self._beside(zone)
        for name, told in {"redness": redness.measure, "tone": tone.measure}.items():
            yield name, beside if isinstance(beside, Unmeasured) else told(self.colours, mask, beside)

    def _beside(self, zone: str) -> Mask | Unmeasured | None:
        """Return the skin that the colour of a zone is compared with for want of a sticker, if there is any."""
        if zone == self.control:
            return CONTROL_ITSELF
        return None if self.control is None else self.zones[self.control]

    def as_json(self) -> dict[str, Any]:
        """Return what the promised answer says of the photographs together."""
        return {
            "scale_mm_per_px": round(self.stack.mm_per_px, 4),
            "colour_reference": "card" if self.colours.absolute else "none",
            "registration": self._registration(),
        }

    def _registration(self) -> dict[str, float]:
        """Return the error of the alignment in the zones, over every shot but the one the others were laid on."""
        skin = self.skin(self.measurable)
        moved = [error[skin] for error in self.stack.error_mm if error.any()]
        errors = np.concatenate(moved) if moved and skin.any() else np.zeros(1)
        return {"median_mm": round(float(np.median(errors)), 3), "p95_mm": round(float(np.quantile(errors, 0.95)), 3)}


def _found(stack: Stack, zones: Sequence[str]) -> dict[str, Mask | Unmeasured]:
    """Return the skin of the zones, and of every other one of a face: it tells of the light and the spread of points.

    What is said of a zone would otherwise depend on which others are asked for.
    """
    if stack.points is None:
        return {zone: _body(stack, zone) for zone in zones}
    return masks(stack, list(dict.fromkeys([*zone_table().face, *zones])))


def _body(stack: Stack, zone: str) -> Mask | Unmeasured:
    outlines = [outline for outline in stack.stickers if outline is not None]
    return body(stack, zone, outlines) if len(outlines) == len(stack.images) else too_little(zone, Cause.UNALIGNED)


def _union(stack: Stack, found: Iterable[Mask | Unmeasured]) -> Mask:
    skin = np.zeros(stack.images.shape[1:3], bool)
    for mask in found:
        if not isinstance(mask, Unmeasured):
            skin |= mask
    return skin
