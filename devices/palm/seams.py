"""What a reader of pictures needs of others: somebody who knows palms, and for an emulator somebody who draws them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.palms import PalmAnswer

Image = NDArray[np.uint8]
"""(H, W), near-infrared, grey."""


class Matcher(Protocol):
    """Knows enrolled palms; keeps no picture."""

    def recognise(self, image: Image) -> PalmAnswer:
        """Return whose palm a picture shows, or why nobody's."""


@dataclass(frozen=True, slots=True)
class Palms:
    """What a bench brings for such readers.

    Args:
        matcher: makes one of a folder of sealed enrolments and the file of its keys.
        draw: draws a sample of the palm behind a handle: seed, handle, name of the sample; "" is a stranger's.
    """

    matcher: Callable[[Path, Path], Matcher]
    draw: Callable[[int, str, str], Image]
