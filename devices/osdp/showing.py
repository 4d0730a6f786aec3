"""What an ACU tells a reader to show, sound and set: LED, BUZ, TEXT, COMSET, KEYSET. No I/O.

Source: libosdp and OSDP.Net.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from devices.osdp.keys import SIZE, Key

_LED, _BUZ, _TEXT, _COMSET = 14, 5, 6, 5
_BASE_KEY = 1


class Color(IntEnum):
    """Of a light."""

    OFF = 0
    RED = 1
    GREEN = 2
    AMBER = 3
    BLUE = 4
    MAGENTA = 5
    CYAN = 6
    WHITE = 7


@dataclass(frozen=True, slots=True)
class Led:
    """A light: as it is from now on, or for a while.

    Args:
        color: of the light.
        reader: number of the reader in the device.
        number: of the light.
        tenths: for so many tenths of a second, then as before; 0 is from now on.
    """

    color: int
    reader: int = 0
    number: int = 0
    tenths: int = 0

    def pack(self) -> bytes:
        """Return the data of a LED."""
        head = bytes((self.reader, self.number))
        if self.tenths:
            return head + bytes((2, 1, 0, self.color, 0)) + self.tenths.to_bytes(2, "little") + bytes(5)
        return head + bytes(7) + bytes((1, 1, 0, self.color, 0))


def read_leds(data: bytes) -> list[Led] | None:
    """Return what a LED tells, None when it is none; a light that stays as it is, is left out."""
    if not data or len(data) % _LED:
        return None
    return [led for at in range(0, len(data), _LED) if (led := _led(data[at : at + _LED])) is not None]


def _led(data: bytes) -> Led | None:
    if data[2] == 2:
        return Led(data[5], data[0], data[1], int.from_bytes(data[7:9], "little"))
    return Led(data[12], data[0], data[1]) if data[9] == 1 else None


@dataclass(frozen=True, slots=True)
class Buzz:
    """A sound.

    Args:
        tenths: of a second that it lasts.
        times: how often.
        reader: number.
    """

    tenths: int = 2
    times: int = 1
    reader: int = 0

    def pack(self) -> bytes:
        """Return the data of a BUZ."""
        return bytes((self.reader, 2, self.tenths, self.tenths, self.times))


def read_buzz(data: bytes) -> Buzz | None:
    """Return what a BUZ tells, None when it is none."""
    return Buzz(data[2], data[4], data[0]) if len(data) == _BUZ else None


def pack_text(text: str, reader: int = 0) -> bytes:
    """Return the data of a TEXT that stays and wraps; it shows the ASCII among the first 32 characters."""
    shown = text.encode("ascii", "replace")[:32]
    return bytes((reader, 2, 0, 1, 1, len(shown))) + shown


def read_text(data: bytes) -> str | None:
    """Return what a TEXT tells, None when it is none."""
    if len(data) < _TEXT or len(data) != _TEXT + data[5]:
        return None
    return data[_TEXT:].decode("ascii", "replace")


def pack_line(address: int, baud: int) -> bytes:
    """Return the data of a COMSET or COM."""
    return bytes((address,)) + baud.to_bytes(4, "little")


def read_line(data: bytes) -> tuple[int, int] | None:
    """Return address and speed that a COMSET or COM tells, None when it is none."""
    return (data[0], int.from_bytes(data[1:], "little")) if len(data) == _COMSET else None


def pack_key(key: Key) -> bytes:
    """Return the data of a KEYSET."""
    return bytes((_BASE_KEY, SIZE)) + key.secret


def read_key(data: bytes) -> Key | None:
    """Return the key that a KEYSET sets, None when it is none."""
    right = len(data) == 2 + SIZE and data[:2] == bytes((_BASE_KEY, SIZE))
    return Key(data[2:]) if right else None
