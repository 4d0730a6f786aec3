"""What the stack says of shelves and carts, in words."""

from __future__ import annotations

from contracts.records import CartChange, Hypothesis, ShelfEvent
from rig.page.model.part import cm
from rig.page.model.words.said import Said, Tone

# Below this a reading is shown as one that the stack was not sure of.
SURE = 0.9
MINUS = "\u2212"


def say(record: ShelfEvent | CartChange) -> Said | None:
    """Return what the stack says."""
    if isinstance(record, ShelfEvent):
        return _event(record)
    return _reading(record)


def _event(event: ShelfEvent) -> Said:
    if event.place:
        text = f"{event.event}: something {'comes to' if event.came > 0 else 'goes from'} {event.place}"
    else:
        grams = f"{sum(event.deltas_g):+.0f} g".replace("-", MINUS)
        text = f"{event.event}: {grams} on {_plates(event.plates)}"
    span = (event.started_ns, event.ended_ns)
    return Said(lane="stack", text=text, span=span, places=(*event.plates, event.place))


def _plates(plates: tuple[str, ...]) -> str:
    first = plates[0] if plates else "nothing"
    return first if len(plates) < 2 else f"{first} and {len(plates) - 1} more"


def _reading(change: CartChange) -> Said:
    chosen = change.chosen
    by = change.event or "a hand-over"
    text = f"{'On second thoughts, ' if change.revises else ''}{by}: {meant(chosen)}"
    rival = change.alternatives[0] if change.alternatives else None
    if rival is not None and chosen.probability < SURE:
        text += f"; or {meant(rival)}"
    spot = [cm(v) for v in change.hand[:2]] if change.hand else None
    tone: Tone = "" if chosen.probability >= SURE else "unsure"
    return Said(lane="stack", who=chosen.visit, text=text, tone=tone, spot=spot)


def meant(reading: Hypothesis) -> str:
    """Return one reading in words, with how likely the stack holds it."""
    sure = f"p {reading.probability:.2f}"
    if not reading.product or not reading.count:
        return f"nobody moved goods, {sure}"
    what = f"{abs(reading.count)} x {reading.product}"
    verb = "took" if reading.count > 0 else "put back"
    return f"{reading.visit or 'nobody'} {verb} {what}, {sure}"
