"""At a till: having goods scanned, showing what pays for them, putting cash on an account."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from contracts.checkout import PhoneAction, TillKey
from contracts.steps import CheckPrice, Pay, ScanCode, TopUp
from contracts.trade import TillInfo
from twin.phone import TwinPhone
from twin.shopper.actor import Actor, Moves
from twin.shopper.acts.showing import ANSWER_S, phone_of, read_app, show, shown_until
from twin.shopper.going import come_before
from twin.shopper.problem import CannotDo
from twin.shopper.skeleton import SIDES
from twin.shopper.waiting import idle

SCAN_S = 1.2
"""From one article to the next over the scanner. Our assumption; practised cashiers do 20 to 40 a minute."""
FREE_S = 300.0
REFUSED_S = 12.0
"""After so long without a receipt somebody who can pay another way does."""


def pay(actor: Actor, step: Pay) -> Moves:
    """Have everything scanned, and pay."""
    till = till_named(actor, step.at)
    yield from come_to(actor, till)
    printed = actor.stage.counter.tills[till.id].printed
    before, shown_ns = len(printed), 0

    def done() -> bool:
        return len(printed) > before

    try:
        yield from _scan_goods(actor, till)
        if step.by == "app":
            phone = phone_of(actor)
            phone.ask(PhoneAction.SCANNED, actor.now_ns, till.printed.encode())
            yield from read_app(actor, phone)
        press(actor, till, TillKey.CARD if step.by == "card" else TillKey.TOTAL, step.amount_minor)
        if step.by == "screen":
            yield from _scan_screen(actor, till)
        if step.then:
            first = partial(show, actor, till, step)
            shown_ns = yield from shown_until(actor, first, done, again=False, for_s=REFUSED_S)
            step = step if done() else _instead(actor, till, step, shown_ns)
        if not done():
            put = partial(show, actor, till, step)
            shown_ns = yield from shown_until(actor, put, done, again=step.by != "wallet")
    finally:
        paid = done()
        actor.stage.paid(actor.name, till.id, step.by, paid=paid, shown_ns=shown_ns, payer=_other(step))
        if not paid:
            press(actor, till, TillKey.CANCEL)
        actor.company.queues[till.id].remove(actor.name)
    if not paid:
        raise CannotDo(f"{till.id} did not take the {step.by}")


def _instead(actor: Actor, till: TillInfo, step: Pay, shown_ns: int) -> Pay:
    """Give up what was refused; return what is shown in its place, at the same till and for the same goods."""
    actor.stage.paid(actor.name, till.id, step.by, paid=False, shown_ns=shown_ns)
    if step.then == "card":
        press(actor, till, TillKey.CARD, step.amount_minor)
    return replace(step, by=step.then or step.by, of="", then="")


def _other(step: Pay) -> str:
    """Return who pays in the shopper's place, once it is their turn."""
    return "" if step.then else step.whose


def _scan_screen(actor: Actor, till: TillInfo) -> Moves:
    """Scan what the till's screen shows."""
    screen = actor.stage.counter.screens[till.screen]
    yield from idle(actor, lambda: bool(screen.code), ANSWER_S)
    phone = phone_of(actor)
    phone.ask(PhoneAction.SCANNED, actor.now_ns, screen.code)
    yield from read_app(actor, phone)


def scan_code(actor: Actor, step: ScanCode) -> Moves:
    """Scan what is printed at a till, and agree to what the app then says."""
    till = till_named(actor, step.at)
    if not till.printed:
        raise CannotDo(f"nothing is printed at {till.id}")
    yield from come_to(actor, till)
    try:
        phone = phone_of(actor)
        phone.ask(PhoneAction.SCANNED, actor.now_ns, till.printed.encode(), step.amount_minor)
        yield from read_app(actor, phone)
        if phone.view is not None and phone.view.asks:
            yield from agree(actor, till, phone)
    finally:
        actor.company.queues[till.id].remove(actor.name)


def agree(actor: Actor, till: TillInfo, phone: TwinPhone) -> Moves:
    """Agree to pay what the app asks for."""
    printed = actor.stage.counter.tills[till.id].printed
    before = len(printed)
    shown_ns = actor.now_ns
    phone.ask(PhoneAction.CONFIRMED, shown_ns)
    yield from idle(actor, lambda: phone.view is not None, ANSWER_S)
    paid = len(printed) > before
    actor.stage.paid(actor.name, till.id, "app", paid=paid, shown_ns=shown_ns)
    if not paid:
        raise CannotDo(phone.view.text if phone.view else "the app shows nothing")


def check_price(actor: Actor, step: CheckPrice) -> Moves:
    """Scan an article's barcode with the phone, and read what it costs."""
    phone = phone_of(actor)
    phone.ask(PhoneAction.SCANNED, actor.now_ns, actor.company.layout.product[step.product].gtin.encode())
    yield from read_app(actor, phone)


def top_up(actor: Actor, step: TopUp) -> Moves:
    """Give cash, and show the account that it goes to; or take it from the card on file with the app."""
    if step.by == "app":
        yield from _top_up_by_app(actor, step)
        return
    till = till_named(actor, step.at)
    yield from come_to(actor, till)
    printed = actor.stage.counter.tills[till.id].printed
    before = len(printed)
    try:
        code = phone_of(actor).phone.top_up
        actor.stage.counter.tills[till.id].press(TillKey.TOP_UP, actor.now_ns, step.amount_minor)
        yield from idle(actor, lambda: False, SCAN_S)
        put = lambda: actor.stage.counter.scanners[till.scanner].present(code)  # noqa: E731  # shown again and again
        yield from shown_until(actor, put, lambda: len(printed) > before)
    finally:
        actor.company.queues[till.id].remove(actor.name)
    if len(printed) == before:
        raise CannotDo(f"{till.id} did not take the cash")


def _top_up_by_app(actor: Actor, step: TopUp) -> Moves:
    phone = phone_of(actor)
    before = phone.credited
    phone.ask(PhoneAction.TOP_UP, actor.now_ns, amount_minor=step.amount_minor)
    yield from read_app(actor, phone)
    if phone.credited == before:
        raise CannotDo(phone.view.text if phone.view else "the app shows nothing")


def till_named(actor: Actor, named: str) -> TillInfo:
    """Return a till, the first one for ""."""
    tills = actor.company.layout.till
    if named in tills:
        return tills[named]
    if named or not tills:
        raise CannotDo(f"there is no till {named}".rstrip())
    return next(iter(tills.values()))


def come_to(actor: Actor, till: TillInfo) -> Moves:
    """Wait until the till is free, and stand at it."""
    queue = actor.company.queues.setdefault(till.id, [])
    queue.append(actor.name)
    yield from idle(actor, lambda: queue[0] == actor.name, FREE_S)
    try:
        if queue[0] != actor.name:
            raise CannotDo(f"the line before {till.id} does not move")
        x, y, _ = till.pose.position
        yield from come_before(actor, (x, y), till.pose.yaw)
    except CannotDo:
        queue.remove(actor.name)
        raise


def _scan_goods(actor: Actor, till: TillInfo) -> Moves:
    """Lay everything before the scanner, one after the other."""
    if not till.scanner:
        return
    carried = [*actor.bag, *(each for side in SIDES for each in actor.held[side])]
    for each in carried:
        yield from idle(actor, lambda: False, actor.tempo(SCAN_S))
        gtin = actor.company.layout.product[each.product].gtin
        actor.stage.counter.scanners[till.scanner].present(gtin.encode(), "]E0")
    yield from idle(actor, lambda: False, actor.tempo(SCAN_S))


def press(actor: Actor, till: TillInfo, key: TillKey, amount_minor: int = 0) -> None:
    """Press a key of a till."""
    actor.stage.counter.tills[till.id].press(key, actor.now_ns, amount_minor)
