"""A step as a sentence for people."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.palms import Enrol, Forget
from contracts.steps import (
    Buy,
    CheckPrice,
    Drop,
    Enter,
    HandTo,
    Inspect,
    Leave,
    Look,
    Meet,
    Order,
    Pay,
    PutBack,
    ScanCode,
    ShopperPlan,
    Step,
    Take,
    TopUp,
    Touch,
    Wait,
    WalkTo,
)


def sentence(step: Step) -> str:  # noqa: C901, PLR0911, PLR0912 - one case a step
    """Return what a step does: "takes 2 fiji-500 from gondola-1/shelf-5, slowly"."""
    match step:
        case Enter():
            return _enters(step)
        case WalkTo(place=place, point=point):
            return f"walks to {place}" if point is None else f"walks to x {point[0]:g} m, y {point[1]:g} m"
        case Take():
            return _takes(step)
        case PutBack(product=product, count=count, place=place):
            return f"puts {_many(product, count)} {f'on {place}' if place else 'back where it was'}"
        case Inspect(product=product, place=place, for_ns=for_ns):
            return f"takes {product}{_at(place)}, looks at it for {seconds(for_ns)}, puts it back"
        case Touch(product=product, place=place):
            return f"touches {product}{_at(place)} and lets go"
        case HandTo(product=product, to=to):
            return f"hands {product} to {to}"
        case Drop(product=product):
            return f"drops {product} on the floor"
        case Wait(for_ns=for_ns):
            return f"waits {seconds(for_ns)}"
        case Look(place=place, for_ns=for_ns):
            return f"looks at {place} for {seconds(for_ns)}"
        case Meet(shopper=shopper, steps=steps):
            return f"waits until {shopper} has done step {steps}"
        case Leave(follow=follow, gate=gate):
            return f"leaves{f' right behind {follow}' if follow else ''}{f' by {gate}' if gate else ''}"
        case Buy(product=product, count=count, at=at, by=by):
            return f"buys {_many(product, count)} from the machine{_at(at)} by {_TENDERS[by]}"
        case Order(items=items, at=at):
            return f"orders{_at(at)} and pays with the app: {', '.join(_many(*item) for item in items)}"
        case Enrol(at=at, by=by):
            return f"has the {by} enrolled{_at(at)}"
        case Forget(by=by):
            return f"has the {by} deleted"
        case Pay() | ScanCode() | TopUp() | CheckPrice():
            return _pays(step)


def moves(plan: ShopperPlan) -> str:
    """Return how somebody gets about: "walks", "pushes a pram"."""
    if plan.seated:
        return "sits in a wheelchair, rolls"
    return f"pushes a {plan.pushes}, walks" if plan.pushes else "walks"


def seconds(ns: int) -> str:
    """Return "4 s" or "0.25 s"."""
    return f"{ns / SECOND:g} s"


def _enters(step: Enter) -> str:
    """Say how somebody comes in."""
    by = f" by {step.gate}" if step.gate else ""
    if step.follow:
        return f"slips in{by} right behind {step.follow}, showing nothing"
    if step.guest_of:
        return f"comes in{by} as a guest on {step.guest_of}'s account"
    shown = f"shows {_SHOWN.get(step.by, f'a {step.by}')}"
    return f"comes to the entrance{by} and {shown}" if step.by == "nothing" else f"{shown} and comes in{by}"


def _takes(step: Take) -> str:
    """Say how something is taken."""
    ways = [
        " in one reach" if step.at_once and step.count > 1 else "",
        f" with the {step.hand} hand" if step.hand else "",
        ", slowly" if step.slowly else "",
        f", after holding it over the shelf for {seconds(step.hold_ns)}" if step.hold_ns else "",
    ]
    return f"takes {_many(step.product, step.count)}{f' from {step.place}' if step.place else ''}{''.join(ways)}"


def _many(product: str, count: int) -> str:
    """Return "fiji-500" or "2 fiji-500"."""
    return product if count == 1 else f"{count} {product}"


def _at(place: str) -> str:
    """Return " at gondola-1/shelf-5" or ""."""
    return f" at {place}" if place else ""


_SHOWN = {"qr": "a code", "nothing": "nothing"}
_TENDERS = {
    "face": "face",
    "fingerprint": "fingerprint",
    "qr": "the code on the phone",
    "app": "the code on the phone, after scanning the till's",
    "palm": "palm",
    "card": "card",
    "wallet": "another wallet's code",
    "screen": "the app, which scans the screen",
}


def _pays(step: Pay | ScanCode | TopUp | CheckPrice) -> str:
    """Say how money is dealt with."""
    match step:
        case Pay(by=by, at=at, of=str(other)) if other:
            return f"has everything scanned{_at(at)} and shows a picture of {other}'s code"
        case Pay(by=by, at=at, then=then, whose=whose):
            of = f" of {whose}" if whose else ""
            other = f", and once that is refused by {_TENDERS[then]}{of}" if then else ""
            return f"has everything scanned{_at(at)} and pays by {_TENDERS[by]}{other}"
        case ScanCode(at=at, amount_minor=amount):
            return f"scans what is printed{_at(at)}" + (f" and agrees to {amount / 100:.2f}" if amount else "")
        case TopUp(by="app", amount_minor=amount):
            return f"puts {amount / 100:.2f} from the card on file on the account"
        case TopUp(at=at, amount_minor=amount):
            return f"pays {amount / 100:.2f} in cash into the account{_at(at)}"
        case CheckPrice(product=product):
            return f"checks the price of {product} with the phone"
