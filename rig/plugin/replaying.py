"""Mode replay: a test's recording to the stack, and its answers held against those that were accepted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rig.compare.replayed import Replayed
    from rig.run import RunResult


class AnswersDiffer(AssertionError):
    """The stack answers otherwise than was accepted: a failure also of a test that is expected to fail.

    Args:
        replayed: the replay.
        recording: what was replayed.
    """

    def __init__(self, replayed: Replayed, recording: Path) -> None:
        lines = [f"{replayed.run.name}: the answers differ from {replayed.against}"]
        lines += [f"  {line}" for line in (replayed.difference.lines if replayed.difference else ())]
        lines += [f"  recording: {recording}"]
        lines += [f"  accept them: rig replay {recording} --update-references"]
        super().__init__("\n".join(lines))


def replay(path: Path, *, record_dir: Path | None, stack: str, stack_timeout_s: float) -> RunResult:
    """Replay a recording as `rig replay` does.

    Args:
        path: the recording.
        record_dir: where to keep the new one; None keeps none.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.

    Raises:
        AnswersDiffer: its answers are not those of the reference beside it, or, without one, of the recording.
    """
    from rig.compare.replayed import replay_and_compare  # heavy

    replayed = replay_and_compare(path, record_dir=record_dir, stack=stack, stack_timeout_s=stack_timeout_s)
    if replayed.diverged:
        raise AnswersDiffer(replayed, path)
    return replayed.run
