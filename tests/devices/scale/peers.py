"""Other people's programs, run beside an emulator that is served meanwhile."""

import json
import subprocess
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from devices.scale.emulator import ScaleEmulator

PEERS = Path(__file__).parents[3] / ".peers"


def installed(folder: str, program: str = "python") -> Path:
    """Return a program of a peer's own environment, or skip the test."""
    path = PEERS / folder / "bin" / program
    if not path.exists():
        pytest.skip(f"{folder} is not installed: run ci/peers")
    return path


def said(python: Path, program: str, words: list[str], device: ScaleEmulator, clock: WallClock) -> object:
    """Return what a program prints as JSON."""
    with subprocess.Popen(
        [python, "-c", program, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as peer:
        give_up_ns = clock.now_ns + 60 * SECOND
        while peer.poll() is None and clock.now_ns < give_up_ns:
            device.serve()
            clock.wait_until(clock.now_ns + 2 * MILLISECOND)
        peer.kill()
        printed, complained = peer.communicate()
    assert peer.returncode == 0, complained
    return json.loads(printed)
