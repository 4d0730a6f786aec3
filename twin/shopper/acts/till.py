"""At a till: having goods scanned, showing what pays for them, putting cash on an account."""

from __future__ import annotations

from collections.abc import Callable, Generator

from contracts.checkout import PhoneAction, TillKey
from contracts.clock import SECOND
from contracts.steps import CheckPrice, Pay, ScanCode, TopUp
from contracts.trade import TillInfo
from twin.phone import TwinPhone
from twin.shopper.actor import Actor, Moves
from twin.shopper.going import come_before
from twin.shopper.handling import let_hang, reach_to
from twin.shopper.problem import CannotDo
from twin.shopper.skeleton import SIDES
from twin.shopper.waiting import idle

SCAN_S = 1.2
"""From one article to the next over the scanner. Our assumption; practised cashiers do 20 to 40 a minute."""
FREE_S = 300.0
ANSWER_S = 60.0
"""After so long without a receipt, or a word on the phone, somebody gives up."""
AGAIN_S = 8.0
"""What has not been read or has been turned down is shown again after this."""
# Where a hand shows a phone, a palm or a card: metres ahead, to the left, and height over the body's.
_SHOWN = (0.40, -0.10, 0.58)


def pay(actor: Actor, step: Pay) -> Moves:
    """Have everything scanned, and pay."""
    till = _till(actor, step.at)
    yield from _come(actor, till)
    printed = actor.stage.counter.tills[till.id].printed
    before, shown_ns = len(printed), 0
    try:
        yield from _scan_goods(actor, till)
        if step.by == "app":
            phone = _phone(actor)
            phone.ask(PhoneAction.SCANNED, actor.now_ns, till.printed.encode())
            yield from _read_app(actor, phone)
        _press(actor, till, TillKey.CARD if step.by == "card" else TillKey.TOTAL)
        shown_ns = yield from _shown(actor, lambda: _show(actor, till, step.by), lambda: len(printed) > before)
    finally:
        paid = len(printed) > before
        actor.stage.paid(actor.name, till.id, step.by, paid=paid, shown_ns=shown_ns)
        if not paid:
            _press(actor, till, TillKey.CANCEL)
        actor.company.queues[till.id].remove(actor.name)
    if not paid:
        raise CannotDo(f"{till.id} did not take the {step.by}")


def scan_code(actor: Actor, step: ScanCode) -> Moves:
    """Scan what is printed at a till, and agree to what the app then says."""
    till = _till(actor, step.at)
    if not till.printed:
        raise CannotDo(f"nothing is printed at {till.id}")
    yield from _come(actor, till)
    try:
        phone = _phone(actor)
        phone.ask(PhoneAction.SCANNED, actor.now_ns, till.printed.encode(), step.amount_minor)
        yield from _read_app(actor, phone)
        if phone.view is not None and phone.view.asks:
            yield from _agree(actor, till, phone)
    finally:
        actor.company.queues[till.id].remove(actor.name)


def _agree(actor: Actor, till: TillInfo, phone: TwinPhone) -> Moves:
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
    phone = _phone(actor)
    phone.ask(PhoneAction.SCANNED, actor.now_ns, actor.company.layout.product[step.product].gtin.encode())
    yield from _read_app(actor, phone)


def top_up(actor: Actor, step: TopUp) -> Moves:
    """Give cash, and show the account that it goes to."""
    till = _till(actor, step.at)
    yield from _come(actor, till)
    printed = actor.stage.counter.tills[till.id].printed
    before = len(printed)
    try:
        code = _phone(actor).phone.top_up
        actor.stage.counter.tills[till.id].press(TillKey.TOP_UP, actor.now_ns, step.amount_minor)
        yield from idle(actor, lambda: False, SCAN_S)
        show = lambda: actor.stage.counter.scanners[till.scanner].present(code)  # noqa: E731  # shown again and again
        yield from _shown(actor, show, lambda: len(printed) > before)
    finally:
        actor.company.queues[till.id].remove(actor.name)
    if len(printed) == before:
        raise CannotDo(f"{till.id} did not take the cash")


def _till(actor: Actor, named: str) -> TillInfo:
    tills = actor.company.layout.till
    if named in tills:
        return tills[named]
    if named or not tills:
        raise CannotDo(f"there is no till {named}".rstrip())
    return next(iter(tills.values()))


def _come(actor: Actor, till: TillInfo) -> Moves:
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
    carried = [*actor.bag, *(each for side in SIDES for each in actor.held[side])]
    for each in carried:
        yield from idle(actor, lambda: False, actor.tempo(SCAN_S))
        gtin = actor.company.layout.product[each.product].gtin
        actor.stage.counter.scanners[till.scanner].present(gtin.encode(), "]E0")
    yield from idle(actor, lambda: False, actor.tempo(SCAN_S))


def _show(actor: Actor, till: TillInfo, by: str) -> None:
    """Hold what pays before its reader."""
    counter = actor.stage.counter
    if by == "card":
        if actor.plan.card is None or not till.terminal:
            raise CannotDo(f"no card can be used at {till.id}")
        counter.terminals[till.terminal].present(actor.plan.card)
    elif by == "palm":
        if not till.palm_reader:
            raise CannotDo(f"{till.id} has no palm reader")
        counter.palms[till.palm_reader].present(actor.plan.palm)
    else:
        counter.scanners[till.scanner].present(_phone(actor).code(actor.now_ns))


def _shown(actor: Actor, show: Callable[[], None], done: Callable[[], bool]) -> Generator[None, None, int]:
    """Hold something before a reader, again after a while, until it has done its work; return since when."""
    h = actor.plan.height_m
    spot = actor.puppet.world((_SHOWN[0], _SHOWN[1], _SHOWN[2] * h))
    yield from reach_to(actor, "right", [spot], actor.tempo(0.7))
    since = actor.now_ns
    again_ns = since
    while not done() and actor.seconds_since(since) < ANSWER_S:
        if actor.now_ns >= again_ns:
            show()
            again_ns = actor.now_ns + round(AGAIN_S * SECOND)
        yield
    let_hang(actor, "right")
    return since


def _read_app(actor: Actor, phone: TwinPhone) -> Moves:
    """Wait until the app shows something new, and read it."""
    yield from idle(actor, lambda: phone.view is not None, ANSWER_S)
    if phone.view is None:
        raise CannotDo("the app shows nothing")
    yield from idle(actor, lambda: False, actor.tempo(1.5))


def _phone(actor: Actor) -> TwinPhone:
    if actor.plan.phone is None:
        raise CannotDo(f"{actor.name} has no phone")
    return actor.stage.counter.phones[actor.plan.phone.id]


def _press(actor: Actor, till: TillInfo, key: TillKey) -> None:
    actor.stage.counter.tills[till.id].press(key, actor.now_ns)
