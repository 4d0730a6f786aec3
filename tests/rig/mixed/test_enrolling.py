"""Orders to enrol and to forget, in a store of which a reader is on a wire."""

from dataclasses import replace

import pytest

from contracts.biometrics import BioOutcome, BioScan, Modality
from contracts.checkout import PalmAction, PalmOrder
from contracts.errors import UsageError
from contracts.ports import Port, PortKind
from contracts.record import Record
from rig.mixed.exposures import Exposures
from rig.mixed.prompts import Prompts
from rig.mixed.source import MixedSource
from tests.rig.mixed.fakes import FakePort, FakeShim, FakeTwin, StillClock

ENROL = PalmOrder(t_ns=0, source="stack", key="k", action=PalmAction.ENROL, reader="palm-in", account="a", wording="w")
FORGET = PalmOrder(t_ns=0, source="stack", key="k", action=PalmAction.FORGET, handle="h")
FACE = BioScan(t_ns=5, source="face-in", modality=Modality.FACE, outcome=BioOutcome.MATCHED, subject="f")


class Reader(FakePort):
    """Notes what it is ordered and shown; one that takes no orders says so, as a shim does."""

    def __init__(self, device: str, kind: PortKind, *, obeys: bool = True) -> None:
        super().__init__(device, kind)
        self.ordered: list[PalmOrder] = []
        self.shown: list[str] = []
        self._obeys = obeys

    def order(self, order: PalmOrder) -> None:
        if not self._obeys:
            raise UsageError("this reader enrols and forgets nobody by order")
        self.ordered.append(order)

    def present(self, subject: str) -> None:
        self.shown.append(subject)


class Bench:
    def __init__(self, *, obeys: bool = True, real: bool = True) -> None:
        self.palm = Reader("palm-in", PortKind.PALM_READER, obeys=obeys)
        self.face = Reader("face-in", PortKind.BIO_READER)
        self.twin = FakeTwin()
        ports: tuple[Port, ...] = (self.palm, self.face)
        self.source = MixedSource(
            self.twin, [FakeShim(*ports)], {}, Exposures({}), Prompts({}, print), StillClock(real=real)
        )


def test_an_enrolment_goes_to_its_reader_and_to_the_twin_whose_people_wait_for_it() -> None:
    bench = Bench()
    bench.source.command(ENROL)
    assert (bench.palm.ordered, bench.face.ordered, bench.twin.ordered) == ([ENROL], [], [ENROL])


def test_a_deletion_goes_to_all() -> None:
    bench = Bench()
    bench.source.command(FORGET)
    assert (bench.palm.ordered, bench.face.ordered, bench.twin.ordered) == ([FORGET], [FORGET], [FORGET])


def test_a_reader_that_cannot_enrol_ends_the_run_and_one_that_cannot_forget_is_the_judge_s_affair() -> None:
    bench = Bench(obeys=False)
    with pytest.raises(UsageError, match="enrols and forgets nobody"):
        bench.source.command(ENROL)
    bench.source.command(FORGET)
    assert bench.face.ordered == [FORGET]
    assert bench.twin.ordered == [FORGET]


def test_before_real_time_begins_only_the_twin_hears_of_it() -> None:
    bench = Bench(real=False)
    bench.source.command(ENROL)
    assert (bench.palm.ordered, bench.twin.ordered) == ([], [ENROL])


def test_who_is_presented_to_the_twin_s_reader_is_presented_to_the_real_one() -> None:
    bench = Bench()
    bench.twin.coming = [FACE]
    heard: list[Record] = list(bench.source.read(10))
    assert FACE not in heard
    assert bench.face.shown == ["f"]
    bench.face.says = [replace(FACE, subject="g")]
    assert [one.subject for one in bench.source.read(20) if isinstance(one, BioScan)] == ["g"]
