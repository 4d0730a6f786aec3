"""A run of which four devices hang on wires, behind a shim in another process: it tells what the twin alone tells."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from contracts.checkout import Receipt
from contracts.records import GateEvent, Scan, Weights
from contracts.run import ClockOffset
from rig.recording.reader import Recording

ROOT = Path(__file__).parents[2]
SCENARIO = ROOT / "scenarios" / "bench" / "four_on_wires.yaml"
BENCH = ROOT / "fixtures" / "benches" / "four-on-wires.yaml"
# By the wall's clock, which a machine that runs other tests beside it does not keep: `make peers` runs it.
pytestmark = [pytest.mark.peer, pytest.mark.timeout(600)]


def run(folder: Path, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "rig.cli", "run", str(SCENARIO), "--record", str(folder), "--json", *more]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (told,) = json.loads(done.stdout)
    return told  # type: ignore[no-any-return]


def bought(recording: str) -> dict[str, dict[str, int]]:
    receipts = [r for r in Recording(Path(recording)).records(["/stack/receipt"]) if isinstance(r, Receipt)]
    return {r.account: {line.product: line.count for line in r.lines} for r in receipts}


def test_devices_on_wires_give_the_receipts_of_the_twin(tmp_path: Path) -> None:
    for name in ("twin", "wires"):
        (tmp_path / name).mkdir()
    twin = run(tmp_path / "twin")
    wires = run(tmp_path / "wires", "--bench", str(BENCH), "--serve")
    assert bought(wires["recording"]) == bought(twin["recording"])
    records = list(Recording(Path(wires["recording"])).records())
    spoke = {r.source for r in records if isinstance(r, GateEvent | Scan | Weights)}
    assert {"gate-in", "scanner-in", "gondola-1", "gondola-2", "gondola-3"} <= spoke
    offsets = [r for r in records if isinstance(r, ClockOffset)]
    assert len(offsets) >= 30
    assert wires["pace"]["ticks"]
