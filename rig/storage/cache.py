"""Recordings behind URLs, fetched once: kept by what is in them."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from contracts.errors import RigFault
from rig.storage.address import is_url, parent
from rig.storage.note import get_note, sha256
from rig.storage.opening import open_place
from rig.storage.place import Place

_ORIGIN = "origin"


def cache_folder() -> Path:
    """Return the folder of fetched recordings: under $XDG_CACHE_HOME, or ~/.cache."""
    home = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(home).expanduser() / "walkout-rig" / "recordings"


def local(text: str) -> Path:
    """Return a file of this machine: a path as it is, a URL fetched."""
    return fetched(text) if is_url(text) and not text.lower().startswith("file://") else _path(text)


def fetched(url: str) -> Path:
    """Return a recording behind a URL as a file, with its reference and tolerances beside it.

    What was fetched before and has not changed is not fetched again.

    Raises:
        RigFault: it is not there, cannot be fetched, or is not what its note says.
        UsageError: nothing here can read that URL.
    """
    holder, name = parent(url)
    place = open_place(holder)
    note = get_note(place, name)
    key = note.sha256 if note else hashlib.sha256(f"{url}\0{_version(place, name)}".encode()).hexdigest()
    path = cache_folder() / key / name
    if not path.is_file() or (note is not None and path.stat().st_size != note.bytes):
        _fetch(place, name, path, note.sha256 if note else "")
    (path.parent / _ORIGIN).write_text(f"{holder}\n")
    _companions(place, name, path)
    return path


def origin(path: Path) -> str:
    """Return the URL of the store that a file was fetched from; "" of a file that was not."""
    told = path.parent / _ORIGIN
    return told.read_text().strip() if path.is_relative_to(cache_folder()) and told.is_file() else ""


def beside(path: Path, name: str) -> Path:
    """Return where to write what belongs beside a recording: of a fetched one the working directory."""
    return Path(name) if origin(path) else path.with_name(name)


def _path(text: str) -> Path:
    return Path(text[len("file://") :] if text.lower().startswith("file://") else text)


def _version(place: Place, name: str) -> str:
    if not place.has(name):
        raise RigFault("no such recording", where=f"{place.about}/{name}", expected="an .mcap file", found="nothing")
    return place.version(name)


def _fetch(place: Place, name: str, path: Path, expected: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{name}.{os.getpid()}.part")
    try:
        place.get(name, part)
        found = sha256(part) if expected else ""
        if found != expected:
            raise RigFault(
                "the recording is not the one that its note tells of", where=f"{place.about}/{name}",
                expected=expected, found=found, hint="somebody may be writing it: try again",
            )  # fmt: skip
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _companions(place: Place, name: str, path: Path) -> None:
    """Fetch what a replay is held against; these files are small, and may change while the recording stays."""
    stem = name.removesuffix(".mcap")
    for companion in (f"{stem}.reference.mcap", f"{stem}.tolerance.yaml", "tolerance.yaml"):
        path.with_name(companion).unlink(missing_ok=True)
        if place.has(companion):
            place.get(companion, path.with_name(companion))
