"""Codes as symbols: which modules are dark."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import segno
import zxingcpp
from numpy.typing import NDArray

from contracts.codes.symbols import fits_code_128
from contracts.errors import UsageError

Modules = NDArray[np.bool_]

QR_QUIET, LINEAR_QUIET = 4, 10
"""Modules that stay light around a symbol. Source: ISO/IEC 18004, 9.1 (QR); ISO/IEC 15417, 4.7 (Code 128)."""


class SymbolKind(StrEnum):
    """What a phone can show."""

    QR = "qr"
    CODE_128 = "code 128"
    EAN_13 = "ean-13"


def qr(code: bytes) -> Modules:
    """Return the modules of a QR Code, error correction level M, with its quiet zone.

    Returns:
        (N, N) bool, True for dark.
    """
    symbol = segno.make_qr(_for_qr(code), error="m", boost_error=False)
    return np.pad(np.array([list(row) for row in symbol.matrix], np.bool_), QR_QUIET)


def linear(code: bytes, kind: SymbolKind) -> Modules:
    """Return the modules of a bar code with its quiet zones: (N,) bool, True for dark.

    Raises:
        UsageError: the symbol cannot carry the code.
    """
    if kind is SymbolKind.CODE_128 and not fits_code_128(code):
        raise UsageError("Code 128 cannot carry this code", expected="at most 48 characters of ASCII")
    wanted = {SymbolKind.CODE_128: zxingcpp.BarcodeFormat.Code128, SymbolKind.EAN_13: zxingcpp.BarcodeFormat.EAN13}
    try:
        symbol = zxingcpp.create_barcode(code.decode("ascii"), wanted[kind])
    except (ValueError, KeyError) as error:
        raise UsageError(f"this code cannot be shown as {kind.value}", hint="show it as QR") from error
    drawn = np.array(zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False))
    return np.pad(drawn[drawn.shape[0] // 4] < 128, LINEAR_QUIET)


def _for_qr(code: bytes) -> str | bytes:
    """Return digits and capitals as text, which takes the symbol's shorter modes, and all else as the bytes it is."""
    try:
        return code.decode("ascii")
    except UnicodeDecodeError:
        return code
