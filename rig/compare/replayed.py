"""A replay and what came of comparing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.clock import SECOND
from rig.compare.against import choose
from rig.compare.difference import Difference
from rig.compare.reference import place_of, write_reference
from rig.recording.reader import Recording
from rig.replay import replay
from rig.run import OnProgress, RunResult


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay that was compared.

    Args:
        run: the replay.
        against: what it was held against, for people.
        compared: whether anything was.
        agreed: how many messages of each kind agreed.
        ends_ns: bench time up to which it was compared.
        difference: the first, None where there is none.
        tolerances: the file that says what may differ.
        updated: the reference that was written.
    """

    run: RunResult
    against: str
    compared: bool
    agreed: Mapping[str, int]
    ends_ns: int
    difference: Difference | None
    tolerances: Path | None
    updated: Path | None = None

    @property
    def diverged(self) -> bool:
        """Whether the answers differ from accepted ones, and these were not changed."""
        return self.difference is not None and self.updated is None

    @property
    def lines(self) -> tuple[str, ...]:
        """What was compared, for people."""
        told: tuple[str, ...]
        if not self.compared:
            told = (f"compared with {self.against}",)
        else:
            may = f", tolerances of {self.tolerances}" if self.tolerances else ""
            told = (f"compared up to {self.ends_ns / SECOND:.2f} s with {self.against}{may}",)
            told += self.difference.lines if self.difference else (f"no difference in {self._count} messages",)
        return (*told, f"reference {self.updated} written") if self.updated else told

    @property
    def _count(self) -> int:
        return sum(self.agreed.values())

    def as_data(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        first = self.difference
        return {
            "against": self.against,
            "compared": self.compared,
            "agreed": dict(sorted(self.agreed.items())),
            "until_s": self.ends_ns / SECOND,
            "tolerances": str(self.tolerances) if self.tolerances else None,
            "updated": str(self.updated) if self.updated else None,
            "difference": None if first is None else {
                "message": first.message, "source": first.source, "t_s": first.t_ns / SECOND, "after": first.number,
                "path": first.path, "recorded": first.recorded, "found": first.found, "tolerance": first.tolerance,
            },
        }  # fmt: skip


def replay_and_compare(
    path: Path,
    *,
    record_dir: Path | None,
    stack: str = "reference",
    stack_timeout_s: float = 20.0,
    references: Path | None = None,
    compare: bool | None = None,
    update: bool = False,
    on_progress: OnProgress | None = None,
) -> Replayed:
    """Replay a recording and hold the answers against those that were accepted.

    Args:
        path: the recording.
        record_dir: where to keep the new recording; None keeps none.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        references: folder of references; None looks beside the recording.
        compare: as for `rig.compare.against.choose`.
        update: make the new answers the reference where they differ, or where there is nothing to compare with.
        on_progress: told after every tick.
    """
    recording, place = Recording(path), place_of(path, references)
    against = choose(recording, place, stack, compare)
    comparison = against.comparison
    run = replay(
        path, record_dir=record_dir, stack=stack, stack_timeout_s=stack_timeout_s, on_progress=on_progress,
        comparison=comparison, expect_own=against.own,
    )  # fmt: skip
    ends_ns = run.simulated_ns if comparison.ends_ns is None else comparison.ends_ns
    updated = None
    if update and (comparison.difference or not against.something):
        write_reference(place.answers, recording.start, stack, comparison.taken, ends_ns)
        updated = place.answers
    difference = comparison.difference if against.something else None
    return Replayed(
        run, against.what, against.something, comparison.agreed, ends_ns, difference, against.tolerances, updated
    )
