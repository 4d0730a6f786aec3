"""What a test needs of its store or bench, and whether it is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contracts.layout import Layout

KNOWN = (
    "turnstile", "beam", "gate", "entry", "exit", "scanner", "palm_reader", "screen",
    "camera", "depth_camera", "gondola", "shelf", "plate", "scale", "body_tracker",
)  # fmt: skip
_NEED = re.compile(r"\s*([a-z_]+)\s*(?:>=\s*([0-9]+))?\s*")


def parse_need(need: object) -> tuple[str, int]:
    """Return what is needed and how many: "shelf>=4" -> ("shelf", 4).

    Raises:
        ValueError: it is not a need.
    """
    match = _NEED.fullmatch(need) if isinstance(need, str) else None
    if match is None or match[1] not in KNOWN:
        raise ValueError(f"expected one of {', '.join(KNOWN)}, with >=N where wanted; found {need!r}")
    return match[1], int(match[2] or 1)


def unmet(needs: Sequence[str], layout: Layout) -> list[str]:
    """Return a sentence for every need that a store does not meet."""
    there = counts(layout)
    wanted = [parse_need(need) for need in needs]
    return [
        f"needs {count} {what}, store {layout.name} has {there[what]}" for what, count in wanted if there[what] < count
    ]


def counts(layout: Layout) -> dict[str, int]:
    """Return how many of everything a store has."""
    gates = layout.gates
    return {
        "turnstile": sum(gate.kind == "turnstile" for gate in gates),
        "beam": sum(gate.kind == "beam" for gate in gates),
        "gate": len(gates),
        "entry": sum(gate.entry for gate in gates),
        "exit": sum(gate.exit for gate in gates),
        "scanner": sum(bool(gate.scanner) for gate in gates),
        "palm_reader": sum(bool(gate.palm_reader) for gate in gates),
        "screen": sum(bool(gate.screen) for gate in gates),
        "camera": len(layout.cameras),
        "depth_camera": sum(camera.depth for camera in layout.cameras),
        "gondola": len(layout.gondolas),
        "shelf": len(layout.shelf),
        "plate": len(layout.plate),
        "scale": sum(bool(gondola.plates) for gondola in layout.gondolas),
        "body_tracker": len(layout.body_trackers),
    }
