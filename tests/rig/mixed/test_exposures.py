"""The thread that works exposed devices."""

from __future__ import annotations

import threading

import pytest

from contracts.errors import RigFault
from contracts.ports import FaultKind
from contracts.records import GateAction, GateCommand, GateEvent, GateEventKind
from rig.mixed import Exposures
from tests.rig.mixed.fakes import FakeEmulated

EVENT = GateEvent(t_ns=1, source="gate-in", kind=GateEventKind.PASSED_IN)


class Watched(FakeEmulated):
    """Says when it has been worked."""

    def __init__(self) -> None:
        super().__init__()
        self.twice = threading.Event()

    def work(self) -> None:
        super().work()
        if self.worked >= 2:
            self.twice.set()


def test_devices_are_worked_until_they_are_closed() -> None:
    device = Watched()
    exposed = Exposures({"gate-in": device})
    exposed.begin()
    assert device.twice.wait(20)
    exposed.close()
    worked = device.worked
    exposed.close()
    assert device.closed
    assert device.worked == worked


def test_a_device_lives_its_own_records_and_its_faults() -> None:
    gate, scanner = FakeEmulated(), FakeEmulated()
    exposed = Exposures({"gate-in": gate, "scanner-in": scanner})
    exposed.live(EVENT)
    assert (gate.lived, scanner.lived) == ([EVENT], [])
    assert exposed.fault("gate-in", FaultKind.OFF)
    assert not exposed.fault("gate-in", FaultKind.WRONG)


def test_what_was_asked_over_the_wires_is_told_once() -> None:
    gate = FakeEmulated()
    order = GateCommand(t_ns=0, source="wire", gate="gate-in", action=GateAction.OPEN)
    gate.asks = [order]
    exposed = Exposures({"gate-in": gate})
    assert exposed.orders() == [order]
    assert exposed.orders() == []


def test_a_device_that_breaks_ends_the_run_by_name() -> None:
    device = Watched()
    device.breaks = ZeroDivisionError("its own mistake")
    exposed = Exposures({"gate-in": device})
    exposed.begin()
    assert exposed._thread is not None
    exposed._thread.join(20)
    with pytest.raises(RigFault, match=r"gate-in(.|\n)*its own mistake"):
        exposed.orders()
    exposed.close()
