"""Finished recordings, copied from this machine into a store."""

from __future__ import annotations

from pathlib import Path

from contracts.clock import SECOND
from contracts.errors import RigFault
from rig.recording.reader import Recording
from rig.run import RunResult
from rig.storage.cache import origin
from rig.storage.names import companions
from rig.storage.note import Note, put_note, sha256
from rig.storage.opening import open_place
from rig.storage.place import Place


def keep(result: RunResult, place: Place) -> str:
    """Copy a run's recording and what was made beside it into a store; return where the recording is now.

    The recording is whole on this machine before any of it is copied, and stays here.

    Raises:
        RigFault: the store does not take it; says where it lies.
    """
    path = result.recording
    if path is None:
        raise RigFault("the run kept no recording", where=result.name)
    try:
        for file in companions(path, path.parent.iterdir()):
            place.put(file, file.name)
        put_note(place, path.name, note_of(result, path))
    except RigFault as error:
        error.add_note(f"the recording is whole, and lies at {path}")
        raise
    return f"{place.about}/{path.name}"


def note_of(result: RunResult, path: Path) -> Note:
    """Return what is said of a run beside its recording."""
    return Note(
        sha256=sha256(path),
        bytes=path.stat().st_size,
        scenario=result.name,
        seed=Recording(path).start.seed,
        outcome=str(result.verdict.outcome),
        digest=result.digest,
        simulated_s=result.simulated_ns / SECOND,
        wall_s=round(result.wall_s, 3),
    )


def put_back(path: Path | None) -> str:
    """Copy a changed file to the store that its folder was fetched from; return where, "" where it was not fetched."""
    holder = origin(path) if path is not None else ""
    if path is None or not holder:
        return ""
    open_place(holder).put(path, path.name)
    return f"{holder}/{path.name}"
