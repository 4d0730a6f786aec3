"""The device's side of the map: what an emulated transmitter's registers show."""

from __future__ import annotations

import struct

from devices.scale.balance import Shown
from devices.scale.transmitter.model import UNITS, Form, Says, Setup, Transmitter

_MOST = {Form.SIGNED: 2**31 - 1, Form.MAGNITUDE: 2**32 - 1}
_LEAST = {Form.SIGNED: -(2**31), Form.MAGNITUDE: 1 - 2**32}


def weight_words(of: Transmitter, setup: Setup, grams: float) -> tuple[int, ...]:
    """Return the two registers of a weight."""
    if of.form is Form.FLOAT:
        return _words(struct.pack(">f", grams / UNITS[setup.unit]))
    value = min(max(round(grams / setup.grams(setup.decimals)), _LEAST[of.form]), _MOST[of.form])
    return _words(struct.pack(">I", abs(value)) if of.form is Form.MAGNITUDE else struct.pack(">i", value))


def status_words(of: Transmitter, setup: Setup, shown: Shown) -> tuple[int, ...]:
    """Return the registers of the status."""
    says = {
        Says.OVER: shown.over,
        Says.UNDER: shown.under,
        Says.NEGATIVE: shown.gross_g < 0,
        Says.STABLE: not shown.moving,
        Says.MOVING: shown.moving,
        Says.ZERO: shown.gross_g == 0,
        Says.NET: shown.tare_g != 0,
        Says.VALID: True,
    }
    status = sum(1 << of.bits[what][0] for what, is_so in says.items() if is_so and what in of.bits)
    if of.decimals_bit is not None:
        status |= setup.decimals << of.decimals_bit
    return _words(status.to_bytes(2 * of.status_words, "big"))


def _words(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f">{len(data) // 2}H", data)
