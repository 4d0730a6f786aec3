"""A kiosk: one rack of the corner shop under three small cameras, so that a whole run takes a second or two.

Recordings of it are made once a test session, by the real command in a process of its own, and shared.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from filelock import FileLock

from contracts.clock import WallClock
from contracts.records import Setup
from contracts.run import RunEnd
from rig.cli.app import run_command
from rig.recording.reader import Recording

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "rig.cli"]
SERVER = [sys.executable, "-m", "stack.server"]
# Nothing here is timed: this is only how long a test waits before it calls a process stuck.
STUCK_S = 240.0

HEAD = "about: A visit to the kiosk.\nstore: kiosk.yaml\nseed: 1\nshoppers:\n"
TAKE_ONE = f"""{HEAD}  ana:
    does:
      - enter: qr
      - take: {{product: aurel-500, from: gondola-1/shelf-3}}
      - leave
"""
LOOK = f"""{HEAD}  zebulon:
    does:
      - enter: palm
      - look: gondola-1/shelf-3
      - leave
"""
TWO = f"""{HEAD}  ana:
    does:
      - enter: palm
      - inspect: {{product: aurel-500, at: gondola-1/shelf-3}}
      - leave
  ben:
    arrives: 2 s
    does:
      - enter: qr
      - take: {{product: brume-green-500, from: gondola-1/shelf-3}}
      - leave
"""
ENDLESS = f"""{HEAD}  ana:
    does:
      - enter: qr
      - wait: 500 s
      - leave
limit: 900 s
"""
THREE = {"take_one": TAKE_ONE, "look": LOOK, "two": TWO}


@dataclass(frozen=True)
class Made:
    """What one call of `rig run` on the three scenarios left."""

    folder: Path
    told: list[dict[str, Any]]

    def recording(self, name: str) -> Recording:
        return Recording(self.path(name))

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.mcap"


def write_kiosk(folder: Path) -> Path:
    """Write the kiosk's store file into a folder."""
    store = yaml.safe_load((ROOT / "fixtures/stores/corner-shop.yaml").read_text())
    store["gondolas"] = {"gondola-1": store["gondolas"]["gondola-1"]}
    store["planogram"] = {"gondola-1/shelf-3": store["planogram"]["gondola-1/shelf-3"]}
    sold = {facing["product"] for facing in store["planogram"]["gondola-1/shelf-3"]}
    store["products"] = {key: value for key, value in store["products"].items() if key in sold}
    store["cameras"] = {key: store["cameras"][key] | {"size_px": [160, 120]} for key in ("c1", "c2", "c4")}
    path = folder / "kiosk.yaml"
    path.write_text(yaml.safe_dump(store))
    return path


def write_scenario(folder: Path, text: str, name: str = "visit.yaml") -> Path:
    """Write a scenario beside a kiosk."""
    if not (folder / "kiosk.yaml").exists():
        write_kiosk(folder)
    (folder / name).write_text(text)
    return folder / name


def environment(**more: str) -> dict[str, str]:
    """Return the environment without what would change the rig's mind."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RIG_", "PYTEST_", "COV_"))}
    return kept | {"COLUMNS": "400"} | more


def rig(*arguments: object, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    command = [*COMMAND, *map(str, arguments)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=STUCK_S, env=environment(**more)
    )


class Here:
    """The command in this process, for what needs none of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        code = run_command([*map(str, arguments)])
        said = self._capsys.readouterr()
        return code, said.out, said.err


def made(factory: pytest.TempPathFactory, name: str, seed: int = 1, hashing: str = "1") -> Made:
    """Return the recordings of the three scenarios, made once for all tests and all workers."""
    base = factory.getbasetemp()
    base = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "kiosk"
    base.mkdir(exist_ok=True)
    folder = base / name
    with FileLock(base / f"{name}.lock"):
        if not (folder / "told.json").exists():
            folder.mkdir(exist_ok=True)
            files = [write_scenario(folder, text, f"{stem}.yaml") for stem, text in THREE.items()]
            done = rig("run", *files, "--record", folder, "--seed", seed, "--json", PYTHONHASHSEED=hashing)
            assert done.returncode == 0, done.stdout + done.stderr
            (folder / "told.json").write_text(done.stdout)
    return Made(folder, json.loads((folder / "told.json").read_text()))


def start(*arguments: object, command: list[str] = COMMAND, **more: str) -> subprocess.Popen[str]:
    """Start a command in a process group of its own."""
    return subprocess.Popen(
        [*command, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**more),
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Return exit code, output and complaints of a process that has been told to end, and that all of it has ended."""
    try:
        out, err = process.communicate(timeout=STUCK_S)
    finally:
        process.kill()
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    return process.returncode, out, err


def wait_for_growth(process: subprocess.Popen[str], path: Path, seconds: int = 2) -> None:
    """Wait until a running command has written so many simulated seconds into a file."""
    clock = WallClock()
    while clock.now_ns < STUCK_S * 1e9:
        assert process.poll() is None, process.communicate()
        if path.exists() and path.stat().st_size > 1000 and checkpoints(path) >= seconds:
            return
        clock.wait_until(clock.now_ns + 50_000_000)
    pytest.fail(f"{path} does not grow")


def checkpoints(path: Path) -> int:
    """Return how many seconds a recording holds, also while it is being written."""
    return sum(1 for _ in Recording(path).entries(["/rig/checkpoint"]))


def the_end(path: Path) -> RunEnd:
    """Read all of a recording, and return how its run ended."""
    recording = Recording(path)
    records = list(recording.records())
    assert any(isinstance(record, Setup) for record in records)
    assert recording.cut_at == ""
    assert recording.end is not None
    return recording.end
