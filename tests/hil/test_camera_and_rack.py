"""A camera over RTSP, a rack on weight transmitters and a turnstile on wires: one run, one recording, one verdict."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contracts.records import Frame, Weights
from rig.recording.reader import Recording
from tests.hil.wires import bought, run, with_free_ports

pytest.importorskip("av", reason="cameras over RTSP need the extra: pip install 'walkout-rig[feeds]'")
# By the wall's clock, which a machine that runs other tests beside it does not keep: `make peers` runs it.
pytestmark = [pytest.mark.peer, pytest.mark.timeout(600)]


def test_a_camera_and_a_rack_on_wires_give_the_receipt_of_the_twin(tmp_path: Path) -> None:
    bench = with_free_ports("camera-and-rack", tmp_path)
    twin = run("camera_and_rack", tmp_path / "twin")
    wires = run("camera_and_rack", tmp_path / "wires", "--bench", str(bench), "--serve")
    assert bought(wires["recording"]) == bought(twin["recording"])
    records = list(Recording(Path(wires["recording"])).records())
    frames = [r for r in records if isinstance(r, Frame) and r.source == "c1"]
    assert len(frames) > 50
    # A transmitter shows whole grams, which the twin's own plates do not.
    weights = [r for r in records if isinstance(r, Weights) and r.source == "gondola-1"]
    assert weights
    assert all((r.grams[np.isfinite(r.grams)] % 1 == 0).all() for r in weights)
