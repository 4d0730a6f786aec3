"""What is not as it was in the last good night."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from rig.nightly.row import LEFT_OUT, Row


class Turn(StrEnum):
    """Which way something went."""

    WRONG = "wrong"
    """It is wrong, and was not, or there is nothing to tell."""
    STILL_WRONG = "still wrong"
    WORSE = "worse"
    """A score whose interval lies beyond that of the last good night."""
    SLOWER = "slower"
    LEFT_OUT = "left out"
    """There was no time for it."""
    GONE = "gone"
    """It was looked at, and is no more."""
    MENDED = "mended"
    BETTER = "better"
    FASTER = "faster"
    NEW = "new"
    OTHER = "other messages"
    """It is as right as before, but not the same byte for byte."""


FOR_THE_WORSE = frozenset({Turn.WRONG, Turn.STILL_WRONG, Turn.WORSE, Turn.SLOWER, Turn.LEFT_OUT})


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Args:
        turn: which way.
        row: as it is now, or was, where it is gone.
        before: as it was, None where it is new.
    """

    turn: Turn
    row: Row
    before: Row | None = None


def changes(
    now: Sequence[Row], before: Sequence[Row], *, speeds: Iterable[str], slower: float, compared: bool | None = None
) -> list[Change]:
    """Return what changed, the worst first.

    Args:
        now: rows of this night.
        before: rows of the last good night, none where there is none.
        compared: whether there is one; None: whether it has rows.
        speeds: jobs whose figures are times of a machine that others use too: only large changes count.
        slower: the part of the last good night's speed that is still well.
    """
    any_before = bool(before) if compared is None else compared
    was, timed = {row.key: row for row in before}, _ratios(now, before, frozenset(speeds))
    found = [change for row in now if (change := _change(row, was.get(row.key), timed, slower, any_before))]
    here = {row.key for row in now}
    found += [Change(Turn.GONE, row, row) for row in before if row.key not in here and row.outcome]
    order = list(Turn)
    return sorted(found, key=lambda change: (order.index(change.turn), change.row.key))


def _change(
    row: Row, was: Row | None, timed: Mapping[tuple[str, ...], float], slower: float, compared: bool
) -> Change | None:
    if row.outcome == LEFT_OUT:
        return Change(Turn.LEFT_OUT, row, was)
    if not row.good:
        return Change(Turn.STILL_WRONG if was and not was.good else Turn.WRONG, row, was)
    if was is None:
        return Change(Turn.NEW, row) if row.outcome and compared else None
    if not was.good:
        return Change(Turn.MENDED, row, was)
    if row.digest != was.digest:
        return Change(Turn.OTHER, row, was)
    ratio = timed.get(_line(row))
    turn = _speed(row, was, slower, ratio) if ratio else _figure(row, was)
    return Change(turn, row, was) if turn else None


def _figure(row: Row, was: Row) -> Turn | None:
    """Compare scores by their intervals: what these share may be chance."""
    if None in (row.low, row.high, was.low, was.high) or not row.better:
        return None
    above, below = row.low > was.high, row.high < was.low  # type: ignore[operator]  # none of them is None
    if not (above or below):
        return None
    return Turn.BETTER if above == (row.better == "higher") else Turn.WORSE


def _speed(row: Row, was: Row, slower: float, of_job: float) -> Turn | None:
    """Compare a speed; one of many runs is told only where most of its job's changed like it."""
    own = _ratio(row, was)
    if own is None:
        return None
    if max(own, of_job) < slower:
        return Turn.SLOWER
    return Turn.FASTER if min(own, of_job) > 1 / slower else None


def _ratios(now: Sequence[Row], before: Sequence[Row], timed: frozenset[str]) -> dict[tuple[str, ...], float]:
    """Return how many times as fast each line of speeds is as it was: the middle one of its rows."""
    was, lines = {row.key: row for row in before}, defaultdict[tuple[str, ...], list[float]](list)
    for row in now:
        if row.job in timed and row.key in was and (ratio := _ratio(row, was[row.key])):
            lines[_line(row)].append(ratio)
    return {line: median(ratios) for line, ratios in lines.items()}


def _line(row: Row) -> tuple[str, ...]:
    """Return what is judged together: the speeds of a job's runs; each benchmark by itself."""
    return (row.job,) if row.measure == "realtime_factor" else row.key


def _ratio(row: Row, was: Row) -> float | None:
    if not row.value or not was.value or not row.better:
        return None
    return row.value / was.value if row.better == "higher" else was.value / row.value
