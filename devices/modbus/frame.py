"""One frame of Modbus, whatever it travels in."""

from __future__ import annotations

from dataclasses import dataclass

MOST_PDU = 253
"""Bytes. Source: MODBUS Application Protocol Specification V1.1b3, section 4.1."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A PDU and whom it is for.

    Args:
        unit: address of the device, 0 for all.
        pdu: function code and data.
        transaction: number that an answer repeats; there is none in RTU.
    """

    unit: int
    pdu: bytes
    transaction: int = 0
