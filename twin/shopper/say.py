"""Steps in words, as reports quote them."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.steps import (
    Drop,
    Enter,
    HandTo,
    Inspect,
    Leave,
    Look,
    Meet,
    PutBack,
    Step,
    Take,
    Touch,
    Wait,
    WalkTo,
)


def say(step: Step) -> str:
    """Return one step in the words of a scenario."""
    match step:
        case Enter():
            return "enter: " + _join(step.by, _if("follow", step.follow), _if("guest of", step.guest_of), step.gate)
        case WalkTo():
            return f"walk to: {step.place or step.point}"
        case Take():
            return "take: " + _join(
                _times(step.product, step.count),
                _if("from", step.place),
                "at once" * step.at_once,
                "slowly" * step.slowly,
                f"hold {_s(step.hold_ns)}" if step.hold_ns else "",
            )
        case PutBack():
            return "put back: " + _join(_times(step.product, step.count), _if("at", step.place))
        case Inspect():
            return "inspect: " + _join(step.product, _if("from", step.place), f"for {_s(step.for_ns)}")
        case Touch():
            return "touch: " + _join(step.product, _if("at", step.place))
        case HandTo():
            return f"hand: {step.product} to {step.to}"
        case Drop():
            return f"drop: {step.product}"
        case _:
            return _say_standing(step)


def _say_standing(step: Wait | Look | Meet | Leave) -> str:
    """Return a step without goods in words."""
    match step:
        case Wait():
            return f"wait: {_s(step.for_ns)}"
        case Look():
            return f"look: {step.place} for {_s(step.for_ns)}"
        case Meet():
            return f"meet: {step.shopper} after {step.steps} steps"
        case Leave():
            return ("leave: " + _join(_if("follow", step.follow), step.gate)).removesuffix(": ")


def _join(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _if(word: str, name: str) -> str:
    return f"{word} {name}" if name else ""


def _times(product: str, count: int) -> str:
    return product if count == 1 else f"{count} x {product}"


def _s(t_ns: int) -> str:
    return f"{t_ns / SECOND:g} s"
