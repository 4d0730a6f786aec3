"""A wallet of somebody else's on a phone: WeChat's or Alipay's codes, a new one every minute and after each use."""

from __future__ import annotations

from contracts.codes.payment_code import VALID_NS, alipay_plus, wechat
from contracts.seeds import stream
from contracts.steps import OtherWallet
from twin.provider.codes import WalletCodes

USER_DIGITS = 16
ISSUER = "251001"
"""Of the wallet behind Alipay+. Source: Alipay+, code format specification, its own example."""


class TwinWallet:
    """One wallet.

    Args:
        wallet: as the scenario gives it.
        owner: shopper.
        seed: the scenario's seed.
        codes: where its server remembers what it gave out.
    """

    def __init__(self, wallet: OtherWallet, owner: str, seed: int, codes: WalletCodes) -> None:
        self._wallet, self._codes = wallet, codes
        self._draws = stream(seed, "wallet", owner)
        self._since_ns = 0
        self.pictured = b""
        """The code that was on its screen last, as somebody else may have photographed it."""

    def code(self, now_ns: int) -> bytes:
        """Return the code on its screen."""
        if not self.pictured or now_ns - self._since_ns >= VALID_NS or self._codes.used(self.pictured):
            self.pictured, self._since_ns = self._drawn(), now_ns
            if self._wallet.known:
                self._codes.issue(self.pictured, now_ns - self._wallet.behind_ns, self._wallet.bank)
        return self.pictured

    def _drawn(self) -> bytes:
        user = "".join(map(str, self._draws.integers(10, size=USER_DIGITS).tolist()))
        return (wechat(user) if self._wallet.of == "wechat" else alipay_plus(ISSUER, user)).digits.encode()
