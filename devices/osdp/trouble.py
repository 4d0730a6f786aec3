"""What can go wrong on the wire; both sides count it and go on."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """Packets, but for SKIPPED, which counts bytes."""

    SKIPPED = "bytes between packets"
    HALF = "half a packet, then silence"
    CHECK = "wrong CRC or checksum"
    STRAY = "an answer that nobody waits for: late, doubled, or another address"
    SEQUENCE = "a sequence number out of turn"
    UNANSWERED = "no answer, however often asked"
    AGAIN = "a command sent once more"
    BUSY = "the device was busy"
    REFUSED = "a command refused"
    FORGED = "a wrong MAC, or data that does not decrypt"
    UNSECURED = "in clear, where the secure channel is agreed"
    KEY = "the other side has not the same key"
    LOST = "the line was lost"
    BROKEN = "a payload that says nothing"
    PARITY = "a card whose parity is wrong"
    DROPPED = "more waits than is kept"
