"""The code of one payment on a till's screen: what is printed there, with the amount and the sale put in.

Source: EMV QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1, point of initiation 12.
"""

from __future__ import annotations

from dataclasses import replace

from contracts.codes import mpm
from contracts.codes.mpm import Mpm
from contracts.codes.mpm_fields import Field
from stack.money.currency import written


def dynamic(printed: str, amount_minor: int, currency: str, reference: str) -> str:
    """Return the text to show.

    Args:
        printed: the merchant's code without an amount.
        amount_minor: what is to be paid, more than 0.
        currency: ISO 4217.
        reference: by which the sale is found again.
    """
    code = mpm.parse(printed)
    additional = replace(code.additional, reference=reference)
    made = [Field("01", "12"), Field("54", written(amount_minor, currency).split()[0]), additional.field()]
    others = [one for one in code.fields if one.id not in ("01", "54", "62")]
    return mpm.build(Mpm(tuple(sorted([*others, *made], key=lambda one: one.id))))
