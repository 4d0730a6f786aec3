"""TLV containers (BMP 06): tags of one or two bytes, lengths of up to three. Only what may be known is taken out.

Source: ZVT 13.x as read by Portalum.Zvt (MIT).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from devices.terminal.apdu import BadMessage
from devices.terminal.masking import masked_text

TEXT_LINE = 0x07
_DEEPEST = 8


class Item(NamedTuple):
    """One tag of a container, and what stands in it."""

    tag: int
    value: bytes


def container(items: Sequence[Item]) -> bytes:
    """Return items as they stand in BMP 06: their length, and they."""
    inside = joined(items)
    return _length_bytes(len(inside)) + inside


def joined(items: Sequence[Item]) -> bytes:
    """Return items one behind the other: the value of an item that holds others."""
    return b"".join(_tag_bytes(item.tag) + _length_bytes(len(item.value)) + item.value for item in items)


def length(data: bytes) -> tuple[int, int]:
    """Return (how long the value is, how many bytes say so).

    Raises:
        BadMessage: that is no length.
    """
    if data and data[0] < 0x80:
        return data[0], 1
    if len(data) > 1 and data[0] == 0x81:
        return data[1], 2
    if len(data) > 2 and data[0] == 0x82:
        return int.from_bytes(data[1:3], "big"), 3
    raise BadMessage("a container without a length", expected="a length of one to three bytes")


def text_lines(data: bytes) -> tuple[str, ...]:
    """Return the text lines of a container's inside, in order, masked.

    Raises:
        BadMessage: it ends within an item, or is nested too deep.
    """
    return tuple(masked_text(value.decode("cp437").strip()) for value in _texts(data, 0))


def _texts(data: bytes, depth: int) -> Iterator[bytes]:
    if depth > _DEEPEST:
        raise BadMessage("containers within containers", expected=f"at most {_DEEPEST} deep")
    at = 0
    while at < len(data):
        tag, value, at, constructed = _item(data, at)
        if constructed:
            yield from _texts(value, depth + 1)
        elif tag == TEXT_LINE:
            yield value


def _item(data: bytes, at: int) -> tuple[int, bytes, int, bool]:
    """Return (tag, value, where the next begins, whether it holds others)."""
    first = data[at]
    wide = first & 0x1F == 0x1F
    tag = int.from_bytes(data[at : at + 1 + wide], "big")
    size, said = length(data[at + 1 + wide : at + 4 + wide])
    start = at + 1 + wide + said
    if start + size > len(data):
        raise BadMessage("a container ends within an item", expected=f"{size} bytes", found=f"{len(data) - start}")
    return tag, data[start : start + size], start + size, bool(first & 0x20)


def _tag_bytes(tag: int) -> bytes:
    return tag.to_bytes(2 if tag > 0xFF else 1, "big")


def _length_bytes(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    return bytes([0x81, size]) if size < 0x100 else b"\x82" + size.to_bytes(2, "big")
