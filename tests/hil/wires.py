"""Scenarios in a process of their own, with and without wires, and what was bought in them."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from contracts.checkout import Receipt
from rig.recording.reader import Recording

ROOT = Path(__file__).parents[2]
_PORT = re.compile(r"(?<=127\.0\.0\.1:)\d+")


def run(scenario: str, folder: Path, *more: str) -> dict[str, Any]:
    """Run a scenario of the suite in a folder; return its summary."""
    folder.mkdir(exist_ok=True)
    file = ROOT / "scenarios" / "bench" / f"{scenario}.yaml"
    command = [sys.executable, "-m", "rig.cli", "run", str(file), "--record", str(folder), "--json", *more]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (told,) = json.loads(done.stdout)
    return told  # type: ignore[no-any-return]


def bought(recording: str) -> dict[str, dict[str, int]]:
    """Return what stands on each account's receipt."""
    receipts = [r for r in Recording(Path(recording)).records(["/stack/receipt"]) if isinstance(r, Receipt)]
    return {r.account: {line.product: line.count for line in r.lines} for r in receipts}


def with_free_ports(bench: str, folder: Path) -> Path:
    """Copy a bench of the project, each of its ports replaced by a free one: other runs may use the machine too."""
    text = (ROOT / "fixtures" / "benches" / f"{bench}.yaml").read_text()
    ports = sorted(set(_PORT.findall(text)))
    with ExitStack() as stay:
        free = {port: _free(stay) for port in ports}
    path = folder / f"{bench}.yaml"
    path.write_text(_PORT.sub(lambda found: str(free[found[0]]), text))
    return path


def _free(stay: ExitStack) -> int:
    held = stay.enter_context(socket.socket())
    held.bind(("127.0.0.1", 0))
    return int(held.getsockname()[1])
