"""Registers to weights and back, by a transmitter's map. No I/O; any words may come."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence

from devices.modbus.bank import Table
from devices.modbus.types import Request, read_holding, read_input_registers, write_register
from devices.scale.reading import Reading, Status, withheld
from devices.scale.transmitter.model import UNITS, Form, Order, Says, Setup, Transmitter

_DECIMALS = 0b11111


def ask(of: Transmitter) -> Request:
    """Return the question for all that a weighing needs."""
    reading = read_holding if of.table is Table.HOLDING else read_input_registers
    return reading(of.at, of.count)


def told(of: Transmitter, order: Order) -> tuple[Request, ...]:
    """Return what is written to tell an order; none where there is no such order."""
    if order not in of.orders:
        return ()
    value = write_register(of.command, of.orders[order])
    return (write_register(of.command, 0), value, write_register(of.command, 0)) if of.edges else (value,)


def readings(of: Transmitter, setup: Setup, words: Sequence[int]) -> tuple[Reading, ...]:
    """Return what each channel says.

    Args:
        of: the transmitter.
        setup: how it is set up.
        words: what `ask` brought, `of.count` of them.
    """
    return tuple(_reading(of, setup, words, channel * of.stride - of.at) for channel in range(of.channels))


def _reading(of: Transmitter, setup: Setup, words: Sequence[int], shift: int) -> Reading:
    status = status_of(of, words, shift)
    grams = _grams(of, setup, words[of.weight + shift : of.weight + shift + 2], status)
    state = _state(of, status)
    if state in (Status.OK, Status.MOTION) and math.isfinite(grams):
        return Reading((grams,), state, net=_set(of, Says.NET, status))
    return withheld(Status.FAULT if state in (Status.OK, Status.MOTION) else state)


def status_of(of: Transmitter, words: Sequence[int], shift: int) -> int:
    """Return the status of the channel that stands so many registers on."""
    found = 0
    for word in words[of.status + shift : of.status + shift + of.status_words]:
        found = found << 16 | word
    return found


def _state(of: Transmitter, status: int) -> Status:
    if _set(of, Says.FAULT, status) or (Says.VALID in of.bits and not _set(of, Says.VALID, status)):
        return Status.FAULT
    if _set(of, Says.OVER, status):
        return Status.OVER
    if _set(of, Says.UNDER, status):
        return Status.UNDER
    moves = _set(of, Says.MOVING, status) or (Says.STABLE in of.bits and not _set(of, Says.STABLE, status))
    return Status.MOTION if moves else Status.OK


def _set(of: Transmitter, what: Says, status: int) -> bool:
    return any(status >> bit & 1 for bit in of.bits.get(what, ()))


def _grams(of: Transmitter, setup: Setup, pair: Sequence[int], status: int) -> float:
    high, low = pair
    raw = struct.pack(">HH", high, low)
    if of.form is Form.FLOAT:
        return float(struct.unpack(">f", raw)[0]) * UNITS[setup.unit]
    (value,) = struct.unpack(">i" if of.form is Form.SIGNED else ">I", raw)
    if of.form is Form.MAGNITUDE and _set(of, Says.NEGATIVE, status):
        value = -value
    return float(value) * setup.grams(decimals(of, setup, status))


def decimals(of: Transmitter, setup: Setup, status: int) -> int:
    """Return the digits behind the point: the device's word where it has one, else the set-up's."""
    return setup.decimals if of.decimals_bit is None else status >> of.decimals_bit & _DECIMALS
