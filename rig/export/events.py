"""What truly happened at shelves and gates, as data."""

from __future__ import annotations

from typing import Any

from contracts.clock import SECOND
from contracts.truth import TrueMove, TruePassage
from rig.recording.reader import Recording


def events(recording: Recording) -> list[dict[str, Any]]:
    """Return what went off or on shelves, from hand to hand, and who passed which gate, in order of time."""
    found = []
    for record in recording.records(["/truth/true_move", "/truth/true_passage"]):
        if isinstance(record, TrueMove):
            found.append(_move(record))
        elif isinstance(record, TruePassage):
            found.append(_passage(record))
    return sorted(found, key=lambda event: float(event["t_s"]))


def _move(move: TrueMove) -> dict[str, Any]:
    return {
        "t_s": move.t_ns / SECOND,
        "kind": str(move.kind),
        "shopper": move.shopper,
        "item": move.item,
        "product": move.product,
        "mass_g": move.mass_g,
        "origin": move.origin,
        "target": move.target,
        "plates": list(move.plates),
    }


def _passage(passage: TruePassage) -> dict[str, Any]:
    return {
        "t_s": passage.t_ns / SECOND,
        "kind": "passage",
        "shopper": passage.shopper,
        "gate": passage.gate,
        "direction": str(passage.direction),
        "paying": passage.paying,
    }
