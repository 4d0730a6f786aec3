"""What is asked and answered over Modbus, and how each function is called."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

MOST_BITS, MOST_WORDS = 2000, 125
"""In one reading. Source: MODBUS Application Protocol Specification V1.1b3, 6.1 and 6.3."""
ON, OFF = 0xFF00, 0x0000
"""What function 5 writes; some boards take other values too."""


class Code(IntEnum):
    """Functions."""

    READ_COILS = 1
    READ_INPUTS = 2
    READ_HOLDING = 3
    READ_INPUT_REGISTERS = 4
    WRITE_COIL = 5
    WRITE_REGISTER = 6
    WRITE_COILS = 15
    WRITE_REGISTERS = 16


class Refusal(IntEnum):
    """Exceptions: why a device does not do what it is asked."""

    FUNCTION = 1
    ADDRESS = 2
    VALUE = 3
    FAILURE = 4
    ACKNOWLEDGED = 5
    BUSY = 6
    PARITY = 8
    GATEWAY = 10
    TARGET = 11


CODES, REFUSALS = frozenset(Code), frozenset(Refusal)


@dataclass(frozen=True, slots=True)
class Request:
    """A question or an order.

    Args:
        code: function.
        address: of the first coil, input or register, from 0 as on the wire.
        count: how many.
        values: to be written: bits as 0 and 1, words; the raw word of function 5.
    """

    code: Code
    address: int
    count: int = 1
    values: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back.

    Args:
        values: bits as 0 and 1, or words; of an order, what it wrote.
        refusal: the exception, 0 for none. Not every number has a name in `Refusal`.
    """

    values: tuple[int, ...] = ()
    refusal: int = 0


def read_coils(address: int, count: int = 1) -> Request:
    """Ask for outputs."""
    return Request(Code.READ_COILS, address, count)


def read_inputs(address: int, count: int = 1) -> Request:
    """Ask for discrete inputs."""
    return Request(Code.READ_INPUTS, address, count)


def read_holding(address: int, count: int = 1) -> Request:
    """Ask for holding registers."""
    return Request(Code.READ_HOLDING, address, count)


def read_input_registers(address: int, count: int = 1) -> Request:
    """Ask for input registers."""
    return Request(Code.READ_INPUT_REGISTERS, address, count)


def write_coil(address: int, value: int | bool) -> Request:
    """Order an output on or off; a number that is no bool goes out as it is."""
    return Request(Code.WRITE_COIL, address, 1, ((ON if value else OFF) if isinstance(value, bool) else value,))


def write_register(address: int, value: int) -> Request:
    """Order a word."""
    return Request(Code.WRITE_REGISTER, address, 1, (value,))


def write_coils(address: int, values: tuple[int, ...]) -> Request:
    """Order some outputs."""
    return Request(Code.WRITE_COILS, address, len(values), values)


def write_registers(address: int, values: tuple[int, ...]) -> Request:
    """Order some words."""
    return Request(Code.WRITE_REGISTERS, address, len(values), values)
