"""Codes as pictures that a scanner reads from a phone: QR and Code 128, drawn as paths in whole modules."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import segno
import zxingcpp

from contracts.codes.symbols import fits_code_128
from contracts.errors import UsageError
from stack.web.fill import Html, escaped

QR_QUIET, BARS_QUIET = 4, 10
"""Modules that stay light around a symbol. Source: ISO/IEC 18004, 9.1 (QR); ISO/IEC 15417, 4.7 (Code 128)."""
BARS_HIGH = 30
"""Modules. Source: ISO/IEC 15417, 4.7, asks for 15 % of the width; ours is 187 wide."""


def qr(code: str, label: str) -> Html:
    """Return a QR Code, error correction level M, with its quiet zone.

    Args:
        code: what it says.
        label: for people who do not see it.
    """
    rows = [[bool(module) for module in row] for row in segno.make_qr(code, error="m", boost_error=False).matrix]
    side = len(rows) + 2 * QR_QUIET
    path = "".join(_runs(row, x=QR_QUIET, y=y) for y, row in enumerate(rows, start=QR_QUIET))
    return _svg("qr", side, side, path, label)


def bars(code: str, label: str) -> Html:
    """Return a bar code of the Code 128 family with its quiet zones.

    Args:
        code: at most 48 ASCII characters.
        label: for people who do not see it.

    Raises:
        UsageError: Code 128 cannot carry it.
    """
    if not fits_code_128(code.encode()):
        raise UsageError("Code 128 cannot carry this code", expected="at most 48 characters of ASCII")
    drawn = zxingcpp.write_barcode_to_image(
        zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.Code128), scale=1, add_quiet_zones=False
    )
    row = [bool(dark) for dark in np.array(drawn)[0] < 128]
    return _svg("bars", len(row) + 2 * BARS_QUIET, BARS_HIGH, _runs(row, x=BARS_QUIET, y=0, high=BARS_HIGH), label)


def _runs(row: Sequence[bool], *, x: int, y: int, high: int = 1) -> str:
    """Return the dark stretches of a row as path commands."""
    path, start = "", -1
    for place, dark in enumerate([*row, False]):
        if dark and start < 0:
            start = place
        elif not dark and start >= 0:
            wide = place - start
            path += f"M{x + start} {y}h{wide}v{high}h-{wide}z"
            start = -1
    return path


def _svg(kind: str, wide: int, high: int, path: str, label: str) -> Html:
    return Html(
        f'<svg class="symbol {kind}" viewBox="0 0 {wide} {high}" role="img" aria-label="{escaped(label)}" '
        f'preserveAspectRatio="none" shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg">'
        f'<path fill="#fff" d="M0 0h{wide}v{high}H0z"/><path fill="#000" d="{path}"/></svg>'
    )
