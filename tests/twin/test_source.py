"""The twin as a source: order, rates, orders, faults, the end, and equal runs. Cast and cameras are stand-ins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Pose
from contracts.ports import FaultKind, Port, PortInfo, PortKind, Source
from contracts.record import Record
from contracts.records import Direction, Frame, GateAction, GateCommand, GateEvent, Scan, Weights
from contracts.steps import FaultPlan, ShopperPlan
from contracts.truth import MoveKind, TrueCast, TrueFault, TrueMove, TruePassage, TruePerson, TruePoses, TrueStep
from tests.twin.smallstore import small_store
from tests.twin.staging import HAND
from twin.scene import Scene
from twin.source import TwinSource
from twin.stage import Stage

ANA = ShopperPlan(name="ana", steps=(), code=b"ana", account="acc-1")
TICK = 50 * MILLISECOND


class OneHand:
    """A cast of one: shows its code, goes in, takes a can and goes out."""

    def __init__(self, stage: Stage, plans: Sequence[ShopperPlan], seed: int) -> None:
        self._stage, self._frame, self._at = stage, 0, (0.0, 0.0, 1.0)
        self._can = ""
        stage.add_body(plans[0].name, (HAND,))

    def advance(self) -> None:
        self._frame += 1
        acts: dict[int, Callable[[], None]] = {
            10: lambda: self._stage.show_code("scanner-in", b"ana", "ana"),
            60: lambda: self._stage.passed("ana", "gate-in", Direction.IN),
            90: self._grasp,
            150: lambda: self._stage.moved(MoveKind.TAKE, "ana", self._can),
            170: lambda: self._stage.passed("ana", "gate-out", Direction.OUT),
        }
        acts.get(self._frame, lambda: None)()
        if self._frame > 90:
            self._at = (self._at[0], self._at[1] - 0.005, self._at[2] + 0.002)
        self._stage.move_body("ana", (Pose.at(*self._at),))

    def _grasp(self) -> None:
        self._can = self._stage.goods("beans")[0].item
        self._stage.grasp("ana", "right", self._can)

    def people(self) -> tuple[TruePerson, ...]:
        return (TruePerson("ana", (), 0.0),)

    def steps(self) -> list[TrueStep]:
        t_ns = self._stage.now_ns
        told = TrueStep(t_ns=t_ns, source="truth", shopper="ana", index=0, text="take", done=True)
        return [told] if self._frame == 150 else []

    @property
    def finished(self) -> bool:
        return self._frame >= 180


class Eye:
    """A camera that can be switched off."""

    def __init__(self, _scene: Scene) -> None:
        self.off = False
        self.info = PortInfo("c1", PortKind.CAMERA)
        self.ports: dict[str, Port] = {"c1": self}

    def due(self, now_ns: int) -> bool:
        """Look at every tick."""
        return True

    def capture(self, now_ns: int) -> list[Frame]:
        due = now_ns % (100 * MILLISECOND) == 0 and not self.off
        return [Frame(t_ns=now_ns + 70 * MILLISECOND, source="c1", captured_ns=now_ns)] if due else []

    def read(self, until_ns: int) -> Sequence[Record]:
        raise AssertionError(f"frames come from capture, not from read({until_ns})")

    def fault(self, kind: FaultKind | None) -> bool:
        self.off = kind is FaultKind.OFF
        return kind in (None, FaultKind.OFF)

    def safe_state(self) -> None: ...


def _source(faults: Sequence[FaultPlan] = (), *, noise: bool = True, seed: int = 1) -> TwinSource:
    return TwinSource(small_store(), (ANA,), faults, seed=seed, noise=noise, shoppers=OneHand, cameras=Eye)


def _play(source: TwinSource, limit_ns: int = 20 * SECOND) -> list[Record]:
    """Run tick by tick until finished; the gate opens for every scan, as a stack would do it."""
    records: list[Record] = []
    now = 0
    while not source.finished and now < limit_ns:
        fresh = source.read(now)
        records += fresh
        for scan in fresh:
            if isinstance(scan, Scan):
                source.command(GateCommand(t_ns=now, source="stack", gate="gate-in", action=GateAction.OPEN))
        now += TICK
    source.close()
    return records


@pytest.fixture(scope="module")
def played() -> list[Record]:
    return _play(_source())


def _of(records: Sequence[Record], kind: type) -> list[Record]:
    return [record for record in records if isinstance(record, kind)]


def test_it_is_a_source() -> None:
    source = _source()
    given: Source = source
    given.close()
    given.close()


def test_the_cast_comes_first(played: list[Record]) -> None:
    first = played[0]
    assert isinstance(first, TrueCast)
    assert (first.t_ns, first.shoppers, first.accounts) == (0, ("ana",), ("acc-1",))


def test_records_come_in_order_of_time(played: list[Record]) -> None:
    times = [record.t_ns for record in played]
    assert times == sorted(times)
    assert all(record.source for record in played)


def test_rates_are_those_of_the_sensors(played: list[Record]) -> None:
    within = Counter(type(record).__name__ for record in played if record.t_ns < 3 * SECOND)
    assert within["Weights"] == 14
    assert within["Frame"] == 30
    assert within["TruePoses"] == 30


def test_a_code_opens_the_gate_and_the_passage_is_on_its_account(played: list[Record]) -> None:
    (scan,) = _of(played, Scan)
    events = [record.kind.value for record in played if isinstance(record, GateEvent)]
    passages = [record for record in played if isinstance(record, TruePassage)]
    assert scan.t_ns > 10 * SECOND // 60
    assert events == ["opened", "passed_in", "closed", "passed_out"]
    assert [(p.gate, p.paying) for p in passages] == [("gate-in", "ana"), ("gate-out", "ana")]


def test_a_move_is_told_before_the_step_that_ends_with_it(played: list[Record]) -> None:
    kinds = [type(record) for record in played if isinstance(record, TrueMove | TrueStep)]
    assert kinds == [TrueMove, TrueStep]


def test_poses_carry_people_and_only_what_moved(played: list[Record]) -> None:
    poses = [record for record in played if isinstance(record, TruePoses)]
    assert [record.t_ns for record in poses] == [i * 100 * MILLISECOND for i in range(len(poses))]
    moved = [item.item for record in poses for item in record.items]
    assert set(moved) == {"beans#1"}
    assert not poses[5].items
    assert poses[5].people[0].shopper == "ana"


def test_it_finishes_two_seconds_after_everything_rests(played: list[Record]) -> None:
    assert 5 * SECOND <= played[-1].t_ns <= 6 * SECOND


def test_ticks_of_another_length_give_the_same_records() -> None:
    fine, coarse = _source(), _source()
    a = [record for now in range(0, SECOND + 1, TICK) for record in fine.read(now)]
    b = list(coarse.read(SECOND))
    assert [(r.t_ns, type(r)) for r in a] == [(r.t_ns, type(r)) for r in b]
    fine.close()
    coarse.close()


def test_two_runs_with_one_seed_are_equal() -> None:
    def digest(seed: int) -> list[object]:
        found: list[object] = []
        for record in _play(_source(seed=seed), 4 * SECOND):
            if isinstance(record, Weights):
                found.append((record.t_ns, record.grams.tobytes()))
            elif not isinstance(record, Frame):
                found.append(repr(record))
        return found

    assert digest(1) == digest(1)
    assert digest(1) != digest(2)


def test_faults_begin_and_end_and_say_whether_they_could() -> None:
    plate = "gondola-1/shelf-2/plate-1"
    faults = (
        FaultPlan(device=plate, kind="stuck", at_ns=SECOND, for_ns=SECOND // 2),
        FaultPlan(device="c1", kind="off", at_ns=SECOND),
        FaultPlan(device="gate-in", kind="slow", at_ns=SECOND),
        FaultPlan(device="nothing", kind="off", at_ns=SECOND),
    )
    records = _play(_source(faults))
    told = [(r.device, r.began, r.applied) for r in records if isinstance(r, TrueFault)]
    assert told == [
        (plate, True, True),
        ("c1", True, True),
        ("gate-in", True, False),
        ("nothing", True, False),
        (plate, False, True),
    ]
    assert max(record.captured_ns for record in records if isinstance(record, Frame)) < SECOND


def test_a_stuck_plate_does_not_see_what_is_taken_meanwhile() -> None:
    plate = "gondola-1/shelf-2/plate-1"
    stuck = FaultPlan(device=plate, kind="stuck", at_ns=SECOND)
    for faults, drop in (((), 400.0), ((stuck,), 0.0)):
        weights = [r for r in _play(_source(faults, noise=False)) if isinstance(r, Weights)]
        column = 4
        change = float(weights[0].grams[0, column] - weights[-1].grams[-1, column])
        assert change == pytest.approx(drop, abs=60 if drop else 0.01)
