"""Fields of merchant-presented codes: two digits of id, two digits of length in characters, the value.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1, section 3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contracts.codes.digits import is_digits
from contracts.errors import BadCode

LONGEST = 99
NAMES = {
    "00": "payload format",
    "01": "point of initiation",
    "52": "merchant category",
    "53": "currency",
    "54": "amount",
    "55": "tip or fee",
    "56": "fixed fee",
    "57": "percentage fee",
    "58": "country",
    "59": "merchant name",
    "60": "merchant city",
    "61": "postal code",
    "62": "additional data",
    "63": "CRC",
    "64": "language template",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Args:
        id: two digits.
        value: as it stands, a template's with its fields inside.
        at: where it begins in the whole code, characters; -1 when it was not read.
    """

    id: str
    value: str
    at: int = field(default=-1, compare=False)

    def inside(self, name: str = "") -> tuple[Field, ...]:
        """Return the fields of a template."""
        return read(self.value, name or named(self.id), max(self.at, 0) + 4)

    @property
    def where(self) -> str:
        """How an error calls it."""
        return f"field {self.id} ({named(self.id)})" + (f" at position {self.at}" if self.at >= 0 else "")


def named(field_id: str) -> str:
    """Return the specification's name of a field of the outermost level."""
    if "02" <= field_id <= "51":
        return "merchant account"
    return NAMES.get(field_id, "not reserved" if field_id >= "80" else "reserved")


def read(text: str, name: str = "the code", base: int = 0) -> tuple[Field, ...]:
    """Return the fields of a text in their order.

    Args:
        text: fields without anything else.
        name: of the template that the text is the value of, for errors.
        base: where the text begins in the whole code, characters.

    Raises:
        BadCode: an id or a length is no number, a value is cut off, or an id stands twice.
    """
    fields: list[Field] = []
    at = 0
    while at < len(text):
        where = f"{name}, position {base + at}"
        head = text[at : at + 4]
        if len(head) < 4 or not is_digits(head):
            raise BadCode("a field has no head", where=where, expected="4 digits: id and length", found=repr(head))
        value = text[at + 4 : at + 4 + int(head[2:])]
        if len(value) < int(head[2:]):
            raise BadCode(
                f"field {head[:2]} is cut off", where=where, expected=f"{head[2:]} characters", found=f"{len(value)}"
            )
        if any(one.id == head[:2] for one in fields):
            raise BadCode(f"field {head[:2]} stands twice", where=where, expected="each id once")
        fields.append(Field(head[:2], value, base + at))
        at += 4 + len(value)
    return tuple(fields)


def write(fields: Iterable[Field]) -> str:
    """Return the text of fields in their order.

    Raises:
        BadCode: a value is empty or longer than its length can say.
    """
    out: list[str] = []
    for one in fields:
        if not 1 <= len(one.value) <= LONGEST:
            raise BadCode(
                "a value has a wrong length", where=one.where, expected=f"1 to {LONGEST}", found=str(len(one.value))
            )
        out.append(f"{one.id}{len(one.value):02d}{one.value}")
    return "".join(out)


def find(fields: Sequence[Field], field_id: str) -> str:
    """Return the value of a field, "" when it is not there."""
    return next((one.value for one in fields if one.id == field_id), "")
