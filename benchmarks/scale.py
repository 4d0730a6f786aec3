"""What a night of many stores and scenarios takes, from what single runs were measured to take.

    python -m benchmarks.scale              # prints the tables of docs/scale.md

The measured runs stand in `benchmarks/results/scale.json`; all else is worked out here.
"""

from __future__ import annotations

import heapq
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.seeds import stream

MEASURED = Path(__file__).parent / "results" / "scale.json"
STORES, SCENARIOS, NIGHT_H = 100, 1000, 8.0
NODE_CPUS = 32
"""Processors of a node: a common size to rent, nothing measured."""
SPARE = 0.8
"""The share of a node's processors that does runs; the rest is for what a node does besides."""
KEEP_DAYS, KEEP_FAILED_DAYS, FAILED = 30, 90, 0.02
"""How long recordings are kept, and what share of runs is taken to fail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run as it was measured, from the start of the command to its end.

    Args:
        scenario: its name.
        store: its store.
        imagers: colour and depth pictures of each moment.
        simulated_s: bench time.
        cpu_s: processor seconds, user and system.
        wall_s: seconds on the wall.
        bytes: of the recording.
        load: load average of the machine then.
        machine: what it ran on.
        date: when.
    """

    scenario: str
    store: str
    imagers: str
    simulated_s: float
    cpu_s: float
    wall_s: float
    bytes: int
    load: float
    machine: str
    date: str


@dataclass(frozen=True, slots=True)
class Night:
    """What all runs of a night take.

    Args:
        cpu_h: processor hours.
        nodes: how many finish within the night.
        tb: of recordings, terabytes.
        gbit_s: to the store, all night long.
        kept_tb: held when every recording is kept for its time.
        failed_tb: held when only those of failed runs are kept.
    """

    cpu_h: float
    nodes: int
    tb: float
    gbit_s: float
    kept_tb: float
    failed_tb: float


def measured() -> Sequence[Measured]:
    """Return the measured runs."""
    return [Measured(**each) for each in json.loads(MEASURED.read_text())]


def night(run: Measured, runs: int = STORES * SCENARIOS) -> Night:
    """Return what a night takes whose runs are all like this one."""
    cpu_h, tb = runs * run.cpu_s / 3600, runs * run.bytes / 1e12
    failed_tb = tb * FAILED * KEEP_FAILED_DAYS
    return Night(
        cpu_h=cpu_h,
        nodes=math.ceil(cpu_h / (NIGHT_H * NODE_CPUS * SPARE)),
        tb=tb,
        gbit_s=tb * 8000 / (NIGHT_H * 3600),
        kept_tb=tb * (1 - FAILED) * KEEP_DAYS + failed_tb,
        failed_tb=failed_tb,
    )


def makespan_h(lengths_s: Iterable[float], workers: int) -> float:
    """Return when the last run ends, hours, if each goes to the worker that is free first, in the order given."""
    free = [0.0] * workers
    for length_s in lengths_s:
        heapq.heapreplace(free, free[0] + length_s)
    return max(free) / 3600


def schedule(run: Measured, nodes: int, lost: int = 0) -> float:
    """Return when a night on some nodes ends, hours, of which some are lost when half of the time is over.

    Runs last between half and one and a half times as long as the measured one; those of a lost node begin anew.
    """
    rng = stream(1, "night", run.scenario)
    lengths = (run.cpu_s * rng.uniform(0.5, 1.5, STORES * SCENARIOS)).tolist()
    workers = int(nodes * NODE_CPUS * SPARE)
    whole_h = makespan_h(lengths, workers)
    if not lost:
        return whole_h
    done = round(len(lengths) * 0.5)
    gone = round(workers * lost / nodes)
    # What the lost workers had begun, at worst a whole long run each, is done again by those who stay.
    again = [1.5 * run.cpu_s] * gone
    return whole_h / 2 + makespan_h([*lengths[done:], *again], workers - gone)


def tables() -> str:
    """Return the tables of docs/scale.md."""
    lines = [
        "| run | store | pictures | simulated | processor | wall | recording | load |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for run in measured():
        cells = (
            f"`{run.scenario}`", run.store, run.imagers, f"{run.simulated_s:.1f} s", f"{run.cpu_s:.1f} s",
            f"{run.wall_s:.0f} s", f"{run.bytes / 1e6:.0f} MB", f"{run.load:.1f}",
        )  # fmt: skip
        lines.append(f"| {' | '.join(cells)} |")
    nights = [(run, night(run)) for run in measured()]
    lines += [
        "",
        f"| a night of | {' | '.join(f'`{run.scenario}`' for run, _ in nights)} |",
        f"|---|{'---|' * len(nights)}",
    ]
    rows = {
        "processor hours": [f"{each.cpu_h:,.0f}" for _, each in nights],
        f"nodes of {NODE_CPUS} processors for {NIGHT_H:g} hours": [str(each.nodes) for _, each in nights],
        "hours until the last run has ended": [f"{schedule(run, each.nodes):.2f}" for run, each in nights],
        "the same, one node lost half-way": [f"{schedule(run, each.nodes, 1):.2f}" for run, each in nights],
        "recordings, TB": [f"{each.tb:.1f}" for _, each in nights],
        "to the store, Gbit/s": [f"{each.gbit_s:.1f}" for _, each in nights],
        "held when all are kept, TB": [f"{each.kept_tb:,.0f}" for _, each in nights],
        "held when only failed runs are, TB": [f"{each.failed_tb:.0f}" for _, each in nights],
    }
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())]) + "\n"


if __name__ == "__main__":
    print(tables(), end="")
