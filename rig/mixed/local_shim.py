"""The shim of a bench that hangs on this machine, as a process of the run's own."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from contracts.errors import DeviceUnavailable

READY = "serving at"
"""What `rig devices serve` says when it listens."""
ENDS_S = 10.0
"""Devices are brought into their safe state meanwhile."""


@contextmanager
def local_shim(bench: Path, store: Path) -> Iterator[None]:
    """Run `rig devices serve BENCH` beside the run, and end it afterwards.

    Args:
        bench: the bench file.
        store: the store of the run.

    Raises:
        DeviceUnavailable: it ended before it listened; quotes what it said.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        command = [sys.executable, "-m", "rig.cli", "devices", "serve", str(bench), "--store", str(store)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)  # noqa: S603  # our own command
        try:
            _await(process, bench, errors)
            yield
        finally:
            process.terminate()
            try:
                process.communicate(timeout=ENDS_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.communicate()


def _await(process: subprocess.Popen[str], bench: Path, errors: IO[str]) -> None:
    assert process.stdout is not None
    said: list[str] = []
    for line in process.stdout:
        said.append(line)
        if READY in line:
            return
    process.wait()
    errors.seek(0)
    raise DeviceUnavailable(
        "the shim of this bench ended before it listened",
        where=str(bench),
        expected=f"a line with '{READY}'",
        found=("".join(said) + errors.read()).strip() or f"exit code {process.returncode}",
        hint=f"rig devices serve {bench}",
    )
