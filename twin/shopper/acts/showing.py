"""What a shopper holds before a reader or a camera: phone, palm, card; and what a phone's app says."""

from __future__ import annotations

from collections.abc import Callable, Generator

from contracts.biometrics import reads
from contracts.checkout import PhoneAction
from contracts.clock import SECOND
from contracts.steps import Pay
from contracts.trade import TillInfo
from twin.phone import TwinPhone
from twin.shopper.actor import Actor, Moves
from twin.shopper.handling import let_hang, reach_to
from twin.shopper.problem import CannotDo
from twin.shopper.waiting import idle
from twin.wallet import TwinWallet

ANSWER_S = 60.0
"""After so long without a receipt, or a word on the phone, somebody gives up."""
AGAIN_S = 8.0
"""What has not been read or has been turned down is shown again after this."""
# Where a hand shows a phone, a palm or a card: metres ahead, to the left, and height over the body's.
_SHOWN = (0.40, -0.10, 0.58)


def show(actor: Actor, till: TillInfo, step: Pay) -> None:
    """Hold what pays before its reader."""
    counter, plan = actor.stage.counter, _payer(actor, step).plan
    if step.by == "card":
        if plan.card is None or not till.terminal:
            raise CannotDo(f"no card can be used at {till.id}")
        counter.terminals[till.terminal].present(plan.card)
    elif step.by == "palm":
        if not till.palm_reader:
            raise CannotDo(f"{till.id} has no palm reader")
        counter.show_palm(till.palm_reader, plan.palm, plan.name)
    elif step.by in ("face", "fingerprint"):
        if not reads(till.bio_reads, step.by):
            raise CannotDo(f"{till.id} reads no {step.by}")
        counter.show_palm(till.bio_reader, "", plan.name)
    elif step.by == "screen":
        phone_of(actor).ask(PhoneAction.CONFIRMED, actor.now_ns)
    else:
        held = plan.phone.held if plan.phone else None
        counter.scanners[till.scanner].present(_code(actor, step), held=held)


def _code(actor: Actor, step: Pay) -> bytes:
    """Return the code that is shown: one's own, or a picture of the last one that was on somebody else's phone."""
    if step.of:
        pictured = _device(actor, step.of, step.by).pictured
        if not pictured:
            raise CannotDo(f"there is no picture of a code of {step.of}")
        return pictured
    return _device(actor, _payer(actor, step).name, step.by).code(actor.now_ns)


def _payer(actor: Actor, step: Pay) -> Actor:
    """Return whose means are shown: one's own, until somebody else pays instead."""
    other = actor.company.actors.get(step.whose) if step.whose and not step.then else actor
    if other is None:
        raise CannotDo(f"{step.whose} is not here to pay")
    return other


def _device(actor: Actor, owner: str, by: str) -> TwinPhone | TwinWallet:
    counter = actor.stage.counter
    if by == "wallet":
        if owner not in counter.wallets:
            raise CannotDo(f"{owner} has no wallet")
        return counter.wallets[owner]
    other = actor.company.actors.get(owner)
    if other is None or other.plan.phone is None:
        raise CannotDo(f"{owner} has no phone")
    return counter.phones[other.plan.phone.id]


def shown_until(
    actor: Actor, put: Callable[[], None], done: Callable[[], bool], *, again: bool = True, for_s: float = ANSWER_S
) -> Generator[None, None, int]:
    """Hold something before a reader until it has done its work; return since when.

    Args:
        actor: who.
        put: shows it.
        done: whether it has done its work.
        again: whether it is shown again after a while.
        for_s: after so long somebody gives up, seconds.
    """
    h = actor.plan.height_m
    spot = actor.puppet.world((_SHOWN[0], _SHOWN[1], _SHOWN[2] * h))
    yield from reach_to(actor, "right", [spot], actor.tempo(0.7))
    since = actor.now_ns
    again_ns = since
    while not done() and actor.seconds_since(since) < for_s:
        if actor.now_ns >= again_ns:
            put()
            again_ns = actor.now_ns + round((AGAIN_S if again else ANSWER_S) * SECOND)
        yield
    let_hang(actor, "right")
    return since


def read_app(actor: Actor, phone: TwinPhone) -> Moves:
    """Wait until the app shows something new, and read it."""
    yield from idle(actor, lambda: phone.view is not None, ANSWER_S)
    if phone.view is None:
        raise CannotDo("the app shows nothing")
    yield from idle(actor, lambda: False, actor.tempo(1.5))


def phone_of(actor: Actor) -> TwinPhone:
    """Return a shopper's phone."""
    if actor.plan.phone is None:
        raise CannotDo(f"{actor.name} has no phone")
    return actor.stage.counter.phones[actor.plan.phone.id]
