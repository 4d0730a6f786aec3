"""The decoder in a scanner: from its imager's picture to the code and its AIM id."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import zxingcpp
from numpy.typing import NDArray

_READ = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.EAN13,
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCA,
    ]
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A code in a picture.

    Args:
        code: its bytes; whoever has them may be able to pay with them.
        aim_id: what it was shown in, "]Q1".
        middle_px: x and y of its middle.
    """

    code: bytes = field(repr=False)
    aim_id: str
    middle_px: tuple[float, float]


def read(picture: NDArray[np.uint8]) -> Seen | None:
    """Return the code nearest to the middle of a picture, where people hold what they mean; None without any.

    Args:
        picture: (H, W) uint8, grey.
    """
    height, width = picture.shape[:2]
    seen = [_seen(one) for one in zxingcpp.read_barcodes(picture, formats=_READ) if one.valid]
    return min(seen, key=lambda one: math.dist(one.middle_px, (width / 2, height / 2)), default=None)


def _seen(one: zxingcpp.Barcode) -> Seen:
    at = one.position
    corners = (at.top_left, at.top_right, at.bottom_left, at.bottom_right)
    middle = (sum(corner.x for corner in corners) / 4, sum(corner.y for corner in corners) / 4)
    return Seen(one.bytes, one.symbology_identifier, middle)
