"""Whether a picture shows a living hand: image cues against the attacks that the twin simulates.

They are made for print, screen, glove and latex as the twin models them, and prove nothing beyond. A replay looks like
the hand itself; it is told by being too much like an earlier presentation (`stack/palm/replays.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from stack.palm.roi import Region
from stack.palm.valleys import HAND_LEVEL, Image

LEAST_VEINS = 0.0255
MOST_PATTERN, MOST_HAZE, MOST_GLARE = 22.0, 13.0, 0.001
"""Set on 250 palms of a tuning seed: about one live picture in a hundred has fewer veins, none more pattern."""
CREASE_PX, VEIN_PX, ROUND_PX, ALONG_PX = 11, 3.0, 9.0, 8.0
"""Dark lines narrower than the first are creases; what is between the next two across is as broad as a vein."""
FINE = (0.2, 0.5)
"""Cycles a pixel where skin has little and printing, pixels and fabric have their lines."""
POINT, AROUND = 3, 9
"""Width of a spectral line as the window spreads it, and of what it is held against."""


@dataclass(frozen=True, slots=True)
class Cues:
    """What tells skin from its picture.

    Args:
        veins: strength of broad dark bands along the hand, log brightness.
        pattern: strongest line of the fine spectrum, in means of what is around it.
        haze: grey level behind the hand.
        glare: share of overexposed pixels in the square.
    """

    veins: float
    pattern: float
    haze: float
    glare: float


def cues(image: Image, region: Region) -> Cues:
    """Return the cues of a picture.

    Args:
        image: (H, W) from the reader.
        region: the palm in it.
    """
    dark = image[image < HAND_LEVEL]
    behind = float(dark.mean()) if dark.size else float(HAND_LEVEL)
    return Cues(_veins(region.square), _pattern(region.square), behind, float((region.square > 250).mean()))


def unlike_skin(found: Cues) -> str:
    """Return why a picture does not show a living hand, or "" when nothing speaks against it."""
    complaints = {
        "a fine regular pattern, as of print, pixels or fabric": found.pattern > MOST_PATTERN,
        "light where it should be dark, as before a display": found.haze > MOST_HAZE,
        "a lamp mirrored in glass": found.glare > MOST_GLARE,
        "no veins under the skin": found.veins < LEAST_VEINS,
    }
    return next((what for what, seen in complaints.items() if seen), "")


def _veins(square: NDArray[np.float32]) -> float:
    """Return the strength of what is dark and as broad as a vein, once narrower lines are filled in."""
    logs = np.log(np.maximum(square, 1)).astype(np.float32)
    filled = cv2.morphologyEx(
        logs, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (CREASE_PX, CREASE_PX))
    )
    narrow = cv2.GaussianBlur(filled, (0, 0), VEIN_PX, sigmaY=ALONG_PX)
    return float((narrow - cv2.GaussianBlur(filled, (0, 0), ROUND_PX)).std())


def _pattern(square: NDArray[np.float32]) -> float:
    """Return the strongest point of the fine spectrum against what is around it.

    An edge, as of a plaster, is a streak through the spectrum, and has its like beside it; a pattern stands alone.
    """
    size = len(square)
    window = np.hanning(size).astype(np.float32)
    spectrum = np.fft.fftshift(np.fft.fft2((square - square.mean()) * np.outer(window, window)))
    power = np.square(np.abs(spectrum)).astype(np.float32)
    around, point = (cv2.boxFilter(power, -1, (n, n), normalize=False) for n in (AROUND, POINT))
    cycles = np.fft.fftshift(np.fft.fftfreq(size))
    radius = np.hypot(cycles[:, None], cycles[None])
    fine = (radius > FINE[0]) & (radius < FINE[1])
    return float((power / ((around - point) / (AROUND**2 - POINT**2)))[fine].max())
