"""The provider as a device of the twin, on the time of the bench."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.checkout import PaymentOrder, PaymentResult
from contracts.ports import FaultKind, PortInfo, PortKind
from twin.provider.codes import WalletCodes
from twin.provider.provider import Provider


class TwinProvider:
    """Takes orders and delivers `PaymentResult` records.

    Args:
        device: device id.
        seed: the scenario's seed.
        codes: the payment codes that wallets gave out; None takes every code for a good one.
    """

    def __init__(self, device: str, seed: int, codes: WalletCodes | None = None) -> None:
        self.info = PortInfo(device, PortKind.PAYMENT_PROVIDER)
        self.core = Provider(seed, device, codes=codes)
        self._now_ns = 0
        self._off = False

    def advance(self, now_ns: int) -> None:
        """Let time pass."""
        self._now_ns = now_ns

    def request(self, order: PaymentOrder) -> None:
        """Take an order; when the provider is off nobody hears it."""
        if not self._off:
            self.core.take(self._now_ns, order)

    def read(self, until_ns: int) -> Sequence[PaymentResult]:
        """Return what it answered after the last call and up to until_ns, oldest first."""
        answers = self.core.due(until_ns)
        return () if self._off else answers

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin or end a fault: OFF hears nothing, and what it would have answered is lost."""
        if kind not in (None, FaultKind.OFF):
            return False
        self._off = kind is FaultKind.OFF
        return True

    def safe_state(self) -> None:
        """Nothing here can hurt anybody."""
