"""Amounts of money: whole numbers of a currency's minor unit, never fractions of it.

A float cannot hold 0.10, so no amount here is ever one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from contracts.errors import UsageError

_TWO = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP "
    "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR "
    "JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN "
    "NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP "
    "SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UZS VES WST XCD YER ZAR ZMW"
)
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"

EXPONENT: dict[str, int] = {
    code: digits for digits, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR)) for code in codes.split()
}
"""Digits after the decimal point, by currency. Source: ISO 4217, list one."""

_WRITTEN = re.compile(r"(-?)(\d+)(?:\.(\d+))?")


def exponent(currency: str) -> int:
    """Return how many digits a currency has after the decimal point.

    Raises:
        UsageError: there is no such currency.
    """
    if currency not in EXPONENT:
        raise UsageError("no such currency", expected="an ISO 4217 code in capitals, such as USD", found=repr(currency))
    return EXPONENT[currency]


def written(minor: int, currency: str) -> str:
    """Return an amount as people write it: 1234, "USD" -> "12.34 USD"."""
    digits = exponent(currency)
    sign, whole = "-" if minor < 0 else "", str(abs(minor)).rjust(digits + 1, "0")
    point = len(whole) - digits
    return f"{sign}{whole[:point]}{'.' if digits else ''}{whole[point:]} {currency}"


def minor_of(text: str, currency: str) -> int:
    """Return an amount in minor units: "12.34", "USD" -> 1234.

    Raises:
        UsageError: it is not a decimal number, or is finer than the currency.
    """
    digits, match = exponent(currency), _WRITTEN.fullmatch(text)
    if match is None or len(match[3] or "") > digits:
        raise UsageError("not an amount", expected=f"a number with at most {digits} decimals", found=repr(text))
    minor = int(match[2] + (match[3] or "").ljust(digits, "0"))
    return -minor if match[1] else minor


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Divide an amount in proportion to weights without losing a unit: largest remainder, ties to the first.

    Args:
        total: >= 0, minor units.
        weights: >= 0, of which one at least is not 0 unless there is nothing to divide.
    """
    whole = sum(weights)
    if not total:
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(total * weights[i] % whole), i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts
