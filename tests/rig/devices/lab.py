"""A bench on wires: emulators that a thread works, and the commands that look at them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.clock import WallClock
from devices.drivers.kind import Emulated
from devices.drivers.opening import open_exposed
from devices.drivers.registry import load
from rig.bench import read

ENV = {name: value for name, value in os.environ.items() if not name.startswith(("RIG_", "PYTEST_"))}
PLATES = tuple(f"gondola-1/shelf-1/plate-{at}" for at in range(1, 46))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def write_bench(folder: Path) -> Path:
    """Write a bench with a scanner on a pseudo-terminal and a rack on TCP."""
    path, shim, scale = folder / "lab.yaml", free_port(), free_port()
    path.write_text(
        f"about: A lab.\nstore: corner-shop\nlisten: 127.0.0.1:{shim}\ndevices:\n"
        f"  scanner-in: {{driver: scanner/zebra-ssi, line: {folder}/wires/scanner}}\n"
        f'  gondola-1: {{driver: scale/hx711-80, line: "socket://127.0.0.1:{scale}"}}\nexposed:\n'
        f'  scanner-in: {{emulator: scanner/zebra-ssi, line: "pty:{folder}/wires/scanner"}}\n'
        f'  gondola-1: {{emulator: scale/hx711-80, line: "listen://127.0.0.1:{scale}"}}\n'
    )
    return path


@contextmanager
def wired(bench: Path) -> Iterator[dict[str, Emulated]]:
    """Work what a bench exposes."""
    ended, clock, registry = threading.Event(), WallClock(), load()
    devices = {
        each.id: open_exposed(
            registry.find(each.emulator), each.id, each.line, clock, options=each.options, plates=PLATES
        )
        for each in read(bench).exposed
    }

    def work() -> None:
        while not ended.wait(0.002):
            for device in devices.values():
                device.work()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield devices
    finally:
        ended.set()
        thread.join()
        for device in devices.values():
            device.close()


def rig(*words: object, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rig.cli", "devices", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder, env=ENV)


@contextmanager
def serving(bench: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run `rig devices serve` until it says where."""
    command = [sys.executable, "-m", "rig.cli", "devices", "serve", str(bench), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENV)
    assert process.stdout is not None
    said = []
    try:
        for line in process.stdout:
            said.append(line)
            if line.startswith("serving at"):
                break
        assert said[-1].startswith("serving at"), "".join(said)
        yield process
    finally:
        process.kill()
        process.communicate()


def end(process: subprocess.Popen[str], number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
    """Ask a shim to end; return its exit code and what it said."""
    process.send_signal(number)
    said, _ = process.communicate(timeout=60)
    return process.returncode, said
