"""Somebody comes in by a palm that crosses a wire as pictures; no picture is in the recording."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from contracts.records import GateEvent, GateEventKind, PalmScan
from rig.recording.reader import Recording
from tests.hil.wires import run, with_free_ports

# By the wall's clock, which a machine that runs other tests beside it does not keep: `make peers` runs it.
pytestmark = [pytest.mark.peer, pytest.mark.timeout(600)]
JPEG = b"\xff\xd8\xff"


def test_a_palm_comes_as_pictures_is_known_and_opens_the_gate_and_no_picture_is_kept(tmp_path: Path) -> None:
    bench = with_free_ports("palm-by-pictures", tmp_path)
    bench.write_text(bench.read_text().replace("../../out/", ""))
    enrol = [sys.executable, "-m", "rig.cli", "palm", "enrol", "--scenario", "bench/palm_by_pictures"]
    subprocess.run([*enrol, "--vault", "palms", "--keys", "palm.keys"], cwd=tmp_path, check=True, timeout=120)
    told = run("palm_by_pictures", tmp_path / "wires", "--bench", str(bench), "--serve")
    recording = Path(told["recording"])
    records = list(Recording(recording).records())
    palms = [record for record in records if isinstance(record, PalmScan)]
    assert palms[0].handle.startswith("palm-")
    assert {palm.handle for palm in palms[1:]} == {""}
    assert all(palm.why for palm in palms[1:])
    assert [e.kind for e in records if isinstance(e, GateEvent)].count(GateEventKind.PASSED_IN) == 1
    others = [e for e in Recording(recording).entries() if "camera" not in e.topic and JPEG in e.data]
    assert [e.topic for e in others] == []
