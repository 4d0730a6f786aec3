"""Two values held against each other, field by field, until the first that differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rig.compare.names import STAMPED
from rig.compare.rules import Rules, Tolerance


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The first field that differs.

    Args:
        path: where in the message: "lines[0].count"; "" for all of it.
        recorded: its value.
        found: its other value.
        tolerance: what was allowed, if anything was.
    """

    path: str
    recorded: object
    found: object
    tolerance: Tolerance | None = None


class Absent:
    """Stands for what one side does not have."""

    def __repr__(self) -> str:
        """Return how it is shown."""
        return "nothing"


ABSENT = Absent()


def first_mismatch(recorded: Any, found: Any, rules: Rules, name: str) -> Mismatch | None:
    """Return the first field of two messages that differs by more than it may; None when they agree.

    Args:
        recorded: one message.
        found: the other.
        rules: what may differ.
        name: of the message, as rules have it.
    """
    if type(recorded) is not type(found):
        return Mismatch("", recorded, found)
    return next(_differing(recorded, found, rules, name, ""), None)


def _differing(a: Any, b: Any, rules: Rules, rule: str, path: str) -> Iterator[Mismatch]:
    """Yield what differs below two values.

    Args:
        a: the recorded value.
        b: the other.
        rules: what may differ.
        rule: the path as rules name it, without places in lists.
        path: the path as people read it.
    """
    if rules.ignores(rule):
        return
    if is_dataclass(a) and type(a) is type(b):
        for name in _field_names(a.__class__):
            yield from _differing(getattr(a, name), getattr(b, name), rules, f"{rule}.{name}", _dotted(path, name))
    elif isinstance(a, tuple) and isinstance(b, tuple):
        yield from _differing_lists(a, b, rules, rule, path)
    elif isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        yield from _differing_arrays(a, b, rules.tolerance(rule), path)
    elif not _same(a, b, rules.tolerance(rule)):
        yield Mismatch(path, a, b, rules.tolerance(rule))


def _differing_lists(a: tuple[Any, ...], b: tuple[Any, ...], rules: Rules, rule: str, path: str) -> Iterator[Mismatch]:
    for place, (mine, its) in enumerate(zip(a, b, strict=False)):
        yield from _differing(mine, its, rules, rule, f"{path}[{place}]")
    if len(a) != len(b):
        place = min(len(a), len(b))
        mine, its = (side[place] if place < len(side) else ABSENT for side in (a, b))
        yield Mismatch(f"{path}[{place}]", mine, its)


def _differing_arrays(a: NDArray[Any], b: NDArray[Any], tolerance: Tolerance | None, path: str) -> Iterator[Mismatch]:
    if a.shape != b.shape or a.dtype != b.dtype:
        yield Mismatch(path, f"{a.dtype} {a.shape}", f"{b.dtype} {b.shape}")
        return
    for place in zip(*np.nonzero(a != b), strict=True):
        mine, its = a[place].item(), b[place].item()
        if not _same(mine, its, tolerance):
            yield Mismatch(f"{path}[{', '.join(map(str, place))}]", mine, its, tolerance)
            return


def _same(a: Any, b: Any, tolerance: Tolerance | None) -> bool:
    """Whether two plain values agree; no reading (NaN) agrees with no reading."""
    if a == b or (a != a and b != b):  # noqa: PLR0124 - what is not itself is NaN
        return True
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (a, b))
    return tolerance is not None and numbers and tolerance.allows(a, b)


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    """Return the fields of a class that are compared."""
    return tuple(field.name for field in fields(kind) if field.name != STAMPED)


def _dotted(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
