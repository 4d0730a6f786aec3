"""Parts of a merchant-presented code as people speak of them: accounts, tip or fee, additional data, languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from contracts.codes.mpm_fields import Field, find, write


@dataclass(frozen=True, slots=True)
class MerchantAccount:
    """Where a payment scheme pays to.

    Args:
        id: field, 02-25 one of the card schemes', 26-51 anybody's.
        scheme: globally unique identifier of 26-51, "" below.
        number: the account as it stands in 02-25, "" above.
        parts: what stands behind the identifier, by the scheme's own rules.
    """

    id: str
    scheme: str = ""
    number: str = ""
    parts: tuple[Field, ...] = ()

    def field(self) -> Field:
        """Return it as a field."""
        return Field(self.id, self.number or write((Field("00", self.scheme), *self.parts)))


def account(one: Field) -> MerchantAccount:
    """Return a merchant account from its field."""
    if one.id < "26":
        return MerchantAccount(one.id, number=one.value)
    inner = one.inside()
    return MerchantAccount(one.id, find(inner, "00"), parts=tuple(part for part in inner if part.id != "00"))


class TipKind(StrEnum):
    """Who says how much comes on top."""

    ASKED = "01"
    FIXED = "02"
    PERCENT = "03"


@dataclass(frozen=True, slots=True)
class Tip:
    """What comes on top of the amount.

    Args:
        kind: the customer is asked, or a fee is fixed.
        value: money or per cent as it stands; "" when asked.
    """

    kind: TipKind
    value: str = ""

    def fields(self) -> tuple[Field, ...]:
        """Return it as fields 55 to 57."""
        fee = {TipKind.FIXED: "56", TipKind.PERCENT: "57"}.get(self.kind)
        return (Field("55", self.kind.value), *([Field(fee, self.value)] if fee else []))


_ADDITIONAL = ("bill", "mobile", "store", "loyalty", "reference", "customer", "terminal", "purpose", "ask_for")
ASK = "***"
"""The value of a part of the additional data that the phone shall ask its owner for."""


@dataclass(frozen=True, slots=True)
class Additional:
    """Field 62; "" where a part is missing, "***" where the phone asks for it.

    Args:
        bill: invoice number.
        mobile: phone number to top up.
        store: label of the store.
        loyalty: card number.
        reference: what the merchant finds the payment by.
        customer: label of the customer.
        terminal: label of the till.
        purpose: what it is for.
        ask_for: A address, M mobile number, E e-mail, that the merchant wants.
        others: further parts, 10 to 99.
    """

    bill: str = ""
    mobile: str = ""
    store: str = ""
    loyalty: str = ""
    reference: str = ""
    customer: str = ""
    terminal: str = ""
    purpose: str = ""
    ask_for: str = ""
    others: tuple[Field, ...] = ()

    def field(self) -> Field:
        """Return it as field 62."""
        known = [Field(f"{number:02d}", getattr(self, name)) for number, name in enumerate(_ADDITIONAL, 1)]
        return Field("62", write([*(one for one in known if one.value), *self.others]))


def additional(inner: Sequence[Field]) -> Additional:
    """Return the additional data from the fields of its template."""
    known = {name: find(inner, f"{number:02d}") for number, name in enumerate(_ADDITIONAL, 1)}
    return Additional(**known, others=tuple(one for one in inner if not "01" <= one.id <= "09"))


@dataclass(frozen=True, slots=True)
class Localised:
    """Field 64: the merchant's name in another language.

    Args:
        language: ISO 639-1, two letters.
        name: merchant name.
        city: merchant city, or "".
    """

    language: str
    name: str
    city: str = ""

    def field(self) -> Field:
        """Return it as field 64."""
        parts = [Field("00", self.language), Field("01", self.name), Field("02", self.city)]
        return Field("64", write(one for one in parts if one.value))


assert tuple(one.name for one in fields(Additional))[: len(_ADDITIONAL)] == _ADDITIONAL
