"""How the provider treats an instrument. Its token says it after a "~": "tok-ana~declines"; else it is approved.

So a scenario, an account or a test chooses what goes wrong by the card that is on file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.checkout import PaymentAction
from contracts.clock import MILLISECOND, SECOND
from contracts.errors import UsageError

NEVER_NS = 10**9 * SECOND
_MONEY = frozenset({PaymentAction.AUTHORISE, PaymentAction.CAPTURE})


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What differs from an order that is carried out and answered once.

    Args:
        declines: actions that are refused.
        reason: what is said then.
        odd: actions to which the rest applies.
        lands_ns: from the order to its effect, on top of the usual delay.
        answers_ns: from the effect to each answer; none = it is never answered unless it is asked about.
        deaf_once: whether each order, a void or a refund too, is not answered the first time it comes.
    """

    declines: frozenset[PaymentAction] = frozenset()
    reason: str = ""
    odd: frozenset[PaymentAction] = _MONEY
    lands_ns: int = 0
    answers_ns: tuple[int, ...] = (0,)
    deaf_once: bool = False


BEHAVIOURS: Mapping[str, Behaviour] = {
    "approves": Behaviour(),
    "declines": Behaviour(frozenset({PaymentAction.AUTHORISE}), "insufficient funds"),
    "declines-capture": Behaviour(frozenset({PaymentAction.CAPTURE}), "hold expired"),
    "declines-refund": Behaviour(frozenset({PaymentAction.REFUND}), "account closed"),
    "answers-twice": Behaviour(odd=frozenset(PaymentAction), answers_ns=(0, 2 * SECOND)),
    "answers-late": Behaviour(answers_ns=(20 * SECOND,)),
    "never-answers": Behaviour(answers_ns=()),
    "never-captures": Behaviour(odd=frozenset({PaymentAction.CAPTURE}), lands_ns=NEVER_NS, answers_ns=()),
    "stays-unknown": Behaviour(lands_ns=NEVER_NS, answers_ns=()),
    "lands-late": Behaviour(
        odd=frozenset({PaymentAction.CAPTURE}), lands_ns=44 * SECOND + 500 * MILLISECOND, answers_ns=()
    ),
    "deaf-once": Behaviour(odd=frozenset(PaymentAction), deaf_once=True),
}
"""By the name that stands in a token. `lands-late` takes effect after the last question and before the void."""


def behaviour_of(instrument: str) -> Behaviour:
    """Return how an instrument is treated.

    Raises:
        UsageError: its token names a behaviour that there is not.
    """
    _, told, name = instrument.rpartition("~")
    if not told:
        return BEHAVIOURS["approves"]
    if name not in BEHAVIOURS:
        raise UsageError("no such behaviour of a provider", expected=", ".join(BEHAVIOURS), found=name)
    return BEHAVIOURS[name]
