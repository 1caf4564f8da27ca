"""What differs between two photographs of the same skin: the ranges and the seeds, frozen.

They were written down before any estimator, prior or limit was tuned, and may not be changed for a figure's sake: a
figure that is not reached is reported as it is. They are those of the prototype's re-captures, drawn evenly between
the limits, each on its own.

`CALIBRATION` seeds, on the calibration persons of `people`, are for whoever fits a prior or chooses a limit; `REPORT`
seeds, on the report persons, are for the table alone.
"""

from dataclasses import dataclass, replace

import numpy as np

YAW_DEG, PITCH_DEG, ROLL_DEG = 3.0, 3.0, 4.0
"""Most that a head turns from where it was, to either side."""
SCALE = 0.04
"""Most that the size in the picture changes, either way."""
CAMERA_MM = 700.0
"""From the camera to the face, for the perspective."""
EXPOSURE_EV = 0.3
CAST = 0.05
"""Most that red and blue each gain or lose against green, in linear light."""
LIGHT = 0.15
"""Most that light from one side adds or takes, at a right angle to where the face looks."""
BLUR_PX = 0.8
"""Most of the Gaussian sigma of the blur that is added."""
NOISE_GREY = (2.0, 2.5)
"""Standard deviation of the noise that is added to each channel, in grey levels of 255."""
JPEG_QUALITY = (75, 95)

STICKER_CAST, STICKER_GAMMA, STICKER_NOISE_GREY, STICKER_QUALITY = 0.10, 0.08, 2.0, 88
"""For colour with a sticker: a wider cast, and the exponent of a camera's own tone curve, either way from 1."""
STICKER_SHADING = 0.08
"""By how much the light on the face alone differs, where it does."""

CALIBRATION = range(1_000_000, 2_000_000)
REPORT = range(2_000_000, 3_000_000)


@dataclass(frozen=True)
class Nuisance:
    """What differs in one re-capture."""

    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    scale: float = 1.0
    exposure_ev: float = 0.0
    red: float = 1.0
    blue: float = 1.0
    light: float = 0.0
    light_from_deg: float = 0.0
    """In the plane of the picture, clockwise from the right."""
    gamma: float = 1.0
    """Exponent of the camera's own tone curve, over coded values of 0 to 1."""
    blur_px: float = 0.0
    noise_grey: float = 0.0
    jpeg_quality: int | None = None
    """None: not compressed."""
    noise_seed: int = 0


def draw(seed: int) -> Nuisance:
    """Return the nuisances of one shot."""
    chance = np.random.default_rng(seed)

    def about(limit: float) -> float:
        return float(chance.uniform(-limit, limit))

    return Nuisance(
        yaw_deg=about(YAW_DEG),
        pitch_deg=about(PITCH_DEG),
        roll_deg=about(ROLL_DEG),
        scale=1 + about(SCALE),
        exposure_ev=about(EXPOSURE_EV),
        red=1 + about(CAST),
        blue=1 + about(CAST),
        light=float(chance.uniform(0, LIGHT)),
        light_from_deg=float(chance.uniform(0, 360)),
        blur_px=float(chance.uniform(0, BLUR_PX)),
        noise_grey=float(chance.uniform(*NOISE_GREY)),
        jpeg_quality=int(chance.integers(JPEG_QUALITY[0], JPEG_QUALITY[1], endpoint=True)),
        noise_seed=seed,
    )


def draw_for_sticker(seed: int, *, shaded: bool) -> Nuisance:
    """Return the nuisances of one shot with a sticker, in even light or with the face alone lit otherwise.

    Pose and blur stay out: they do not touch colour.
    """
    chance = np.random.default_rng(seed)
    exposure, red, blue, gamma, turn = chance.uniform(-1, 1, 5)
    return Nuisance(
        exposure_ev=float(exposure) * EXPOSURE_EV,
        red=1 + float(red) * STICKER_CAST,
        blue=1 + float(blue) * STICKER_CAST,
        gamma=1 + float(gamma) * STICKER_GAMMA,
        light=STICKER_SHADING if shaded else 0.0,
        light_from_deg=180 * float(turn),
        noise_grey=STICKER_NOISE_GREY,
        jpeg_quality=STICKER_QUALITY,
        noise_seed=seed,
    )


def visit(seeds: range, number: int, shots: int) -> tuple[Nuisance, ...]:
    """Return the shots of visit `number` (0, 1, …), every one of its own: the table's figures are taken with these.

    At most ten shots; no two visits share a seed.
    """
    return tuple(draw(seeds[number * 10 + shot]) for shot in range(shots))


def visit_in_one_light(seeds: range, number: int, shots: int) -> tuple[Nuisance, ...]:
    """Return the same shots with the light, exposure and cast of the first: harder, since no shot can tell of it.

    In a real room all shots of a visit share their light, and their scatter says nothing about the next visit's.
    """
    first, *others = visit(seeds, number, shots)
    shared = {name: getattr(first, name) for name in ("exposure_ev", "red", "blue", "light", "light_from_deg")}
    return (first, *(replace(other, **shared) for other in others))
