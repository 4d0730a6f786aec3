"""Arrays kept on disk under the hash of what they were computed from."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

Arrays = Mapping[str, NDArray[np.generic]]

MOST_BYTES = 600_000_000
"""The oldest go when there is more."""
WAIT_S = 120
"""Another process computes the same for so long at most; then this one does it too."""


def folder() -> Path:
    """Return where computed things are kept: $RIG_CACHE_DIR, else the user's cache folder."""
    said = os.environ.get("RIG_CACHE_DIR")
    if said:
        return Path(said)
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "walkout-rig"


def digest(*parts: NDArray[np.generic] | str) -> str:
    """Return the hash of arrays and words, shapes and types included."""
    made = hashlib.sha256()
    for part in parts:
        if isinstance(part, str):
            made.update(part.encode() + b"\0")
        else:
            made.update(f"{part.dtype.str}{part.shape}".encode() + np.ascontiguousarray(part).tobytes())
    return made.hexdigest()[:32]


def kept(name: str, make: Callable[[], Arrays]) -> Arrays:
    """Return the arrays of a name: from disk, else made and then kept.

    A file that cannot be read counts as absent, and a disk that cannot be written as a cache that forgets.

    Args:
        name: of the file; holds the hash of all that the arrays depend on.
        make: computes them.
    """
    path = folder() / f"{name}.npz"
    found = _read(path)
    if found is not None:
        return found
    with _alone(path):
        found = _read(path)  # another process may have made it while this one waited
        if found is None:
            found = make()
            _write(path, found)
    return found


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from making the same; where no lock can be had in time, work beside them."""
    lock = FileLock(path.with_suffix(".lock"))
    with suppress(OSError, Timeout):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=WAIT_S)
    try:
        yield
    finally:
        lock.release()


def _read(path: Path) -> Arrays | None:
    try:
        # Opened here, since numpy leaves a broken archive open.
        with path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None


def _write(path: Path, arrays: Arrays) -> None:
    """Write beside and rename, so that nobody reads half a file."""
    with suppress(OSError):
        handle, beside = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                np.savez(file, **arrays)  # type: ignore[arg-type]  # the stubs miss what ** gives
            Path(beside).replace(path)
        except OSError:
            Path(beside).unlink(missing_ok=True)
            raise
        _prune(path.parent)


def _prune(where: Path) -> None:
    told = sorted(((file.stat(), file) for file in where.glob("*.npz")), key=lambda pair: -pair[0].st_mtime_ns)
    sizes = accumulate(stat.st_size for stat, _ in told)
    for size, (_, file) in zip(sizes, told, strict=True):
        if size > MOST_BYTES:
            file.unlink(missing_ok=True)
            file.with_suffix(".lock").unlink(missing_ok=True)
