"""From a picture to the codes of a living palm, or to the reason why there are none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from stack.palm.code import Probe, encode
from stack.palm.gabor import responses
from stack.palm.liveness import cues, unlike_skin
from stack.palm.roi import find_region
from stack.palm.valleys import Image


class Reason(Enum):
    """Why a presentation is turned down."""

    NOT_ACQUIRED = "no palm to be read"
    NOT_LIVE = "not a living hand"
    UNKNOWN = "nobody who enrolled"
    AMBIGUOUS = "two people are as likely"
    REPLAYED = "a picture played back"
    TWO_NEEDED = "both palms of one person are needed"


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What was read of a palm; no picture is in it.

    Args:
        probe: its codes.
        place: (4,) where the outer finger valleys were in the picture, px.
    """

    probe: Probe
    place: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A presentation that was turned down.

    Args:
        reason: what kind of trouble.
        detail: more of it, to show to whoever holds the hand there.
    """

    reason: Reason
    detail: str = ""


def acquire(image: Image, *, check_live: bool = True) -> Reading | Rejected:
    """Return the codes of the palm in a picture; the picture is not kept.

    Args:
        image: (H, W) uint8, a hand in near-infrared light before a dark background.
        check_live: whether to turn down what does not look like skin.
    """
    region = find_region(image)
    if isinstance(region, str):
        return Rejected(Reason.NOT_ACQUIRED, region)
    complaint = unlike_skin(cues(image, region)) if check_live else ""
    if complaint:
        return Rejected(Reason.NOT_LIVE, complaint)
    return Reading(encode(responses(region.square)), region.place)
