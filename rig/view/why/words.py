"""The captions: who, what, when, how sure."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.currency import money_text
from contracts.layout import Layout, shelf_of
from rig.view.why.moment import Moment
from rig.why import Explained, Ground


def name_of(explained: Explained, ground: Ground) -> str:
    """Return what to call the person whom the stack believes in: a name where truth knows one, else the visit."""
    visit = ground.change.chosen.visit
    own = visit == explained.receipt.visit and explained.who
    return explained.who if own else f"visit {visit}" if visit else "nobody"


def headline(explained: Explained, ground: Ground, layout: Layout) -> str:
    """Return who did what and how sure that is, in one line."""
    chosen = ground.change.chosen
    product = layout.product.get(chosen.product)
    goods = f"{abs(chosen.count)} x {product.name if product else chosen.product or 'nothing'}"
    verb = "took" if chosen.count > 0 else "gave back"
    return f"{name_of(explained, ground)} {verb} {goods}: {100 * chosen.probability:.1f} % sure"


def details(ground: Ground, moment: Moment) -> str:
    """Return when and where, in one line."""
    event, change = ground.event, ground.change
    if event is None:
        when = f"told at {change.t_ns / SECOND:.2f} s; by hand-over or from the floor, no plate weighed it"
    else:
        places = ", ".join(sorted({shelf_of(plate) for plate in event.plates})) or "a shelf without plates"
        span = f"{event.started_ns / SECOND:.2f} s to {event.ended_ns / SECOND:.2f} s"
        when = f"{event.event}, {span}, {places}"
    revised = "; an earlier reading was replaced" if change.revises else ""
    return f"{when}{revised}; {_hand(moment)}"


def _hand(moment: Moment) -> str:
    if moment.hand is None:
        return "no hand was seen"
    where = ", ".join(f"{v:.2f}" for v in moment.hand)
    return f"hand at ({where}) m, seen by {', '.join(moment.cited) or 'a body tracker'} at {moment.t_ns / SECOND:.2f} s"


def heading(explained: Explained, place: str, currency: str) -> list[str]:
    """Return the lines above the pictures of a receipt: its state, and what it bills."""
    receipt = explained.receipt
    state = f"{receipt.status}{f' ({receipt.reason})' if receipt.reason else ''}"
    who = explained.who or (f"account {receipt.account}" if receipt.account else "somebody")
    total = money_text(receipt.total_minor, receipt.currency or currency)
    lines = [f"{who}{place}: receipt {receipt.visit}, {total}, {state}"]
    for reason in explained.reasons:
        line = reason.line
        text = f"{line.count} x {line.product}, p = {line.probability:.3f}" if line else f"0 x {reason.product}"
        lines.append(f"    {text}{'' if line else ': taken and given back'}")
    return lines if explained.reasons else [*lines, "    nothing taken"]
