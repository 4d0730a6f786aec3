"""Scores of cases, made by hand."""

from typing import Any

from rig.score.case import CaseScore, Cost, Counts, LineFact


def case(
    name: str = "a", *, shoppers: int = 1, lines: tuple[tuple[float, bool, bool], ...] = (), **more: Any
) -> CaseScore:
    """Return a case; `lines` are probability, right, billed; further names are counts or parts of the case."""
    own = {key: more.pop(key) for key in ("state", "latencies_ms", "tracking", "troubles", "recording") if key in more}
    cost = more.pop("cost", None)
    return CaseScore(
        name=name,
        seed=1,
        store="tiny",
        shoppers=shoppers,
        counts=Counts(**more),
        lines=tuple(LineFact(*line) for line in lines),
        cost=cost and Cost(cpu_s=cost[0], stack_cpu_s=cost[1], simulated_s=cost[2], wall_s=1.0),
        **own,
    )


def units(right: int, billed: int, taken: int) -> dict[str, int]:
    """Return the counts of one party with so many units."""
    exact = right == billed == taken
    return {
        "units_right": right, "units_billed": billed, "units_taken": taken, "receipts": 1, "exact": int(exact),
        "due_final": 1,
    }  # fmt: skip
