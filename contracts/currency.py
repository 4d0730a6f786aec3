"""Currencies: how many digits stand after the decimal point, and amounts in minor units as people write them."""

from __future__ import annotations

from contracts.errors import UsageError

HUNDREDTHS = 2
"""Digits that amounts in scenario and store files are read with."""
_HUNDRED = 100

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


def in_minor(hundredths: int, currency: str) -> int:
    """Return an amount that was read as hundredths, such as `contracts.units.Money`, in minor units of a currency.

    Raises:
        UsageError: it is finer than the currency: half a yen.
    """
    minor, rest = divmod(hundredths * int(10 ** exponent(currency)), _HUNDRED)
    if rest:
        found = f"{hundredths / _HUNDRED:.2f} {currency}"
        raise UsageError("not an amount", expected=f"at most {exponent(currency)} decimals", found=found)
    return minor


def in_hundredths(minor: int, currency: str) -> int:
    """Return minor units as hundredths; what is finer than that is cut off."""
    return minor * _HUNDRED // int(10 ** exponent(currency))


def money_text(minor: int, currency: str) -> str:
    """Return an amount as people write it, in any currency: one that nobody knows is taken to have cents."""
    return written(minor, currency) if currency in EXPONENT else f"{minor / _HUNDRED:.2f} {currency}"
