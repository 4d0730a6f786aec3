"""A folder of this machine as a store; needs nothing else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from contracts.errors import RigFault
from rig.storage.place import Stored


class Folder:
    """A `rig.storage.place.Place` on disk.

    Args:
        root: the folder; made when something is put.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def about(self) -> str:
        """Its path."""
        return str(self.root)

    def files(self) -> Sequence[Stored]:
        """Return every file in it; parts of files that are being written are left out."""
        with self._told(""):
            found = [path for path in self.root.rglob("*") if path.is_file() and not path.name.endswith(".part")]
            return [_stored(path, self.root) for path in sorted(found)]

    def has(self, name: str) -> bool:
        """Whether there is such a file."""
        return (self.root / name).is_file()

    def version(self, name: str) -> str:
        """Return size and time of its last change."""
        with self._told(name):
            status = (self.root / name).stat()
            return f"{status.st_size}-{status.st_mtime_ns}"

    def put(self, local: Path, name: str) -> None:
        """Copy a file into it; others see the old one or the whole new one."""
        path = self.root / name
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        with self._told(name):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                shutil.copyfile(local, part)
                part.replace(path)
            finally:
                part.unlink(missing_ok=True)

    def get(self, name: str, local: Path) -> None:
        """Copy a file out of it."""
        with self._told(name):
            shutil.copyfile(self.root / name, local)

    def remove(self, name: str) -> None:
        """Delete a file."""
        with self._told(name):
            (self.root / name).unlink()

    @contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise RigFault(
                "the folder does not let us",
                where=str(self.root / name),
                found=error.strerror or str(error),
            ) from error


def _stored(path: Path, root: Path) -> Stored:
    status = path.stat()
    return Stored(path.relative_to(root).as_posix(), status.st_size, status.st_mtime)
