"""Devices of which only a recording is left; tests/contract/replayed.py has what each of them does."""

from pathlib import Path

import pytest

from contracts.errors import UsageError
from contracts.ports import PortKind
from contracts.records import GateEvent, GateEventKind, Setup
from contracts.run import RunStart
from rig.mixed.recorded import recorded_port
from rig.recording.recorder import Recorder
from tests.twin.smallstore import small_store


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "run.mcap"
    with Recorder(path, RunStart(t_ns=0, source="rig", scenario="s", store="small", seed=1)) as recorder:
        recorder.write([Setup(t_ns=0, source="rig", layout=small_store().layout)])
        recorder.write([GateEvent(t_ns=5, source="gate-9", kind=GateEventKind.OPENED)])
    return path


def test_a_device_that_was_there_and_said_nothing_says_nothing(recording: Path) -> None:
    port = recorded_port("gate-in", recording)
    assert (port.info.kind, list(port.read(10))) == (PortKind.GATE, [])


def test_a_device_that_spoke_is_known_by_what_it_said(recording: Path) -> None:
    port = recorded_port("gate-9", recording)
    assert port.info.kind is PortKind.GATE
    assert [record.t_ns for record in port.read(10)] == [5]
    assert list(port.read(99)) == []


def test_a_device_that_nothing_is_known_of_is_refused(recording: Path) -> None:
    with pytest.raises(UsageError, match="holds nothing of gate-7"):
        recorded_port("gate-7", recording)
