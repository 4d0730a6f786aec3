"""What nights keep for those after them: recordings with their references, and the finds of hunts.

NIGHTS/corpus/
    recordings/JOB/NAME.mcap            a run that came out right, the first time there was one
    recordings/JOB/NAME.reference.mcap  its answers; `--update-references` alone changes them
    recordings/JOB/NAME.json            of which night, and how large
    finds/NAME.yaml                     found by a hunt
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from rig.compare.names import answer_topics
from rig.compare.reference import place_of, write_reference
from rig.nightly.night import write_whole
from rig.recording.reader import Recording
from rig.storage.note import sha256

FOLDER, RECORDINGS, FINDS = "corpus", "recordings", "finds"


@dataclass(frozen=True, slots=True)
class Kept:
    """A recording that a night kept.

    Args:
        night: which.
        job: of the plan.
        name: of the recording, without its ending.
        script: SHA-256 of the scenario that was played, hex.
        sha256: of the recording.
        bytes: its size.
    """

    night: str
    job: str
    name: str
    script: str
    sha256: str
    bytes: int

    @property
    def file(self) -> str:
        """The recording, relative to the folder of all nights."""
        return f"{FOLDER}/{RECORDINGS}/{self.job}/{self.name}.mcap"


class Corpus:
    """The corpus of a folder of nights.

    Args:
        nights: the folder.
        most_bytes: how much room the recordings may take.
    """

    def __init__(self, nights: Path, most_bytes: float = 4e9) -> None:
        self._nights, self._most = nights, most_bytes

    @property
    def finds(self) -> Path:
        """The folder of what hunts found."""
        return self._nights / FOLDER / FINDS

    def path(self, kept: Kept) -> Path:
        """Return the file of a kept recording; it need not be on this machine."""
        return self._nights / kept.file

    def kept(self) -> Iterator[Kept]:
        """Yield what is kept, by job and name."""
        for note in sorted((self._nights / FOLDER / RECORDINGS).glob("*/*.json")):
            yield Kept(**json.loads(note.read_text(encoding="utf-8")))

    def take(self, night: str, job: str, path: Path, *, anew: bool = False) -> Kept | None:
        """Keep a recording and its answers, the first time or anew; return it, None where nothing was to be done.

        Args:
            night: in which it was made.
            job: of which it is a run.
            path: the recording.
            anew: whether one of another script takes the place of an older one.
        """
        script, known = script_of(path), self._known(job, path.stem)
        if known is not None and not (anew and known.script != script):
            return None
        size = path.stat().st_size
        if sum(other.bytes for other in self.kept() if other != known) + size > self._most:
            return None
        kept = Kept(night, job, path.stem, script, sha256(path), size)
        target = self.path(kept)
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        shutil.copyfile(path, part)
        part.replace(target)
        _accept(target)
        # The note is last: with it, all of it is there.
        write_whole(target.with_suffix(".json"), json.dumps(asdict(kept), indent=1))
        return kept

    def _known(self, job: str, name: str) -> Kept | None:
        return next((kept for kept in self.kept() if (kept.job, kept.name) == (job, name)), None)


def script_of(path: Path) -> str:
    """Return the SHA-256 of the scenario that a recording plays, hex."""
    from hashlib import sha256 as digest

    return digest(Recording(path).start.script.encode()).hexdigest()


def _accept(path: Path) -> None:
    """Make a recording's own answers its reference."""
    recording = Recording(path)
    if recording.end is not None:
        answers = list(recording.records(answer_topics()))
        write_reference(place_of(path).answers, recording.start, recording.start.stack, answers, recording.end.t_ns)
