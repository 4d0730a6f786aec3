"""What may differ: tolerances by field, and what is not looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Order(StrEnum):
    """How strictly answers must follow one another."""

    ALL = "all"
    """As recorded, all of them."""
    EACH = "each"
    """As recorded among messages of one kind; kinds may overtake one another."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a number may be from the recorded one.

    Args:
        absolute: in the unit of the field.
        relative: share of the recorded value; the larger of both counts.
        text: as the file says it.
    """

    absolute: float = 0.0
    relative: float = 0.0
    text: str = ""

    def allows(self, recorded: float, found: float) -> bool:
        """Whether a number is near enough."""
        return abs(found - recorded) <= max(self.absolute, self.relative * abs(recorded))


@dataclass(frozen=True)
class Rules:
    """What may differ; by default nothing.

    Args:
        tolerances: by path ("shelf_event.deltas_g"); one covers all that stands below it, unless that has its own.
        ignored: paths that are not looked at, whole messages among them.
        order: how strictly answers must follow one another.
    """

    tolerances: Mapping[str, Tolerance] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    order: Order = Order.ALL

    def ignores(self, path: str) -> bool:
        """Whether a message or a field is not looked at."""
        return path in self.ignored

    def tolerance(self, path: str) -> Tolerance | None:
        """Return what a field may differ by; None for nothing."""
        if path not in self._found:
            self._found[path] = next((self.tolerances[p] for p in _upwards(path) if p in self.tolerances), None)
        return self._found[path]

    @cached_property
    def _found(self) -> dict[str, Tolerance | None]:
        return {}


STRICT = Rules()


def _upwards(path: str) -> Iterator[str]:
    """Yield a path, and then what it stands in."""
    while path:
        yield path
        path = path.rpartition(".")[0]
