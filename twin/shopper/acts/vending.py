"""At a vending machine: choosing, paying with one gesture, and taking what was paid for once the door is open."""

from __future__ import annotations

from contracts.checkout import TillKey
from contracts.steps import Buy, Pay, Take
from contracts.trade import DOOR_OPEN, TillInfo
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.showing import show, shown_until
from twin.shopper.acts.take import take
from twin.shopper.acts.till import SCAN_S, come_to, press, till_named
from twin.shopper.problem import CannotDo
from twin.shopper.waiting import idle


def buy(actor: Actor, step: Buy) -> Moves:
    """Choose, pay, and take."""
    till = till_named(actor, step.at)
    yield from come_to(actor, till)
    try:
        yield from _choose(actor, till, step)
        yield from _pay(actor, till, step)
        yield from take(actor, Take(product=step.product, count=step.count))
    finally:
        actor.company.queues[till.id].remove(actor.name)


def _choose(actor: Actor, till: TillInfo, step: Buy) -> Moves:
    """Press the keys of what is wanted: the machine reads them as it would a bar code."""
    gtin = actor.company.layout.product[step.product].gtin
    for _ in range(step.count):
        actor.stage.counter.scanners[till.scanner].present(gtin.encode(), "]E0")
        yield from idle(actor, lambda: False, actor.tempo(SCAN_S))
    press(actor, till, TillKey.CARD if step.by == "card" else TillKey.TOTAL)


def _pay(actor: Actor, till: TillInfo, step: Buy) -> Moves:
    """Show what pays until the door opens."""
    counter, opened = actor.stage.counter, False
    screen, printed = counter.screens[till.screen], counter.tills[till.id].printed
    before, shown_ns = len(printed), 0
    try:
        means = Pay(by=step.by, at=till.id)
        shown_ns = yield from shown_until(
            actor, lambda: show(actor, till, means), lambda: screen.text == DOOR_OPEN, again=step.by != "wallet"
        )
        opened = screen.text == DOOR_OPEN
    finally:
        actor.stage.paid(actor.name, till.id, step.by, paid=len(printed) > before, shown_ns=shown_ns)
        if not opened:
            press(actor, till, TillKey.CANCEL)
    if not opened:
        raise CannotDo(f"{till.id} did not take the {step.by}")
