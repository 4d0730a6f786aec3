"""What OSDP messages are called. Source: the tables of OSDP.Net and libosdp, which agree where both have a name."""

from __future__ import annotations

from enum import IntEnum


class Command(IntEnum):
    """From the access control unit (ACU) to a peripheral device (PD)."""

    POLL = 0x60
    ID = 0x61
    CAP = 0x62
    LSTAT = 0x64
    ISTAT = 0x65
    OSTAT = 0x66
    RSTAT = 0x67
    OUT = 0x68
    LED = 0x69
    BUZ = 0x6A
    TEXT = 0x6B
    COMSET = 0x6E
    BIOREAD = 0x73
    BIOMATCH = 0x74
    KEYSET = 0x75
    CHLNG = 0x76
    SCRYPT = 0x77
    ACURXSIZE = 0x7B
    ABORT = 0xA2
    KEEPACTIVE = 0xA7


class Reply(IntEnum):
    """From a PD to the ACU."""

    ACK = 0x40
    NAK = 0x41
    PDID = 0x45
    PDCAP = 0x46
    LSTATR = 0x48
    ISTATR = 0x49
    OSTATR = 0x4A
    RSTATR = 0x4B
    RAW = 0x50
    FMT = 0x51
    KEYPAD = 0x53
    COM = 0x54
    BIOREADR = 0x57
    BIOMATCHR = 0x58
    CCRYPT = 0x76
    RMAC_I = 0x78
    BUSY = 0x79


class Nak(IntEnum):
    """Why a PD refuses."""

    CHECK = 1
    LENGTH = 2
    UNKNOWN = 3
    SEQUENCE = 4
    NO_SECURITY = 5
    SECURITY_NEEDED = 6
    BIO_TYPE = 7
    BIO_FORMAT = 8
    RECORD = 9


class Secured(IntEnum):
    """Types of security blocks: the four steps of the handshake, then messages without and with encrypted data."""

    CHALLENGE = 0x11
    CRYPTOGRAM = 0x12
    PROOF = 0x13
    ANSWERED = 0x14
    COMMAND = 0x15
    REPLY = 0x16
    COMMAND_DATA = 0x17
    REPLY_DATA = 0x18


NAK_TEXTS: dict[int, str] = {
    Nak.CHECK: "bad check character",
    Nak.LENGTH: "wrong length of a command",
    Nak.UNKNOWN: "unknown command",
    Nak.SEQUENCE: "unexpected sequence number",
    Nak.NO_SECURITY: "it has no secure channel, or our key is not its own",
    Nak.SECURITY_NEEDED: "it obeys in the secure channel only, and there is none",
    Nak.BIO_TYPE: "it does not read this part of the body",
    Nak.BIO_FORMAT: "it does not know this format of biometric data",
    Nak.RECORD: "it cannot process the record",
}
"""What refusals mean, for people."""


def nak_text(code: int) -> str:
    """Return what a refusal means."""
    return NAK_TEXTS.get(code, f"refusal {code:02X}")
