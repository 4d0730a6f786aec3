"""A place of labgrid, held while the devices of a bench are in use: for labs that lend their benches by labgrid.

labgrid is a program of its own here: in one environment with this project it would replace pySerial by another.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from contracts.errors import DeviceUnavailable
from rig.bench.model import Place

PROGRAM = "labgrid-client"
WITHIN_S = 30.0
"""One command of labgrid starts Python and asks its coordinator; that takes under a second."""


@contextmanager
def held(place: Place | None) -> Iterator[None]:
    """Hold a place; without one do nothing.

    Args:
        place: which.

    Raises:
        DeviceUnavailable: somebody else has it, there is none, or labgrid is not there.
    """
    if place is None:
        yield
        return
    _obtain(place)
    try:
        yield
    finally:
        said = _ask(place, "release")
        if said:
            sys.stderr.write(f"labgrid place {place.name} may still be held: {said}\n")


def _obtain(place: Place) -> None:
    if shutil.which(PROGRAM) is None:
        raise DeviceUnavailable(
            "the bench is a place of labgrid, which is not here",
            where=f"labgrid place {place.name}",
            expected=f"{PROGRAM} on the path",
            hint="install labgrid in an environment of its own (pipx install labgrid): it brings another pySerial",
        )
    said = _ask(place, "acquire")
    if said:
        raise DeviceUnavailable(
            "the place cannot be had",
            where=f"labgrid place {place.name}{f' at {place.coordinator}' if place.coordinator else ''}",
            expected="a place that nobody else holds",
            found=said,
            hint=f"{PROGRAM} who tells who holds what; {PROGRAM} -p {place.name} release gives your own back",
        )


def _ask(place: Place, command: str) -> str:
    """Give labgrid a command; return what went wrong, "" when it obeyed."""
    words: Sequence[str] = [
        PROGRAM,
        *(["-x", place.coordinator] if place.coordinator else []),
        "-p",
        place.name,
        command,
    ]
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=WITHIN_S, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"no answer to {command} within {WITHIN_S:g} s"
    if done.returncode == 0:
        return ""
    return (done.stderr or done.stdout).strip() or f"exit code {done.returncode}"
