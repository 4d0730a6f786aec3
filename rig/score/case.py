"""What one run adds to the score of a suite."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """How a case went."""

    SCORED = "scored"
    DIED = "died"
    """The stack died or fell silent; what it had answered by then is scored."""
    ERROR = "error"
    """The rig or the script was at fault before the end: there is nothing to score."""


@dataclass(frozen=True, slots=True)
class LineFact:
    """One line of a receipt, held against the truth.

    Args:
        probability: the stack's, that product and count are right.
        right: whether they are.
        billed: whether the receipt is final, so that the line was charged without a look by anybody.
    """

    probability: float
    right: bool
    billed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What adds up over cases.

    Args:
        receipts: parties that came in, and receipts that belong to nobody.
        exact: of them, those with a receipt that lists what they left with, and nothing else.
        due_final: parties whose receipt should be final.
        held: of them, those whose receipt is held for review.
        units_right: units of person and product on receipts that were truly taken.
        units_billed: units on receipts.
        units_taken: units truly taken.
        final_lines: lines that final receipts should have.
        final_missed: of them, those that are not there at all.
        events_right: shelf events that a true change of load explains.
        events: shelf events.
        changes_seen: true changes of load that an event explains.
        changes: true changes of load.
        owners_right: readings of events that name a visit of somebody who truly moved the goods.
        owners: readings of events that somebody truly caused.
        switches: identity switches.
    """

    receipts: int = 0
    exact: int = 0
    due_final: int = 0
    held: int = 0
    units_right: int = 0
    units_billed: int = 0
    units_taken: int = 0
    final_lines: int = 0
    final_missed: int = 0
    events_right: int = 0
    events: int = 0
    changes_seen: int = 0
    changes: int = 0
    owners_right: int = 0
    owners: int = 0
    switches: int = 0

    @property
    def f1(self) -> float | None:
        """F1 of person and product units; None where nothing was taken and nothing billed."""
        both = self.units_billed + self.units_taken
        return 2 * self.units_right / both if both else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a run cost. Measured while it ran; not in its recording.

    Args:
        cpu_s: CPU seconds of the process from before the first tick to the verdict.
        stack_cpu_s: CPU seconds within the stack; None for one in another process.
        simulated_s: bench seconds.
        wall_s: seconds on the wall.
    """

    cpu_s: float
    stack_cpu_s: float | None
    simulated_s: float
    wall_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseScore:
    """One run, scored.

    Args:
        name: of the scenario, with the seed where the suite gave it one.
        seed: its seed.
        store: its store.
        shoppers: how many were in the script.
        state: how it went.
        counts: what adds up.
        lines: every receipt line.
        latencies_ms: from leaving to the receipt, by party.
        tracking: hota, mota, idf1; a figure that the run does not have is left out.
        cost: None for a recording whose run was not measured.
        troubles: what was wrong with the rig, the script or the stack.
        recording: its file, "" when it was not kept.
    """

    name: str
    seed: int
    store: str
    shoppers: int
    state: State = State.SCORED
    counts: Counts = field(default_factory=Counts)
    lines: tuple[LineFact, ...] = ()
    latencies_ms: tuple[float, ...] = ()
    tracking: Mapping[str, float] = field(default_factory=dict)
    cost: Cost | None = None
    troubles: tuple[str, ...] = ()
    recording: str = ""

    @property
    def scored(self) -> bool:
        """Whether its figures count."""
        return self.state is not State.ERROR
