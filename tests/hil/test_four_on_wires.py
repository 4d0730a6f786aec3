"""A run of which four devices hang on wires, behind a shim in another process: it tells what the twin alone tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.records import GateEvent, Scan, Weights
from contracts.run import ClockOffset
from rig.recording.reader import Recording
from tests.hil.wires import bought, run, with_free_ports

# By the wall's clock, which a machine that runs other tests beside it does not keep: `make peers` runs it.
pytestmark = [pytest.mark.peer, pytest.mark.timeout(600)]


def test_devices_on_wires_give_the_receipts_of_the_twin(tmp_path: Path) -> None:
    bench = with_free_ports("four-on-wires", tmp_path)
    twin = run("four_on_wires", tmp_path / "twin")
    wires = run("four_on_wires", tmp_path / "wires", "--bench", str(bench), "--serve")
    assert bought(wires["recording"]) == bought(twin["recording"])
    records = list(Recording(Path(wires["recording"])).records())
    spoke = {r.source for r in records if isinstance(r, GateEvent | Scan | Weights)}
    assert {"gate-in", "scanner-in", "gondola-1", "gondola-2", "gondola-3"} <= spoke
    offsets = [r for r in records if isinstance(r, ClockOffset)]
    assert len(offsets) >= 30
    assert wires["pace"]["ticks"]
