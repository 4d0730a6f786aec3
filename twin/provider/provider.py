"""The payment provider without I/O: orders and times in, answers out. What is ordered twice under one key happens once.

An order takes effect after a delay and is answered after its effect, by the rules of its instrument
(`twin.provider.behaviour`). It can be asked about meanwhile. The same orders at the same times give the same answers.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from contracts.checkout import PaymentAction, PaymentOrder, PaymentOutcome, PaymentResult
from contracts.clock import SECOND
from twin.provider.behaviour import NEVER_NS, Behaviour, behaviour_of
from twin.provider.codes import WalletCodes
from twin.provider.holding import Effect, Holding

MEDIAN_NS = SECOND
SPREAD = math.log(2.0) / 1.96
"""Of the logarithm: 95 of 100 authorisations take 0.5 s to 2 s, the usual time of an online authorisation."""

_USUAL = Behaviour()


@dataclass(slots=True)
class Known:
    """One order under its key.

    Args:
        order: as it came first.
        done: its effect, None until it has one.
        reference: the provider's number, "" until then.
        refusal: why it is not carried out, known as it came; "" where it is.
    """

    order: PaymentOrder
    done: Effect | None = None
    reference: str = ""
    refusal: str = ""


class Provider:
    """The state of all payments.

    Args:
        seed: the scenario's seed.
        name: device id.
        quick: whether to leave the usual delay out.
        codes: the payment codes that wallets gave out; None takes every code for a good one.
    """

    def __init__(
        self, seed: int, name: str = "provider", *, quick: bool = False, codes: WalletCodes | None = None
    ) -> None:
        self._seed, self._name, self._quick = seed, name, quick
        self._codes = codes
        self.holdings: dict[str, Holding] = {}
        self._known: dict[str, Known] = {}
        self._due: list[tuple[int, int, PaymentOrder, bool]] = []
        self._events = 0
        self._effects = 0
        self._answers: list[PaymentResult] = []

    def exchange(self, now_ns: int, orders: Sequence[PaymentOrder]) -> list[PaymentResult]:
        """Take orders and return the answers that are due by now.

        Args:
            now_ns: bench time.
            orders: that arrive now.
        """
        self._advance(now_ns)
        for order in orders:
            self.take(now_ns, order)
        return self.due(now_ns)

    def due(self, now_ns: int) -> list[PaymentResult]:
        """Return the answers that are due by now and were not returned before, oldest first."""
        self._advance(now_ns)
        answers, self._answers = self._answers, []
        return answers

    @property
    def busy(self) -> bool:
        """Whether an order waits for its effect or its answer within the time that anybody waits for one."""
        return any(at_ns < NEVER_NS for at_ns, *_ in self._due)

    def take(self, now_ns: int, order: PaymentOrder) -> None:
        """Let one order arrive."""
        self._advance(now_ns)
        at_ns = now_ns + self._delay_ns(order.key)
        known = self._known.get(order.key)
        if order.action is PaymentAction.STATUS or known:
            self._plan(at_ns, order, effect=False)
            return
        refusal = self._codes.refusal(order, now_ns) if self._codes else ""
        self._known[order.key] = Known(order, refusal=refusal)
        behaviour = self._behaviour(order)
        lands_ns = at_ns + behaviour.lands_ns
        self._plan(lands_ns, order, effect=True)
        if not behaviour.deaf_once:
            for later_ns in behaviour.answers_ns:
                self._plan(lands_ns + later_ns, order, effect=False)

    def _behaviour(self, order: PaymentOrder) -> Behaviour:
        behaviour = behaviour_of(self._instrument(order))
        return behaviour if order.action in behaviour.odd else _USUAL

    def _instrument(self, order: PaymentOrder) -> str:
        """Return the token by which an instrument is treated; behind a payment code stands the wallet's own."""
        return self._codes.instrument(order.instrument) if self._codes else order.instrument

    def _delay_ns(self, key: str) -> int:
        """Return how long an order takes: each key has its own draw, whenever it comes."""
        if self._quick:
            return 0
        from contracts.seeds import stream  # it loads numpy, and a quick provider starts quickly

        return int(MEDIAN_NS * stream(self._seed, "provider", key).lognormal(0.0, SPREAD))

    def _plan(self, at_ns: int, order: PaymentOrder, *, effect: bool) -> None:
        self._events += 1
        heapq.heappush(self._due, (at_ns, self._events, order, effect))

    def _advance(self, now_ns: int) -> None:
        while self._due and self._due[0][0] <= now_ns:
            at_ns, _, order, effect = heapq.heappop(self._due)
            if effect:
                self._carry_out(self._known[order.key])
            else:
                self._answers.append(self._answer(at_ns, order))

    def _carry_out(self, known: Known) -> None:
        holding = self.holdings.setdefault(known.order.payment, Holding())
        refused: Effect = (PaymentOutcome.DECLINED, 0, known.refusal)
        known.done = (
            refused if known.refusal else holding.apply(replace(known.order, instrument=self._instrument(known.order)))
        )
        if known.done[0] is PaymentOutcome.APPROVED:
            self._effects += 1
            known.reference = f"{self._name}-{self._effects}"

    def _answer(self, at_ns: int, order: PaymentOrder) -> PaymentResult:
        status = order.action is PaymentAction.STATUS
        known = self._known.get(order.of if status else order.key)
        if known is None:
            return self._result(at_ns, order, order.action, (PaymentOutcome.NOT_FOUND, 0, "never heard of"))
        if not status and _terms(order) != _terms(known.order):
            return self._result(at_ns, order, order.action, (PaymentOutcome.MISMATCH, 0, "the key was used before"))
        done = known.done or (PaymentOutcome.UNKNOWN, 0, "in process")
        return self._result(at_ns, order, known.order.action, done, known.reference)

    def _result(
        self, at_ns: int, order: PaymentOrder, action: PaymentAction, done: Effect, reference: str = ""
    ) -> PaymentResult:
        outcome, minor, reason = done
        return PaymentResult(
            t_ns=at_ns,
            source=self._name,
            key=order.key,
            payment=order.payment,
            action=action,
            outcome=outcome,
            reference=reference,
            amount_minor=minor,
            reason=reason,
        )


def _terms(order: PaymentOrder) -> tuple[object, ...]:
    """Return what must be the same whenever a key comes again."""
    return (order.action, order.payment, order.amount_minor, order.currency, order.instrument)
