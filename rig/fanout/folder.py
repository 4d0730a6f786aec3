"""Recordings of many runs in one folder: only whole answers are in it, also after Ctrl-C or a lost process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rig.fanout.attempt import Attempt

GOING = ".going"
"""What is being written; each attempt in a folder of its own, as a node that was given up may still write."""


@contextmanager
def swept(folder: Path | None) -> Iterator[None]:
    """Take away, at the end, whatever was not finished."""
    try:
        yield
    finally:
        if folder is not None:
            shutil.rmtree(folder / GOING, ignore_errors=True)


def going(attempt: Attempt) -> Path | None:
    """Return the folder that an attempt records into; None where nothing is kept."""
    from rig.run import file_stem  # heavy

    if attempt.job.folder is None:
        return None
    return attempt.job.folder / GOING / f"{file_stem(attempt.job.name)}-{attempt.number}"


def keep(attempt: Attempt) -> str:
    """Move what an attempt recorded to where it stays, a run that ended in an error too; return the recording."""
    source, target = going(attempt), attempt.job.folder
    if source is None or target is None or not source.is_dir():
        return ""
    found = ""
    for file in sorted(source.iterdir()):
        file.replace(target / file.name)
        found = str(target / file.name) if file.suffix == ".mcap" else found
    shutil.rmtree(source, ignore_errors=True)
    return found
