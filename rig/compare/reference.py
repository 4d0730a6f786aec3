"""References: recorded answers that a replay is held against, and the file that says what may differ.

Beside a recording, or in a folder of references, `NAME.reference.mcap` holds answers that somebody has accepted.
Nothing but `--update-references` writes one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from contracts.errors import BadRecording, RigFault
from contracts.record import Record
from contracts.run import RunStart
from rig.compare.names import answer_topics
from rig.compare.rules import STRICT, Rules
from rig.compare.tolerance_file import read_tolerances
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder

# What ties a reference to its recording: the same scenario, played by the same script.
_TIES = ("scenario", "script", "store", "seed")


@dataclass(frozen=True, slots=True)
class Place:
    """Where the references of one recording are.

    Args:
        folder: beside the recording, or a folder of references.
        name: of the recording, without its ending.
    """

    folder: Path
    name: str

    @property
    def answers(self) -> Path:
        """The file of accepted answers; it need not be there."""
        return self.folder / f"{self.name}.reference.mcap"

    @property
    def tolerances(self) -> Path | None:
        """The file that says what may differ: the recording's own, or one for the whole folder; None without any."""
        files = (self.folder / f"{self.name}.tolerance.yaml", self.folder / "tolerance.yaml")
        return next((file for file in files if file.is_file()), None)

    def rules(self) -> Rules:
        """Return what may differ; nothing where no file says otherwise."""
        return read_tolerances(self.tolerances) if self.tolerances else STRICT


def place_of(recording: Path, folder: Path | None = None) -> Place:
    """Return where the references of a recording are; without a folder, beside it."""
    return Place(folder or recording.parent, recording.name.removesuffix(".mcap"))


def read_reference(path: Path, of: RunStart) -> tuple[list[Record], int | None]:
    """Read accepted answers.

    Args:
        path: the file.
        of: how the recording begins that they must belong to.

    Returns:
        The answers, and the bench time from which on nothing is compared; None for the end of the recording.

    Raises:
        BadRecording: it is damaged, or belongs to another recording.
    """
    recording = Recording(path)
    start = recording.start
    for tie in _TIES:
        mine, its = getattr(of, tie), getattr(start, tie)
        if mine != its:
            raise BadRecording(
                f"the reference belongs to another recording: its {tie} differs",
                where=str(path),
                expected=_short(mine),
                found=_short(its),
                hint="rig replay REC --update-references makes it anew",
            )
    answers = list(recording.records(answer_topics()))
    if recording.end is None:
        raise BadRecording(
            "the reference is not whole", where=str(path), found=recording.cut_at,
            hint="take it from where it is kept, or make it anew: rig replay REC --update-references",
        )  # fmt: skip
    return answers, recording.end.t_ns


def write_reference(path: Path, of: RunStart, stack: str, answers: Sequence[Record], ends_ns: int) -> None:
    """Write accepted answers in the place of those that were there; whatever goes wrong, one of both is whole.

    Args:
        path: the file.
        of: how the recording begins.
        stack: which stack gave them.
        answers: in order.
        ends_ns: bench time of the tick after the last.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        _write(part, replace(of, stack=stack), answers, ends_ns)
        part.replace(path)
    except OSError as error:
        raise RigFault(
            "the reference cannot be written", where=str(path), expected="a folder to write in",
            found=error.strerror or str(error), hint="--references names another folder",
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)


def _write(path: Path, start: RunStart, answers: Iterable[Record], ends_ns: int) -> None:
    with Recorder(path, start) as recorder:
        recorder.write(answers)
        recorder.close("finished", now_ns=ends_ns)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
