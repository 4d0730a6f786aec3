"""Labels of packages: generated pictures with the product's colour, its name and its barcode.

The left half is the front, the right half the back; the lowest sixteenth is plain (`twin.shapes.PLAIN`).
"""

from __future__ import annotations

import hashlib

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.layout import Product
from twin.barcode import MODULES, QUIET, ean13
from twin.shapes import PLAIN

Rgb = tuple[int, int, int]
Picture = NDArray[np.uint8]

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_WHITE: Rgb = (250, 250, 250)
_BLACK: Rgb = (15, 15, 15)
_LEAST_SIZE = 128  # a barcode needs 113 modules of at least one texel


def label(product: Product, colour: Rgb, size: int = _LEAST_SIZE) -> Picture:
    """Return a label.

    Args:
        product: its name and barcode go on it.
        colour: main colour.
        size: side in texels, a power of two, 128 or more.

    Returns:
        (size, size, 3) uint8, RGB. The same for the same arguments.
    """
    if size < _LEAST_SIZE or size & (size - 1):
        raise ValueError(f"a label needs a power of two of at least {_LEAST_SIZE} texels, not {size}")
    picture: Picture = np.full((size, size, 3), colour, np.uint8)
    printed = picture[: size - round(size * PLAIN)]
    _draw_front(printed[:, : size // 2], product, colour)
    _draw_back(printed[:, size // 2 :], product)
    return picture


def plain(colour: Rgb, size: int = 2) -> Picture:
    """Return a (size, size, 3) texture of one colour."""
    return np.full((size, size, 3), colour, np.uint8)


def _draw_front(panel: Picture, product: Product, colour: Rgb) -> None:
    """Draw a band or a disc in a second colour, and the name across it."""
    height, width = panel.shape[:2]
    draw = hashlib.sha256(product.id.encode()).digest()
    second = tuple(int(value) for value in (np.array(colour)[[1, 2, 0]] // 2 + 110))
    middle = (width // 2, height * (35 + draw[0] % 30) // 100)
    if draw[1] % 2:
        _disc(panel, middle, width * 3 // 8, second)
    else:
        panel[middle[1] - height // 8 : middle[1] + height // 8] = second
    words = product.name.split()
    line = height // 9
    for i, word in enumerate(words[:5]):
        _write(panel, word, (2 + (i + 1) * line) if draw[2] % 2 else height - (len(words[:5]) - i) * line)


def _draw_back(panel: Picture, product: Product) -> None:
    """Draw the barcode as a ladder, since it is longer than the panel is wide, where the code has bars."""
    height, width = panel.shape[:2]
    try:
        bars = ean13(product.gtin)
    except ValueError:
        return  # a number of the shop's own
    module = height // (MODULES + sum(QUIET))
    dark = np.array([bar == "1" for bar in "0" * QUIET[0] + bars + "0" * QUIET[1]])
    ladder = np.repeat(dark, module)
    left, right = width // 4, width - width // 4
    panel[: len(ladder), left:right] = np.where(ladder[:, None, None], _BLACK, _WHITE)


def _disc(panel: Picture, middle: tuple[int, int], radius: int, colour: tuple[int, ...]) -> None:
    y, x = np.ogrid[: panel.shape[0], : panel.shape[1]]
    panel[(x - middle[0]) ** 2 + (y - middle[1]) ** 2 <= radius**2] = colour


def _write(panel: Picture, word: str, baseline: int) -> None:
    """Write a word in white or black, whichever stands out, small enough to fit."""
    width = panel.shape[1]
    scale = width / 150
    (long, _), _ = cv2.getTextSize(word, _FONT, scale, 1)
    scale *= min(1.0, (width - 4) / max(long, 1))
    ground = float(panel[max(baseline - 8, 0) : baseline].mean()) if baseline > 0 else 0.0
    canvas = np.ascontiguousarray(panel)
    cv2.putText(canvas, word, (2, baseline), _FONT, scale, _BLACK if ground > 140 else _WHITE, 1, cv2.LINE_8)
    panel[:] = canvas
