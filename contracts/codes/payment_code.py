"""Payment codes of phone wallets: digits that a till reads and sends to the wallet's own server.

A code pays for as long as it is valid, so its text form shows no digits.
Source: Alipay+ code format specification and payment code types; WeChat Pay, quick pay guide; YabandPay (Hong Kong).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from contracts.clock import SECOND
from contracts.codes.digits import is_digits
from contracts.codes.masking import mask_text
from contracts.errors import BadCode


class Wallet(StrEnum):
    """Whose code it is."""

    WECHAT = "wechat"
    WECHAT_HK = "wechat-hk"
    ALIPAY = "alipay"
    """Mainland China or Hong Kong, 17 to 19 digits."""
    ALIPAY_PLUS = "alipay+"
    """Any wallet behind Alipay+: 24 digits, or the 19 of its first years."""


VALID_NS = 60 * SECOND
"""WeChat: one minute, and a new code after each use. Alipay publishes no time; the same is assumed."""

_PLUS_PAYMENT = "02"
_PATTERNS = (
    (Wallet.WECHAT_HK, re.compile(r"15[0-9]{16}")),
    (Wallet.WECHAT, re.compile(r"1[0-4][0-9]{16}")),
    (Wallet.ALIPAY_PLUS, re.compile(r"289[0-9]{10}6[0-9]{5}")),
    # 25 to 30: the wallet's agreement; 28 alone is in the older table.
    (Wallet.ALIPAY, re.compile(r"(?:2[5-9]|30)[0-9]{15,17}")),
    (Wallet.ALIPAY_PLUS, re.compile(r"(?:2[5-9]|30)[0-9]{22}")),
    # Lengths that are reserved for future use.
    (Wallet.ALIPAY_PLUS, re.compile(r"(?:2[5-9]|30)[0-9]{18,30}")),
)


@dataclass(frozen=True, slots=True)
class PaymentCode:
    """A wallet's code.

    Args:
        wallet: whose.
        digits: what goes to the wallet's server; never log it.
        valid_ns: how long the phone lets it live.
    """

    wallet: Wallet
    digits: str = field(repr=False)
    valid_ns: int = VALID_NS

    @property
    def issuer(self) -> str:
        """The six digits that say whose wallet it is behind Alipay+, "" for other codes."""
        return self.digits[:6] if self.wallet is Wallet.ALIPAY_PLUS and len(self.digits) == 24 else ""

    def masked(self) -> str:
        """Return what may be logged."""
        return mask_text(self.digits)


def recognise(text: str) -> PaymentCode | None:
    """Return whose code this is, None when it is none that is known."""
    for wallet, pattern in _PATTERNS:
        if pattern.fullmatch(text):
            return PaymentCode(wallet, text)
    return None


def wechat(user: str, *, hong_kong: bool = False, leading: str = "13") -> PaymentCode:
    """Return a WeChat code of 18 digits.

    Args:
        user: its last 16 digits.
        hong_kong: whether it begins with 15.
        leading: 10 to 14 elsewhere.
    """
    return _made(("15" if hong_kong else leading) + user)


def alipay_plus(issuer: str, user: str) -> PaymentCode:
    """Return an Alipay+ code of 24 digits.

    Args:
        issuer: 6 digits that Alipay+ gives to a wallet: 251001.
        user: 16 digits that carry nothing private.
    """
    return _made(issuer + _PLUS_PAYMENT + user)


def _made(digits: str) -> PaymentCode:
    code = recognise(digits) if is_digits(digits) else None
    if code is None:
        raise BadCode(
            "no wallet makes such a code",
            expected="WeChat: 10 to 15 and 16 digits; Alipay+: 25 to 30, 24 digits in all",
            found=f"{len(digits)} characters",
        )
    return code
