"""All nights at a URL too: fetched before a night what it needs of them, and put there as it goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from rig.nightly.corpus import FOLDER, RECORDINGS
from rig.nightly.history import ROWS
from rig.nightly.night import HEAD, Night
from rig.nightly.steps import Step
from rig.storage.opening import open_place
from rig.storage.place import Place, Stored

_SMALL = re.compile(rf"[^/]+/({HEAD}|{ROWS}|steps/[^/]+\.json)|{FOLDER}/(?!{RECORDINGS}/).*|{FOLDER}/.*\.json")
"""What every night reads of those before it; recordings are fetched when it is their turn."""


class Mirror:
    """A folder of nights and the store that keeps them.

    Args:
        place: the store.
        nights: the folder of this machine.
    """

    def __init__(self, place: Place, nights: Path) -> None:
        self._place, self._nights = place, nights
        self._there: dict[str, int] = {}

    def fetch(self, wanted: Callable[[str], bool] = lambda name: bool(_SMALL.fullmatch(name))) -> None:
        """Fetch what this machine lacks, or has otherwise.

        Args:
            wanted: of the names of files.
        """
        for file in self._place.files():
            self._there[file.name] = file.bytes
            if wanted(file.name):
                self._bring(file)

    def bring(self, step: Step) -> None:
        """Fetch the recording that a step replays, and its reference."""
        stem = step.file.removesuffix(".mcap")
        for file in self._place.files() if step.file else ():
            if file.name in (step.file, f"{stem}.reference.mcap", f"{stem}.tolerance.yaml"):
                self._bring(file)

    def put(self, files: Iterable[Path]) -> None:
        """Put files there."""
        for path in files:
            if path.is_file():
                self._place.put(path, path.relative_to(self._nights).as_posix())

    def put_step(self, night: Night, step: Step) -> None:
        """Put there what was found so far, so that another machine can go on."""
        self.put([night.folder / HEAD, night.folder / "steps" / f"{step.id}.json"])

    def put_night(self, night: Night) -> None:
        """Put a night there that is over; that it is comes last."""
        files = sorted(path for path in night.folder.rglob("*") if path.is_file() and not path.name.endswith(".part"))
        self.put([path for path in files if path.name != HEAD])
        self.put([night.folder / HEAD])

    def put_corpus(self) -> None:
        """Put what is new in the corpus there, notes last."""
        files = sorted((self._nights / FOLDER).rglob("*"), key=lambda path: (path.suffix == ".json", path))
        large = [path for path in files if path.suffix == ".mcap" and not path.name.endswith(".reference.mcap")]
        known = [path for path in large if self._is_there(path)]
        self.put(path for path in files if path not in known)

    def _is_there(self, path: Path) -> bool:
        return self._there.get(path.relative_to(self._nights).as_posix()) == path.stat().st_size

    def _bring(self, file: Stored) -> None:
        path = self._nights / file.name
        if path.is_file() and path.suffix == ".mcap" and path.stat().st_size == file.bytes:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        self._place.get(file.name, part)
        part.replace(path)


def mirror_of(url: str, nights: Path) -> Mirror:
    """Return the mirror of a folder of nights.

    Args:
        url: of the store, or another folder.
        nights: the folder.

    Raises:
        UsageError: nothing here can read that URL.
    """
    return Mirror(open_place(url), nights)
