"""Other people's programs, run beside an emulated device that works meanwhile."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock

PEERS = Path(__file__).parents[3] / ".peers"
SOURCES = Path(__file__).parents[2] / "peers"


def program(name: str, package: str) -> str:
    """Return a program of this machine, or skip the test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed: run ci/peers, or apt-get install {package}")
    return found


def beside(work: Callable[[], None], words: list[str], env: dict[str, str] | None = None) -> tuple[int, str]:
    """Run a program while an emulator works; return how it ended and what it said."""
    clock = WallClock()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env) as peer:
        while peer.poll() is None and clock.now_ns < 60 * SECOND:
            work()
            clock.wait_until(clock.now_ns + MILLISECOND)
        peer.kill()
        said, _ = peer.communicate()
    return peer.returncode, said


def node(script: str, *words: str) -> tuple[list[str], dict[str, str]]:
    """Return what runs a script with the packages of tests/peers/package.json, or skip the test."""
    modules = PEERS / "node" / "node_modules"
    if not modules.exists():
        pytest.skip("modbus-serial is not installed: run ci/peers")
    return [program("node", "nodejs"), str(SOURCES / script), *words], {"NODE_PATH": str(modules), "PATH": "/usr/bin"}


def compiled(source: str, folder: Path) -> Path:
    """Return a program made of a file in tests/peers with libmodbus, or skip the test."""
    compiler, config = program("gcc", "gcc libc6-dev"), program("pkg-config", "pkg-config")
    flags = subprocess.run([config, "--cflags", "--libs", "libmodbus"], capture_output=True, text=True, check=False)
    if flags.returncode:
        pytest.skip("libmodbus is not installed: run ci/peers, or apt-get install libmodbus-dev")
    made = folder / Path(source).stem
    subprocess.run([compiler, str(SOURCES / source), "-o", str(made), *flags.stdout.split()], check=True)
    return made
