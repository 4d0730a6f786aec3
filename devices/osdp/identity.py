"""Who a device is and what it can: PDID and PDCAP. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

_ID = 12


class Can(IntEnum):
    """What capabilities are about; the function codes of PDCAP that matter here."""

    CONTACTS = 1
    OUTPUTS = 2
    CARD_FORMAT = 3
    LED = 4
    SOUND = 5
    TEXT = 6
    CHECK = 8
    SECURITY = 9
    RECEIVES = 10
    LARGEST = 11
    READERS = 13
    BIOMETRICS = 14


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a device says it is.

    Args:
        vendor: three bytes, the maker's IEEE number.
        model: number of the model.
        version: of the model.
        serial: number.
        firmware: major, minor, build.
    """

    vendor: bytes
    model: int
    version: int
    serial: int
    firmware: tuple[int, int, int]

    def pack(self) -> bytes:
        """Return the data of a PDID."""
        head = self.vendor + bytes((self.model, self.version))
        return head + self.serial.to_bytes(4, "little") + bytes(self.firmware)

    @property
    def unit(self) -> bytes:
        """The 8 bytes by which the secure channel names it (cUID)."""
        return self.vendor[:2] + bytes((self.model, self.version)) + self.serial.to_bytes(4, "little")

    def __str__(self) -> str:
        """Return it in words."""
        firmware = ".".join(map(str, self.firmware))
        return (
            f"vendor {self.vendor.hex(':')}, model {self.model} version {self.version}, "
            f"serial {self.serial}, firmware {firmware}"
        )


def read_identity(data: bytes) -> Identity | None:
    """Return what a PDID tells, None when it is none."""
    if len(data) < _ID:
        return None
    firmware = (data[9], data[10], data[11])
    return Identity(data[:3], data[3], data[4], int.from_bytes(data[5:9], "little"), firmware)


Capabilities = dict[int, tuple[int, int]]
"""Compliance level and number of items by function code."""


def pack_capabilities(capabilities: Capabilities) -> bytes:
    """Return the data of a PDCAP."""
    return b"".join(bytes((code, *capabilities[code])) for code in sorted(capabilities))


def read_capabilities(data: bytes) -> Capabilities:
    """Return what a PDCAP tells; bytes that make no whole entry are left out."""
    return {data[at]: (data[at + 1], data[at + 2]) for at in range(0, len(data) - 2, 3)}
