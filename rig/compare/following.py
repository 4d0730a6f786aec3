"""Follows a run message by message along a recording, and stops it at the first that differs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from contracts.errors import Divergence
from contracts.record import Record
from contracts.run import RunEnd
from rig.compare.difference import Difference
from rig.compare.messages import counts, first_of
from rig.loop import Progress
from rig.recording.channels import Entry, record_of
from rig.recording.reader import Recording
from rig.recording.recorder import written


class Enough(Exception):
    """Nothing went wrong: the recording breaks off here, and holds no more to compare with."""


class Differs(Divergence):
    """A message differs.

    Args:
        difference: how.
        path: the recording.
        hint: what may be the reason.
    """

    def __init__(self, difference: Difference, path: str, hint: str = "") -> None:
        self.difference = difference
        super().__init__(
            f"the run differs from the recording: {difference.where}, after {difference.number} messages that agree",
            where=path,
            expected=f"{difference.path or 'the whole message'}: {difference.recorded}",
            found=difference.found,
            hint=hint,
        )


@dataclass
class Following:
    """Holds each message of a run against the one at its place in a recording.

    Args:
        recording: the one to follow.
        agreed: how many messages have agreed.
        reached_ns: bench time of the last of them.
    """

    recording: Recording
    agreed: int = 0
    reached_ns: int = 0

    def __post_init__(self) -> None:
        """Open the recording at its beginning."""
        self._end: RunEnd | None = None
        self._recorded = self._entries()

    def __call__(self, progress: Progress) -> None:
        """Compare one tick.

        Raises:
            Differs: a message differs from the recorded one.
            Enough: the recording was broken off here.
        """
        self._compare(progress.records)
        self._compare(progress.answers)

    def end(self) -> None:
        """The run is over: so must the recording be."""
        left = next(self._recorded, None)
        if left is not None:
            raise self._differs(left, None)

    def _compare(self, records: Iterable[Record]) -> None:
        for record in records:
            for entry in written(record):
                recorded = next(self._recorded, None)
                if recorded is None and (self._end is None or self._end.status != "finished"):
                    raise Enough("the recording breaks off here")
                if recorded != entry:
                    raise self._differs(recorded, entry)
                self.agreed += 1
                self.reached_ns = entry.t_ns

    def _differs(self, recorded: Entry | None, now: Entry | None) -> Differs:
        return Differs(first_of(recorded, now, self.agreed), str(self.recording.path))

    def _entries(self) -> Iterator[Entry]:
        for entry in self.recording.entries():
            if counts(entry):
                yield entry
            elif entry.topic == "/rig/run_end":
                end = record_of(entry)
                self._end = end if isinstance(end, RunEnd) else None
