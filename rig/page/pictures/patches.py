"""Where two pictures differ: a few boxes around whoever moves before a store that does not."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

Picture = np.ndarray[Any, Any]
"""(H, W, 3) uint8, BGR."""
Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""

# Grey levels by which a pixel must differ after smoothing: a sensor's grain stays below.
DIFFERS = 10
# Boxes on a grid of so many pixels touch one another where one person moves, and each codes well.
CELL = 8
# A cell in which fewer pixels differ than so many holds grain: 4 grey levels of its mean a pixel.
LEAST = 8
# A few boxes: each costs a header of some 50 bytes.
MOST = 5


def boxes(key: Picture, picture: Picture) -> list[Box]:
    """Return boxes that hold every visible difference, largest first.

    Args:
        key: what is shown otherwise.
        picture: of the same shape.
    """
    blue, green, red = cv2.split(cv2.absdiff(cv2.blur(key, (3, 3)), cv2.blur(picture, (3, 3))))
    mask = cv2.threshold(cv2.max(cv2.max(blue, green), red), DIFFERS, 255, cv2.THRESH_BINARY)[1]
    height, width = mask.shape
    whole = cv2.copyMakeBorder(mask, 0, -height % CELL, 0, -width % CELL, cv2.BORDER_CONSTANT)
    # The mean of a cell in which as little as one pixel differs rounds to more than 0.
    shape = whole.shape[1] // CELL, whole.shape[0] // CELL
    cells = cv2.threshold(cv2.resize(whole, shape, interpolation=cv2.INTER_AREA), LEAST, 1, cv2.THRESH_BINARY)[1]
    cells = cv2.dilate(cells, np.ones((3, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(cells, connectivity=8)
    found = [_clipped(stats[label], width, height) for label in range(1, count)]
    found.sort(key=lambda box: (-box[2] * box[3], box))
    return found if len(found) <= MOST else [*found[: MOST - 1], _around(found[MOST - 1 :])]


def _clipped(stats: np.ndarray[Any, Any], width: int, height: int) -> Box:
    x, y, w, h = (int(v) * CELL for v in stats[:4])
    return x, y, min(w, width - x), min(h, height - y)


def _around(some: list[Box]) -> Box:
    x0, y0 = min(b[0] for b in some), min(b[1] for b in some)
    x1, y1 = max(b[0] + b[2] for b in some), max(b[1] + b[3] for b in some)
    return x0, y0, x1 - x0, y1 - y0
