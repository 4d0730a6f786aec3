"""What a score must reach: "f1=0.97", or "f1@3=0.95" for cases with three shoppers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from contracts.document import nearest
from contracts.errors import UsageError
from rig.score.figures import ALL
from rig.score.report import Group, Report

NAMES = tuple(kind.name for kind in ALL)


@dataclass(frozen=True, slots=True)
class Gate:
    """One demand.

    Args:
        figure: its name.
        shoppers: of cases with so many; None for all.
        least: the value must not be below; None for no such demand.
        most: the value must not be above; None for no such demand.
        found: the value; None where there is none, which meets no demand.
        met: whether it holds.
    """

    figure: str
    shoppers: int | None = None
    least: float | None = None
    most: float | None = None
    found: float | None = None
    met: bool = False

    def __str__(self) -> str:
        """Return "f1@3 = 0.931, at least 0.95: missed"."""
        where = self.figure if self.shoppers is None else f"{self.figure}@{self.shoppers}"
        found = "nothing" if self.found is None else f"{self.found:.6g}"
        limit = f"at least {self.least:g}" if self.most is None else f"at most {self.most:g}"
        return f"{where} = {found}, {limit}: {'met' if self.met else 'missed'}"


def read_gates(least: Sequence[str], most: Sequence[str]) -> tuple[Gate, ...]:
    """Return the demands of a command line.

    Args:
        least: "name=value", the value must not be below.
        most: the same, the value must not be above.

    Raises:
        UsageError: no such figure, or no number.
    """
    gates = [_gate(text, "--min") for text in least]
    gates += [replace(gate, least=None, most=gate.least) for gate in (_gate(text, "--max") for text in most)]
    return tuple(gates)


def check_gates(gates: Sequence[Gate], found: Report) -> tuple[Gate, ...]:
    """Return the demands with what was found."""
    return tuple(_checked(gate, found.total, found.by_shoppers) for gate in gates)


def _gate(text: str, option: str) -> Gate:
    name, _, value = text.partition("=")
    figure, _, shoppers = name.strip().partition("@")
    if figure not in NAMES:
        raise UsageError(
            "no such figure",
            where=f"{option} {text}",
            expected=f"one of: {', '.join(NAMES)}",
            found=figure,
            hint=nearest(figure, NAMES),
        )
    try:
        limit, count = float(value), int(shoppers) if "@" in name else None
    except ValueError:
        limit, count = math.nan, None
    if not math.isfinite(limit):
        raise UsageError("not a demand", where=f"{option} {text}", expected="f1=0.97 or f1@3=0.95", found=text)
    return Gate(figure, count, least=limit)


def _checked(gate: Gate, total: Group, by_shoppers: Mapping[int, Group]) -> Gate:
    group = total if gate.shoppers is None else by_shoppers.get(gate.shoppers)
    value = group.figures[gate.figure].value if group else None
    met = (
        value is not None and (gate.least is None or value >= gate.least) and (gate.most is None or value <= gate.most)
    )
    return replace(gate, found=value, met=met)
