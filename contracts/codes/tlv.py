"""BER-TLV: tag, length, value, one inside the other. Source: ISO/IEC 8825-1; EMV Book 3, annex B."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contracts.errors import BadCode

DEEPEST = 8
"""No payment object nests deeper; what does is an attack on the reader."""
_LONGEST_LENGTH = 4


@dataclass(frozen=True, slots=True, repr=False)
class Tlv:
    """One object. Its text form names the tag and the length, never the value.

    Args:
        tag: hexadecimal, upper case: "85", "9F10".
        value: of a primitive object.
        parts: of a constructed object.
    """

    tag: str
    value: bytes = b""
    parts: tuple[Tlv, ...] = ()

    def __repr__(self) -> str:
        """Return the tag and how much is in it."""
        return f"Tlv({self.tag}, {list(self.parts) if is_constructed(self.tag) else f'{len(self.value)} bytes'})"


def is_constructed(tag: str) -> bool:
    """Whether an object of this tag holds objects: bit 6 of the first byte. 9F10 does not, whatever is in it."""
    return bool(int(tag[:2], 16) & 0x20)


def read(data: bytes) -> tuple[Tlv, ...]:
    """Return the objects that stand one behind the other.

    Raises:
        BadCode: the bytes end inside an object, or a length is not definite.
    """
    return tuple(_read(data, 0, 0))


def write(objects: Iterable[Tlv]) -> bytes:
    """Return the bytes, with the shortest form of each length."""
    out = bytearray()
    for item in objects:
        value = write(item.parts) if is_constructed(item.tag) else item.value
        out += bytes.fromhex(item.tag) + _length(len(value)) + value
    return bytes(out)


def walk(objects: Iterable[Tlv]) -> Iterator[Tlv]:
    """Yield every object, outer before inner, in order."""
    for item in objects:
        yield item
        yield from walk(item.parts)


def _read(data: bytes, base: int, depth: int) -> Iterator[Tlv]:
    """Yield objects; `base` is where the data begins in the whole."""
    if depth > DEEPEST:
        raise BadCode("objects nest too deep", where=f"byte {base}", expected=f"at most {DEEPEST} levels")
    at = 0
    while at < len(data):
        tag, start = _tag(data, at, base)
        size, start = _size(data, start, base, tag)
        if start + size > len(data):
            raise BadCode(
                f"object {tag} is cut off",
                where=f"byte {base + at}",
                expected=f"{size} bytes",
                found=f"{len(data) - start}",
            )
        value = data[start : start + size]
        yield Tlv(tag, parts=tuple(_read(value, base + start, depth + 1))) if is_constructed(tag) else Tlv(tag, value)
        at = start + size


def _tag(data: bytes, at: int, base: int) -> tuple[str, int]:
    """Return a tag and where its length begins: five low bits set mean that more bytes follow while bit 8 is set."""
    end = at + 1
    if data[at] & 0x1F == 0x1F:
        while end < len(data) and data[end] & 0x80:
            end += 1
        end += 1
    if end > len(data):
        raise BadCode("a tag is cut off", where=f"byte {base + at}")
    return data[at:end].hex().upper(), end


def _size(data: bytes, at: int, base: int, tag: str) -> tuple[int, int]:
    """Return a length and where its value begins."""
    if at >= len(data):
        raise BadCode(f"object {tag} has no length", where=f"byte {base + at}")
    first = data[at]
    if first < 0x80:
        return first, at + 1
    count = first & 0x7F
    if not 1 <= count <= _LONGEST_LENGTH or at + 1 + count > len(data):
        raise BadCode(f"the length of object {tag} cannot be read", where=f"byte {base + at}", found=f"{first:02X}")
    return int.from_bytes(data[at + 1 : at + 1 + count], "big"), at + 1 + count


def _length(size: int) -> bytes:
    if size < 0x80:
        return bytes([size])
    digits = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([0x80 | len(digits)]) + digits
