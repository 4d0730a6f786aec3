"""Mends a recording that was cut: everything before the cut, in a file that is whole and has an index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import SECOND
from contracts.errors import BadRecording, RigFault, UsageError
from contracts.run import Checkpoint, RunEnd, RunStart
from rig.recording.channels import Entry, record_of
from rig.recording.digest import Digest
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder

START, END, CHECKPOINT = "/rig/run_start", "/rig/run_end", "/rig/checkpoint"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What was saved, and what was not.

    Args:
        path: the new file.
        messages: written to it.
        last_ns: bench time of the last of them.
        why: what ended the old file.
        checked_ns: bench time up to which the digest in the file itself says that all is as it was written.
        bytes_before: size of the old file.
        bytes_after: size of the new one.
        ended: whether the end of the run was there.
    """

    path: Path
    messages: int
    last_ns: int
    why: str
    checked_ns: int
    bytes_before: int
    bytes_after: int
    ended: bool

    @property
    def lines(self) -> tuple[str, ...]:
        """The same for people."""
        last, checked = self.last_ns / SECOND, self.checked_ns / SECOND
        return (
            f"{self.path}: {self.messages} messages up to {last:.2f} s, {self.bytes_after:,} bytes",
            f"the digest in the file agrees with all that was written up to {checked:.2f} s",
            f"lost: nothing but the index ({self.why})"
            if self.ended
            else f"lost: whatever came after {last:.2f} s, and how the run ended ({self.why})",
        )


def recover(path: Path, output: Path) -> Recovered:
    """Write what a cut recording holds as a whole one.

    Args:
        path: a recording that was cut or damaged.
        output: the new file; the old one stays as it is.

    Raises:
        UsageError: the recording is whole, or the new file would take its place.
        BadRecording: nothing can be saved.
    """
    _check(path, output)
    old = Recording(path, trusted=False)
    entries = old.entries()
    first = next(entries, None)
    start = None if first is None or first.topic != START else record_of(first)
    if not isinstance(start, RunStart):
        raise BadRecording(
            "nothing can be saved", where=str(path), expected="a recording that begins with how its run began",
            found=old.cut_at or ("no message" if first is None else f"a message on {first.topic}"),
            hint="make the recording again",
        )  # fmt: skip
    part, digest = output.with_name(f".{output.name}.{os.getpid()}.part"), _Checked()
    try:
        with Recorder(part, start) as recorder:
            end = _copy(entries, recorder, digest)
            if end is not None and Recording(path).indexed:
                raise _whole(path)
            why = old.cut_at or ("it was never closed" if end is None else "its index was damaged")
            end = end or RunEnd(
                t_ns=digest.last_ns, source="rig", status="interrupted", reason=f"the file was cut: {why}"
            )
            recorder.close(end.status, end.reason, end.t_ns)
        _put(part, output)
    finally:
        part.unlink(missing_ok=True)
    return Recovered(
        output, sum(recorder.counts.values()), digest.last_ns, why, digest.agreed_ns,
        path.stat().st_size, output.stat().st_size, ended=end.status != "interrupted",
    )  # fmt: skip


def _copy(entries: Iterator[Entry], recorder: Recorder, digest: _Checked) -> RunEnd | None:
    """Copy everything up to the end of the run, or of what can be read; return how the run ended."""
    for entry in entries:
        if entry.topic == END:
            end = record_of(entry)
            return end if isinstance(end, RunEnd) else None
        digest.add(entry)
        recorder.copy(entry)
    return None


class _Checked:
    """Holds what is read against the digests that the file itself has of it, and notes how far it goes."""

    def __init__(self) -> None:
        self._digest = Digest()
        self.agreed_ns = self.last_ns = 0

    def add(self, entry: Entry) -> None:
        """Take in one more message."""
        self.last_ns = max(self.last_ns, entry.t_ns)
        self._digest.add(entry)
        if entry.topic != CHECKPOINT:
            return
        said = record_of(entry)
        if isinstance(said, Checkpoint) and said.digest == self._digest.hex:
            self.agreed_ns = entry.t_ns


def _check(path: Path, output: Path) -> None:
    if output.exists() and path.exists() and output.samefile(path):
        raise UsageError("the old file stays as it is", where="-o", expected="another file", found=str(output))
    if output.is_dir():
        raise UsageError("a recording is a file", where="-o", expected="a name", found=f"the folder {output}")


def _whole(path: Path) -> UsageError:
    return UsageError(
        "this recording is not cut", where=str(path), expected="a file without its end",
        found="all of it, and how its run ended", hint="rig inspect shows what it holds",
    )  # fmt: skip


def _put(part: Path, output: Path) -> None:
    try:
        part.replace(output)
    except OSError as error:
        raise RigFault("the recording cannot be written", where=str(output), found=str(error)) from error
