"""What a phone's screen shows when its owner pays or enters: a bar code above a QR Code, on white."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from contracts.codes.symbols import fits_code_128
from twin.code_symbols import Modules, SymbolKind, linear, qr

U8 = NDArray[np.uint8]

PX_PER_MM = 10
"""Half of what phones have: a module of a QR is still a dozen pixels."""
WIDTH_MM, HEIGHT_MM = 68, 140
"""A phone of 6 inches. Our assumption."""
QR_MM, BARS_MM, BARS_HIGH_MM = 50, 62, 14
"""The most that a symbol is wide, its quiet zones among it: modules are whole pixels."""
_BANNER, _PAPER, _INK = (32, 74, 135), (255, 255, 255), (0, 0, 0)
_BANNER_MM, _BARS_TOP_MM, _QR_TOP_MM = 14, 22, 50


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture on a screen.

    Args:
        rgb: (H, W, 3) uint8.
        px_per_mm: pixels on a millimetre of glass.
        module_mm: width of a module of the QR on it.
        middle_px: column and row of the middle of the QR, which people hold to the window.
    """

    rgb: U8
    px_per_mm: float
    module_mm: float
    middle_px: tuple[float, float]


def draw(code: bytes, *, bars: bool = True) -> Shown:
    """Return the screen that shows a code.

    Args:
        code: what is shown.
        bars: also as Code 128, if that can carry it.
    """
    screen = np.full((HEIGHT_MM * PX_PER_MM, WIDTH_MM * PX_PER_MM, 3), _PAPER, np.uint8)
    screen[: _BANNER_MM * PX_PER_MM] = _BANNER
    if bars and fits_code_128(code):
        _put(screen, linear(code, SymbolKind.CODE_128), _BARS_TOP_MM, BARS_MM)
    square = qr(code)
    module_px = _put(screen, square, _QR_TOP_MM, QR_MM)
    middle = (screen.shape[1] / 2, _QR_TOP_MM * PX_PER_MM + square.shape[0] * module_px / 2)
    return Shown(screen, PX_PER_MM, module_px / PX_PER_MM, middle)


def _put(screen: U8, modules: Modules, top_mm: int, width_mm: int) -> int:
    """Draw a symbol in the middle of the screen's width; return how many pixels wide its modules are."""
    scale = max(1, width_mm * PX_PER_MM // int(modules.shape[-1]))
    rows = scale if modules.ndim == 2 else BARS_HIGH_MM * PX_PER_MM
    drawn = np.atleast_2d(modules).repeat(rows, axis=0).repeat(scale, axis=1)
    top, left = top_mm * PX_PER_MM, (screen.shape[1] - drawn.shape[1]) // 2
    screen[top : top + drawn.shape[0], left : left + drawn.shape[1]][drawn] = _INK
    return scale
