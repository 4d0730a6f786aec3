"""Steps in words, as reports quote them."""

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
    Step,
    Take,
    TopUp,
    Touch,
    Wait,
    WalkTo,
)


def say(step: Step) -> str:
    """Return one step in the words of a scenario."""
    verb, *details = _goods_words(step) or _other_words(step)
    rest = " ".join(word for word in details if word)
    return f"{verb}: {rest}" if rest else verb


def _goods_words(step: Step) -> tuple[str, ...]:
    """Return the words of a step that handles goods; () for another."""
    words: tuple[str, ...] = ()
    match step:
        case Take():
            words = "take", _times(step), _if("from", step.place), _manner(step)
        case PutBack():
            words = "put back", _times(step), _if("at", step.place)
        case Inspect():
            words = "inspect", step.product, _if("from", step.place), f"for {_s(step.for_ns)}"
        case Touch():
            words = "touch", step.product, _if("at", step.place)
        case HandTo():
            words = "hand", step.product, _if("to", step.to)
        case Drop():
            words = "drop", step.product
    return words


def _other_words(step: Step) -> tuple[str, ...]:
    """Return the words of a step without goods."""
    words: tuple[str, ...] = ()
    match step:
        case Enrol():
            words = "enrol", step.by, _if("at", step.at)
        case Forget():
            words = "forget", step.by
        case Enter():
            words = (
                "enter",
                step.by,
                _if("then", step.then),
                _if("follow", step.follow),
                _if("guest of", step.guest_of),
                step.gate,
            )
        case WalkTo():
            words = "walk to", step.place or str(step.point)
        case Wait():
            words = "wait", _s(step.for_ns)
        case Look():
            words = "look", step.place, f"for {_s(step.for_ns)}"
        case Meet():
            words = "meet", step.shopper, f"after {step.steps} steps"
        case Leave():
            words = "leave", _if("follow", step.follow), step.gate
        case Pay() | ScanCode() | TopUp() | CheckPrice() | Buy() | Order():
            words = _till_words(step)
    return words


def _till_words(step: Pay | ScanCode | TopUp | CheckPrice | Buy | Order) -> tuple[str, ...]:
    """Return the words of a step that is about money."""
    match step:
        case Pay():
            then = _if("then by", step.then)
            return "pay", step.by, _if("of", step.of), _if("at", step.at), then, _if("of", step.whose)
        case ScanCode():
            return "scan", _if("at", step.at)
        case TopUp():
            return "top up", f"{step.amount_minor} minor units", _if("at", step.at)
        case CheckPrice():
            return "check price", step.product
        case Buy():
            return "buy", _times(step), f"by {step.by}", _if("at", step.at)
        case Order():
            return "order", ", ".join(f"{count} x {product}" for product, count in step.items), _if("at", step.at)


def _manner(step: Take) -> str:
    """Return how an item is taken."""
    hold = f"hold {_s(step.hold_ns)}" if step.hold_ns else ""
    return " ".join(word for word in ("at once" * step.at_once, "slowly" * step.slowly, hold) if word)


def _if(word: str, name: str) -> str:
    return f"{word} {name}" if name else ""


def _times(step: Take | PutBack | Buy) -> str:
    return step.product if step.count == 1 else f"{step.count} x {step.product}"


def _s(t_ns: int) -> str:
    return f"{t_ns / SECOND:g} s"
