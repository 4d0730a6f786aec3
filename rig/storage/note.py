"""The note beside a stored recording: what it holds, so that nobody has to fetch it to know."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from contracts.errors import RigFault
from rig.storage.place import Place

ENDING = ".json"
"""The note of NAME.mcap is NAME.mcap.json. It is written last: with it, a recording is whole."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a recording.

    Args:
        sha256: of the file, hex.
        bytes: its size.
        scenario: what was run.
        seed: the scenario's.
        outcome: pass, fail, error or unjudged.
        digest: of all messages.
        simulated_s: bench time that passed.
        wall_s: what it took.
    """

    sha256: str
    bytes: int
    scenario: str
    seed: int
    outcome: str
    digest: str
    simulated_s: float
    wall_s: float


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_note(place: Place, name: str, note: Note) -> None:
    """Write the note of a recording."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note"
        path.write_text(json.dumps(asdict(note), indent=1) + "\n")
        place.put(path, name + ENDING)


def get_note(place: Place, name: str) -> Note | None:
    """Return the note of a recording; None where it has none.

    Raises:
        RigFault: it is no note.
    """
    if not place.has(name + ENDING):
        return None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "note"
        place.get(name + ENDING, path)
        text = path.read_bytes()
    try:
        said: Mapping[str, object] = json.loads(text)
        return Note(**{name: said[name] for name in Note.__dataclass_fields__})  # type: ignore[arg-type]
    except (ValueError, LookupError, TypeError) as error:
        raise RigFault(
            "this is not the note of a recording", where=f"{place.about}/{name}{ENDING}", found=str(error)
        ) from error
