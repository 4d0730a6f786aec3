"""EMVCo merchant-presented codes: a stall's printed QR, a till's dynamic one.

Lengths count characters while the checksum runs over UTF-8 bytes: the specification's own example proves it.
Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from contracts.codes import mpm_fields
from contracts.codes.crc import crc16
from contracts.codes.mpm_fields import Field, find
from contracts.codes.mpm_parts import Additional, Localised, MerchantAccount, Tip, TipKind, account, additional
from contracts.codes.mpm_rules import complaints
from contracts.errors import BadCode

START = "0002"
_CRC_HEAD = "6304"


@dataclass(frozen=True, slots=True)
class Mpm:
    """A merchant-presented code: its fields in their order without the checksum, so that none is ever lost.

    Args:
        fields: from 00 on, without 63.
    """

    fields: tuple[Field, ...]

    @property
    def dynamic(self) -> bool:
        """Whether it is made for one payment."""
        return self.value("01") == "12"

    @property
    def amount(self) -> Decimal | None:
        """What is to be paid, in units of the currency; None when the customer types it."""
        return Decimal(self.value("54")) if self.value("54") else None

    @property
    def accounts(self) -> tuple[MerchantAccount, ...]:
        """Where it may be paid to, one a scheme."""
        return tuple(account(one) for one in self.fields if "02" <= one.id <= "51")

    @property
    def tip(self) -> Tip | None:
        """What comes on top."""
        kind = self.value("55")
        return Tip(TipKind(kind), self.value("56") + self.value("57")) if kind else None

    @property
    def additional(self) -> Additional:
        """Bill, store, till and so on."""
        return additional(self._inside("62"))

    @property
    def localised(self) -> Localised | None:
        """The merchant's name in another language."""
        inner = self._inside("64")
        return Localised(*(find(inner, one) for one in ("00", "01", "02"))) if inner else None

    def value(self, field_id: str) -> str:
        """Return a field's value as it stands, "" when it is not there: "53" currency, "58" country, "59" name."""
        return find(self.fields, field_id)

    def _inside(self, field_id: str) -> tuple[Field, ...]:
        return next((one.inside() for one in self.fields if one.id == field_id), ())


def parse(text: str, *, strict: bool = True) -> Mpm:
    """Return the code that a phone or a till has read.

    Args:
        text: as decoded from UTF-8.
        strict: also refuse contents that the specification does not allow; without, only a broken structure.

    Raises:
        BadCode: names the field and the position.
    """
    if text[-8:-4] != _CRC_HEAD or not text.startswith(START):
        raise BadCode(
            "this is no merchant-presented code",
            expected="field 00 first, field 63 (CRC) with 4 characters last",
            found=f"{text[:4]!r} ... {text[-8:-4]!r}",
        )
    right = checksum(text[:-4])
    if text[-4:].upper() != right:
        raise BadCode(
            "the checksum is wrong",
            where=f"field 63 (CRC) at position {len(text) - 8}",
            expected=right,
            found=text[-4:],
            hint="scan it again; lengths count characters, the checksum runs over UTF-8",
        )
    code = Mpm(mpm_fields.read(text[:-8]))
    if any(one.id == "63" for one in code.fields):
        raise BadCode("field 63 (CRC) is not the last", expected="nothing behind the checksum")
    _check(code, strict)
    return code


def build(code: Mpm) -> str:
    """Return the text to show.

    Raises:
        BadCode: the contents are not allowed; names the field.
    """
    _check(code, strict=True)
    return unchecked(code)


def unchecked(code: Mpm) -> str:
    """Return the text of a code whatever its contents: what was read comes out again, and tests can show wrong ones."""
    body = mpm_fields.write(code.fields) + _CRC_HEAD
    return body + checksum(body)


def checksum(body: str) -> str:
    """Return the four characters of field 63 for everything before them, its own id and length among it."""
    return f"{crc16(body.encode()):04X}"


def _check(code: Mpm, strict: bool) -> None:
    if not code.fields or (code.fields[0].id, code.fields[0].value) != ("00", "01"):
        raise BadCode("field 00 (payload format) must come first", where="position 0", expected='"000201"')
    if strict:
        for complaint in complaints(code.fields):
            raise complaint
