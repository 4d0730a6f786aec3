"""What a weight transmitter is, as data: where its weight and its status stand, and what each bit says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from devices.modbus.bank import Table
from devices.modbus.types import MOST_WORDS


class Form(StrEnum):
    """How a weight stands in its two registers, the high word first."""

    MAGNITUDE = "32 bits without a sign, which stands in the status"
    SIGNED = "32 bits, two's complement"
    FLOAT = "32 bits, IEEE 754, in the unit"


class Says(StrEnum):
    """What a bit of the status says when it is set."""

    FAULT = "the cell or its converter is broken"
    OVER = "more than it can weigh"
    UNDER = "less than it can weigh"
    NEGATIVE = "the gross weight is below zero"
    STABLE = "at rest"
    MOVING = "not at rest"
    ZERO = "near zero"
    NET = "a tare is taken off"
    VALID = "the weight can be believed"


class Order(StrEnum):
    """What a transmitter can be told."""

    ZERO = "zero"
    TARE = "tare"
    CLEAR = "clear the tare"


UNITS = {"g": 1.0, "kg": 1000.0, "lb": 453.59237}
"""Grams in one."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How one is set up at the store: its registers do not tell.

    Args:
        unit: what it weighs in, of `UNITS`.
        decimals: digits behind the point of a weight in whole numbers, where the device does not tell them.
    """

    unit: str = "kg"
    decimals: int = 3

    def grams(self, decimals: int) -> float:
        """Return the grams of 1 in the last of so many digits."""
        return UNITS[self.unit] / 10.0**decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class Transmitter:
    """One family; addresses count from 0, as on the wire. All that a weighing needs is one reading.

    Args:
        model: maker and model.
        line: how its serial port is set, as `devices.modbus.address` reads it.
        table: where the weight stands.
        at: first register of the reading.
        count: how many registers.
        form: of the weight.
        weight: register of the gross weight.
        status: register of the status.
        status_words: 1, or 2 with the high word first.
        bits: of the status, from 0.
        channels: cells that one unit weighs apart.
        stride: registers from one channel to the next.
        decimals_bit: first of five bits of the status that tell the digits behind the point; None where none do.
        heartbeat: a register that counts tenths of a second; None without.
        command: register of orders.
        orders: what is written there.
        edges: whether an order is a bit that must rise from 0.
        most: registers that one question may name.
    """

    model: str
    line: str = "baud=9600&format=8N1"
    table: Table = Table.HOLDING
    at: int
    count: int
    form: Form
    weight: int
    status: int
    status_words: int = 1
    bits: Mapping[Says, tuple[int, ...]] = field(default_factory=dict)
    channels: int = 1
    stride: int = 0
    decimals_bit: int | None = None
    heartbeat: int | None = None
    command: int
    orders: Mapping[Order, int]
    edges: bool = False
    most: int = MOST_WORDS
