"""The suite of biometric readers: the twin's own, drivers with emulators, either behind a shim; and recorded ones."""

from collections.abc import Iterator
from typing import Any

import pytest

from contracts import ports
from contracts.biometrics import BioOutcome, BioScan, Modality
from contracts.clock import MILLISECOND, SECOND, VirtualClock
from devices.shim.client import Bench
from devices.shim.host import serve
from rig.mixed.recorded_kinds import RecordedBioReader
from tests.contract.biometric import reader
from tests.contract.wired import Wired
from twin.biometrics.reader import TwinBioReader

ID = "bio-1"


class Rig:
    """One reader and time."""

    def __init__(self, port: ports.Port, clock: VirtualClock, twin: TwinBioReader | None, wire: Wired | None) -> None:
        self.port, self._clock, self._twin, self._wire = port, clock, twin, wire

    def wait(self, seconds: float) -> list[BioScan]:
        heard: list[Any] = []
        end_ns = self._clock.now_ns + round(seconds * SECOND)
        while self._clock.now_ns < end_ns:
            self._clock.wait_until(self._clock.now_ns + 50 * MILLISECOND)
            if self._twin:
                self._twin.advance(self._clock.now_ns)
            if self._wire:
                self._wire.serve()
            heard += self.port.read(self._clock.now_ns)
        return heard

    def present(self, subject: str, seconds: float = 3.0) -> list[BioScan]:
        assert isinstance(self.port, ports.BioReader)
        self.port.present(subject)
        return self.wait(seconds)


@pytest.fixture(params=[(place, modality) for place in ("twin", "wire") for modality in Modality], ids=" ".join)
def made(request: pytest.FixtureRequest) -> tuple[ports.Port, VirtualClock, TwinBioReader | None, Wired | None]:
    place, modality = request.param
    clock = VirtualClock()
    if place == "twin":
        twin = TwinBioReader(ID, modality, seed=3)
        return twin, clock, twin, None
    wired = reader(modality, ID, clock)
    return wired.port, clock, None, wired


@pytest.fixture(params=["", "behind a shim"], ids=["directly", "shim"])
def rig(
    request: pytest.FixtureRequest, made: tuple[ports.Port, VirtualClock, TwinBioReader | None, Wired | None]
) -> Iterator[Rig]:
    port, clock, twin, wire = made
    if not request.param:
        yield Rig(port, clock, twin, wire)
        return
    with serve({ID: port}) as shim, Bench(shim.address) as bench:
        yield Rig(bench.ports[ID], clock, twin, wire)


def test_it_says_who_it_is(rig: Rig) -> None:
    assert (rig.port.info.id, rig.port.info.kind) == (ID, ports.PortKind.BIO_READER)
    assert isinstance(rig.port, ports.BioReader)


def test_somebody_enrolled_matches_and_a_stranger_does_not(rig: Rig) -> None:
    rig.wait(1)
    (known,) = rig.present("subject-7")
    assert (known.source, known.outcome, known.subject) == (ID, BioOutcome.MATCHED, "subject-7")
    assert known.score >= known.threshold > 0
    (stranger,) = rig.present("")
    assert (stranger.outcome, stranger.subject) == (BioOutcome.NO_MATCH, "")
    assert stranger.score < stranger.threshold
    assert [one.subject for one in rig.present("subject-8")] == ["subject-8"]
    assert rig.wait(2) == []


def test_a_reader_that_is_off_says_nothing_and_is_well_afterwards(rig: Rig) -> None:
    rig.wait(1)
    assert rig.port.fault(ports.FaultKind.OFF)
    assert rig.present("subject-7") == []
    assert rig.port.fault(None)
    rig.wait(5)
    assert [one.subject for one in rig.present("subject-7")] == ["subject-7"]


def test_a_fault_is_had_or_refused_and_a_safe_state_is_always_reached(rig: Rig) -> None:
    for fault in ports.FaultKind:
        assert rig.port.fault(fault) in (True, False)
        assert rig.port.fault(None) is True
    rig.port.safe_state()


def test_a_recorded_one_says_what_it_said() -> None:
    said = BioScan(t_ns=5, source=ID, modality=Modality.FACE, outcome=BioOutcome.MATCHED, subject="s")
    port = RecordedBioReader(ports.PortInfo(ID, ports.PortKind.BIO_READER), iter([said]))
    assert isinstance(port, ports.BioReader)
    port.present("another")
    assert [list(port.read(t_ns)) for t_ns in (4, 5, 6)] == [[], [said], []]
