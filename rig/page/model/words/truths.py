"""What truly happened, in words."""

from __future__ import annotations

from contracts.truth import MoveKind, TrueBio, TrueFault, TrueMove, TruePalm, TruePassage, TruePayment, TrueStep
from rig.page.model.words.said import Said

Truth = TrueMove | TruePassage | TrueStep | TrueFault | TruePayment | TruePalm | TrueBio


def say(record: Truth) -> Said | None:  # noqa: PLR0911 - one a kind
    """Return what truly happened."""
    match record:
        case TrueMove():
            places = (*record.plates, record.origin, record.target)
            return Said(lane="truth", who=record.shopper, text=_move(record), places=places)
        case TruePassage(shopper=who, gate=gate, direction=way, paying=paying):
            text = f"{who} goes {way} by {gate}" + ("" if paying else ", on nobody's account")
            return Said(lane="truth", who=who, text=text, places=(gate,))
        case TrueStep(shopper=who, problem=problem) if problem:
            return Said(lane="truth", who=who, text=f"{who} could not {record.text}: {problem}", tone="bad")
        case TrueFault(device=device, fault=fault):
            text = f"{device} {'is' if record.began else 'is no longer'} {fault}"
            if not record.applied:
                return Said(lane="faults", text=f"{device} cannot have the fault {fault}", tone="bad", places=(device,))
            return Said(lane="faults", text=text, tone="bad" if record.began else "", places=(device,))
        case TruePayment(shopper=who, paid=paid):
            text = f"{who} {'pays' if paid else 'cannot pay'} at {record.till} by {record.means}"
            return Said(lane="truth", who=who, text=text, tone="" if paid else "bad")
        case TrueBio(shopper=who):
            what = "themselves" if record.shows == "self" else f"a {record.shows} of {record.owner}"
            return Said(
                lane="truth", who=who, text=f"{who} presents {what} to {record.reader}", places=(record.reader,)
            )
        case TruePalm(shopper=who):
            what = "a palm" if record.shows == "hand" else f"a {record.shows} of {record.owner}'s palm"
            return Said(lane="truth", who=who, text=f"{who} holds {what} over {record.reader}", places=(record.reader,))
    return None


def _move(move: TrueMove) -> str:
    who, what = move.shopper, move.product
    match move.kind:
        case MoveKind.TAKE:
            return f"{who} takes {what}" + (f" from {move.origin}" if move.origin else "")
        case MoveKind.PUT:
            return f"{who} puts {what} on {move.target}"
        case MoveKind.HAND:
            return f"{who} hands {what} to {move.target}"
        case MoveKind.DROP:
            return f"{who} drops {what}"
    return f"{who} topples {what}" if who else f"{what} topples"
