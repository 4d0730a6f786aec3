"""Shoppers among real goods: what they take is gone from its plate, and nothing else is knocked over."""

from pathlib import Path

import pytest

from contracts.clock import SECOND
from contracts.records import Direction, GateAction, GateCommand, Scan
from contracts.steps import Enter, Inspect, Leave, PutBack, ShopperPlan, Step, Take, Touch
from contracts.truth import MoveKind, TrueMove, TruePassage, TrueStep
from twin.shopper import Cast
from twin.store import load_store
from twin.world import World

CORNER_SHOP = Path(__file__).parents[2] / "fixtures" / "stores" / "corner-shop.yaml"


class Run:
    """One shopper in the corner shop, with a door that opens for every code."""

    def __init__(self, *steps: Step) -> None:
        plan = ShopperPlan(name="ana", steps=steps, code=b"ana", account="a1")
        self.world = World(load_store(CORNER_SHOP), 4, noise=False, plans=(plan,))
        self.told: list[TrueMove | TruePassage | TrueStep] = []
        cast = Cast(self.world, (plan,), 4)
        while not cast.finished:
            assert self.world.now_ns < 60 * SECOND
            self.world.begin_frame()
            self._doorman()
            cast.advance()
            self.world.end_frame()
            self.told += [*self.world.truths(), *cast.steps()]
        self.world.close()

    def _doorman(self) -> None:
        now_ns = self.world.now_ns
        for scanner in self.world.doors.scanners.values():
            if any(isinstance(record, Scan) for record in scanner.read(now_ns)):
                order = GateCommand(
                    t_ns=now_ns, source="stack", gate="gate-in", action=GateAction.OPEN, direction=Direction.IN
                )
                self.world.doors.command(order)

    @property
    def moves(self) -> list[tuple[MoveKind, str, str, str]]:
        moves = [told for told in self.told if isinstance(told, TrueMove)]
        return [(move.kind, move.product, move.origin, move.target) for move in moves]

    @property
    def problems(self) -> list[str]:
        return [told.problem for told in self.told if isinstance(told, TrueStep) and told.problem]


@pytest.fixture(scope="module")
def visit() -> Run:
    return Run(
        Enter(),
        Take(product="aurel-500"),
        Inspect(product="kestrel-cola-330"),
        PutBack(product="aurel-500", place="gondola-2/shelf-3"),
        Touch(product="kestrel-cola-500"),
        Leave(),
    )


def test_every_move_is_told_and_nothing_else_moves(visit: Run) -> None:
    assert visit.problems == []
    assert visit.moves == [
        (MoveKind.TAKE, "aurel-500", "gondola-1/shelf-3", ""),
        (MoveKind.TAKE, "kestrel-cola-330", "gondola-1/shelf-4", ""),
        (MoveKind.PUT, "kestrel-cola-330", "", "gondola-1/shelf-4"),
        (MoveKind.PUT, "aurel-500", "", "gondola-2/shelf-3"),
    ]


def test_what_was_put_back_stands_upright_on_its_shelf(visit: Run) -> None:
    (moved,) = [good for good in visit.world.goods("aurel-500") if good.shelf == "gondola-2/shelf-3"]
    assert moved.pose.rotation[2, 2] > 0.99
    shelf = visit.world.layout.shelf["gondola-2/shelf-3"]
    assert moved.pose.position[2] - moved.size_m[2] / 2 == pytest.approx(shelf.pose.position[2], abs=0.003)


def test_the_shopper_passes_both_gates_on_the_own_account(visit: Run) -> None:
    passages = [told for told in visit.told if isinstance(told, TruePassage)]
    assert [(p.shopper, p.gate, p.direction, p.paying) for p in passages] == [
        ("ana", "gate-in", Direction.IN, "ana"),
        ("ana", "gate-out", Direction.OUT, "ana"),
    ]


def test_nothing_is_pushed_through_a_full_front_row() -> None:
    run = Run(Enter(), Take(product="aurel-500"), PutBack(product="aurel-500", place="gondola-2/shelf-2"), Leave())
    assert run.problems == ["there is no room for aurel-500 on gondola-2/shelf-2 but behind what stands there"]
    assert run.moves == [(MoveKind.TAKE, "aurel-500", "gondola-1/shelf-3", "")]
