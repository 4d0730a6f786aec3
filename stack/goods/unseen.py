"""No opinion on what hands hold: the default."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from contracts.layout import Layout
from contracts.records import Frame
from stack.goods.place import Change
from stack.sightings import Person, Reach


class NoGoods:
    """Sees nothing in hands.

    Args:
        layout: the store.
    """

    wait_ns = 0

    def __init__(self, layout: Layout) -> None:
        pass

    def keep(self, frame: Frame) -> None:
        """Keep nothing."""

    def update(self, frames: Sequence[Frame], people: Sequence[Person], reaches: Sequence[Reach], t_ns: int) -> None:
        """Look at nothing."""

    def opinion(self, _change: Change, _products: Sequence[str], /, *, taken: bool) -> Mapping[str, float]:  # noqa: ARG002
        """Return nothing."""
        return {}
