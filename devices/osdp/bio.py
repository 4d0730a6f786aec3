"""Biometrics: BIOREAD and BIOMATCH, and what answers them. No I/O.

Source: OSDP.Net, whose BIOREADR has a status before the type. The Rust package osdp has a format after it instead; no
device and no text of the standard were at hand to tell which is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

from devices.osdp.packet import MOST_BYTES

_READ, _READ_REPLY, _MATCH, _MATCH_REPLY = 4, 6, 6, 3
MOST_TEMPLATE = MOST_BYTES - 64
"""Bytes of a template that fit into one packet, encrypted or not."""


class BodyPart(IntEnum):
    """What is read. No part is a palm: the hand's geometry comes nearest."""

    ANY = 0
    RIGHT_HAND = 0x10
    LEFT_HAND = 0x11


class Outcome(IntEnum):
    """How a reading ended."""

    DONE = 0
    TIMED_OUT = 1
    FAILED = 0xFF


@dataclass(frozen=True, slots=True)
class BioRead:
    """Read a body part and send what was read.

    Args:
        reader: number of the reader in the device.
        part: a body part.
        form: of the data, 0 is the device's own.
        quality: at least so good.
    """

    reader: int = 0
    part: int = BodyPart.ANY
    form: int = 0
    quality: int = 0

    def pack(self) -> bytes:
        """Return the data of a BIOREAD."""
        return bytes((self.reader, self.part, self.form, self.quality))


@dataclass(frozen=True, slots=True)
class BioReading:
    """What was read.

    Args:
        reader: number.
        outcome: an `Outcome`; one that it does not know is kept.
        part: a body part.
        quality: of the reading.
        data: a template, or whatever the device sends in its place. Hidden in prints.
    """

    reader: int
    outcome: int
    part: int = BodyPart.ANY
    quality: int = 0
    data: bytes = field(default=b"", repr=False)

    def pack(self) -> bytes:
        """Return the data of a BIOREADR."""
        head = bytes((self.reader, self.outcome, self.part, self.quality))
        return head + len(self.data).to_bytes(2, "little") + self.data


@dataclass(frozen=True, slots=True)
class BioMatch:
    """Read a body part and compare it with a template.

    Args:
        reader: number.
        template: to compare with. Hidden in prints.
        part: a body part.
        form: of the template, 0 is the device's own.
        quality: at least so good.
    """

    reader: int
    template: bytes = field(repr=False)
    part: int = BodyPart.ANY
    form: int = 0
    quality: int = 0

    def pack(self) -> bytes:
        """Return the data of a BIOMATCH."""
        head = bytes((self.reader, self.part, self.form, self.quality))
        return head + len(self.template).to_bytes(2, "little") + self.template


@dataclass(frozen=True, slots=True)
class BioMatched:
    """How well it matched.

    Args:
        reader: number.
        outcome: an `Outcome`.
        score: higher is better.
    """

    reader: int
    outcome: int
    score: int = 0

    def pack(self) -> bytes:
        """Return the data of a BIOMATCHR."""
        return bytes((self.reader, self.outcome, self.score))


def read_bio_read(data: bytes) -> BioRead | None:
    """Return what a BIOREAD asks for, None when it is none."""
    return BioRead(*data) if len(data) == _READ else None


def read_bio_reading(data: bytes) -> BioReading | None:
    """Return what a BIOREADR tells, None when it is none."""
    size = int.from_bytes(data[4:6], "little")
    if len(data) < _READ_REPLY or len(data) != _READ_REPLY + size:
        return None
    return BioReading(data[0], data[1], data[2], data[3], data[_READ_REPLY:])


def read_bio_match(data: bytes) -> BioMatch | None:
    """Return what a BIOMATCH asks for, None when it is none."""
    size = int.from_bytes(data[4:6], "little")
    if len(data) < _MATCH or len(data) != _MATCH + size:
        return None
    return BioMatch(data[0], data[_MATCH:], data[1], data[2], data[3])


def read_bio_matched(data: bytes) -> BioMatched | None:
    """Return what a BIOMATCHR tells, None when it is none."""
    return BioMatched(*data) if len(data) == _MATCH_REPLY else None
