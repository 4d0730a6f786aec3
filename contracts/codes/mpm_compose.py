"""Make a merchant-presented code from what a merchant knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.codes import mpm
from contracts.codes.mpm_fields import Field
from contracts.codes.mpm_parts import Additional, Localised, MerchantAccount, Tip


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who is paid.

    Args:
        accounts: where to, one a scheme.
        category: four digits (ISO 18245): "5411" groceries.
        country: two letters (ISO 3166-1).
        name: at most 25 characters.
        city: at most 15 characters.
        currency: three digits (ISO 4217): "840" US dollar, "156" yuan.
        postcode: at most 10 characters, or "".
        localised: name in another language, or None.
    """

    accounts: tuple[MerchantAccount, ...]
    category: str
    country: str
    name: str
    city: str
    currency: str
    postcode: str = ""
    localised: Localised | None = None


def static(merchant: Merchant, *, additional: Additional | None = None, tip: Tip | None = None) -> str:
    """Return the code of a printed sticker: the customer types the amount."""
    return mpm.build(_code("11", merchant, "", additional, tip, ()))


def dynamic(
    merchant: Merchant,
    amount: Decimal,
    *,
    additional: Additional | None = None,
    tip: Tip | None = None,
    extra: Sequence[Field] = (),
) -> str:
    """Return the code of one payment.

    Args:
        merchant: who is paid.
        amount: in units of the currency, more than 0.
        additional: bill, till, reference.
        tip: what comes on top.
        extra: further fields, such as templates 80 to 99.

    Raises:
        BadCode: a value is not allowed.
    """
    return mpm.build(_code("12", merchant, f"{amount:f}", additional, tip, tuple(extra)))


def _code(
    kind: str,
    merchant: Merchant,
    amount: str,
    additional: Additional | None,
    tip: Tip | None,
    extra: tuple[Field, ...],
) -> mpm.Mpm:
    plain = (
        Field("52", merchant.category),
        Field("53", merchant.currency),
        Field("54", amount),
        *(tip.fields() if tip else ()),
        Field("58", merchant.country),
        Field("59", merchant.name),
        Field("60", merchant.city),
        Field("61", merchant.postcode),
    )
    return mpm.Mpm(
        (
            Field("00", "01"),
            Field("01", kind),
            *(one.field() for one in merchant.accounts),
            *(one for one in plain if one.value),
            *([additional.field()] if additional else []),
            *([merchant.localised.field()] if merchant.localised else []),
            *extra,
        )
    )
