"""What a test needs of its store or bench, and whether it is there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contracts.layout import Layout

KNOWN = (
    "turnstile", "beam", "gate", "entry", "exit", "scanner", "palm_reader", "bio_reader", "screen",
    "camera", "depth_camera", "gondola", "shelf", "plate", "scale", "body_tracker",
)  # fmt: skip
_NEED = re.compile(r"\s*([a-z][a-z0-9_-]*)\s*(?:>=\s*([0-9]+))?\s*")
_MISSPELT = 0.8
"""What is so like a known word is that word with a slip; everything else is a tag of somebody's bench."""


def parse_need(need: object) -> tuple[str, int]:
    """Return what is needed and how many: "shelf>=4" -> ("shelf", 4). What is not known here is a tag of a bench.

    Raises:
        ValueError: it is not a need.
    """
    match = _NEED.fullmatch(need) if isinstance(need, str) else None
    tag = match is not None and match[1] not in KNOWN
    if match is None or (tag and difflib.get_close_matches(match[1], KNOWN, n=1, cutoff=_MISSPELT)):
        raise ValueError(
            f"expected a tag of a bench, or one of {', '.join(KNOWN)}, with >=N where wanted; found {need!r}"
        )
    if tag and match[2]:
        raise ValueError(f"expected a tag without >=N, or one of {', '.join(KNOWN)}; found {need!r}")
    return match[1], int(match[2] or 1)


def unmet(needs: Sequence[str], layout_of: Callable[[], Layout], tags: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield a sentence for every need that neither the bench's tags nor the store meet.

    Args:
        needs: as the marker says them.
        layout_of: finds the store, if it must be looked at.
        tags: of the bench and its devices; none in the twin.
    """
    for what, count in map(parse_need, needs):
        if what in tags and count == 1:
            continue
        if what not in KNOWN:
            yield f"needs a bench with the tag {what}, found {', '.join(sorted(tags)) or 'none'}"
        elif counts(layout_of())[what] < count:
            yield f"needs {count} {what}, store {layout_of().name} has {counts(layout_of())[what]}"


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
        "bio_reader": sum(bool(gate.bio_reader) for gate in gates),
        "screen": sum(bool(gate.screen) for gate in gates),
        "camera": len(layout.cameras),
        "depth_camera": sum(camera.depth for camera in layout.cameras),
        "gondola": len(layout.gondolas),
        "shelf": len(layout.shelf),
        "plate": len(layout.plate),
        "scale": sum(bool(gondola.plates) for gondola in layout.gondolas),
        "body_tracker": len(layout.body_trackers),
    }
