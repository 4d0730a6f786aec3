"""What a scanner's imager sees of a phone that is held before it: perspective, distance, glare, blur and noise."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from twin.phone_screen import Shown

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]
F64 = NDArray[np.float64]

_FINER = 4
"""Each pixel is the mean of so many in each direction, as a pixel of an imager takes in all light on its area."""
_LIT, _DARK, _ROOM = 225.0, 18.0, 40.0
"""Grey levels of a white and a black screen, and of what is behind: exposed for the screen. Our assumption."""


@dataclass(frozen=True, slots=True)
class Imager:
    """A scanner's camera.

    Args:
        width: pixels.
        height: pixels.
        field_deg: horizontal field of view.
        blur_px: standard deviation of its lens and of the hand's tremor.
        noise: standard deviation, grey levels.
    """

    width: int = 640
    height: int = 480
    field_deg: float = 42.0
    blur_px: float = 0.8
    noise: float = 6.0

    @property
    def focal_px(self) -> float:
        """Pixels on a slope of 1."""
        return self.width / 2 / float(np.tan(np.radians(self.field_deg) / 2))

    def px_per_module(self, shown: Shown, distance_m: float) -> float:
        """Return how many pixels a QR module held straight at a distance is wide."""
        return self.focal_px * shown.module_mm / (distance_m * 1000)

    def distance_of(self, shown: Shown, px_per_module: float) -> float:
        """Return the distance, metres, at which a module is so many pixels wide."""
        return self.focal_px * shown.module_mm / (px_per_module * 1000)


@dataclass(frozen=True, slots=True)
class Glare:
    """A lamp's reflection in the glass.

    Args:
        x: middle, 0..1 of the picture's width.
        y: middle, 0..1 of its height.
        radius_px: where it is at 61 % of its strength.
        strength: 0..1; 1 is as bright as the imager can tell.
    """

    x: float
    y: float
    radius_px: float
    strength: float


@dataclass(frozen=True, slots=True)
class Held:
    """How a phone is held before the imager.

    Args:
        distance_m: along the optical axis, to the middle of the QR.
        tilt_deg: about the imager's horizontal and vertical axis.
        roll_deg: about its optical axis.
        shift_mm: right and down from the optical axis.
        glare: a reflection, or None.
    """

    distance_m: float
    tilt_deg: tuple[float, float] = (0.0, 0.0)
    roll_deg: float = 0.0
    shift_mm: tuple[float, float] = (0.0, 0.0)
    glare: Glare | None = None


TILT_DEG = 23.0
"""The most that a phone is tilted by somebody who means to be read."""


def held_by(draws: Generator, distance_m: float, *, tilt_deg: float = TILT_DEG) -> Held:
    """Return one way of holding a phone at a distance, any way round."""
    tilts = draws.uniform(-tilt_deg, tilt_deg, 2)
    shifts = draws.uniform(-8, 8, 2)
    roll = draws.uniform(0, 360)
    return Held(distance_m, (float(tilts[0]), float(tilts[1])), float(roll), (float(shifts[0]), float(shifts[1])))


def see(imager: Imager, shown: Shown, held: Held, draws: Generator) -> U8:
    """Return the picture.

    Args:
        imager: what looks.
        shown: what is on the phone.
        held: how it is held.
        draws: the noise of this picture.

    Returns:
        (H, W) uint8, grey.
    """
    fine = (imager.width * _FINER, imager.height * _FINER)
    texture = _levels(shown, imager.focal_px / (held.distance_m * 1000))
    seen = cv2.warpPerspective(
        texture,
        _map(imager, shown, held),
        fine,
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=_ROOM,
    )
    picture = np.asarray(cv2.resize(seen, (imager.width, imager.height), interpolation=cv2.INTER_AREA), np.float32)
    if held.glare:
        picture = picture + _spot(imager, held.glare)
    if imager.blur_px:
        picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), imager.blur_px), np.float32)
    noisy = picture + imager.noise * draws.standard_normal(picture.shape, np.float32)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def _levels(shown: Shown, px_per_mm: float) -> F32:
    """Return the screen in grey levels, softened where the finest pixels would skip some of its own."""
    grey = np.asarray(cv2.cvtColor(shown.rgb, cv2.COLOR_RGB2GRAY), np.float32) / 255
    skipped = shown.px_per_mm / (px_per_mm * _FINER)
    if skipped > 1:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), skipped / 2), np.float32)
    return np.asarray(_DARK + grey * (_LIT - _DARK), np.float32)


def _map(imager: Imager, shown: Shown, held: Held) -> F64:
    """Return the (3, 3) homography from the screen's pixels to the finest pixels of the picture."""
    column, row = shown.middle_px
    to_mm = np.array([[1, 0, -column], [0, 1, -row], [0, 0, shown.px_per_mm]]) / shown.px_per_mm
    turn = _turned(*held.tilt_deg, held.roll_deg)
    place = np.column_stack([turn[:, 0], turn[:, 1], [*held.shift_mm, held.distance_m * 1000]])
    focal = imager.focal_px * _FINER
    lens = np.array([[focal, 0, imager.width * _FINER / 2], [0, focal, imager.height * _FINER / 2], [0, 0, 1]])
    return np.asarray(lens @ place @ to_mm, np.float64)


def _turned(about_x: float, about_y: float, about_z: float) -> F64:
    """Return the (3, 3) rotation: roll first, then the tilts."""
    turns = [np.radians(angle) for angle in (about_x, about_y, about_z)]
    rx = cv2.Rodrigues(np.array([turns[0], 0, 0]))[0]
    ry = cv2.Rodrigues(np.array([0, turns[1], 0]))[0]
    rz = cv2.Rodrigues(np.array([0, 0, turns[2]]))[0]
    return np.asarray(ry @ rx @ rz, np.float64)


def _spot(imager: Imager, glare: Glare) -> F32:
    y, x = np.mgrid[: imager.height, : imager.width].astype(np.float32)
    off = ((x - glare.x * imager.width) ** 2 + (y - glare.y * imager.height) ** 2) / glare.radius_px**2
    return np.asarray(255 * glare.strength * np.exp(-off / 2), np.float32)
