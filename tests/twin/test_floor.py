import pytest

from contracts.geometry import Pose
from contracts.layout import GateInfo, Gondola, Layout, Wall
from twin.floor import Floor

GATE = GateInfo("gate-in", Pose.at(0, 1), 0.65)


def floor(*walls: Wall, gondolas: tuple[Gondola, ...] = (), gates: tuple[GateInfo, ...] = (GATE,)) -> Floor:
    area = (0.0, 0.0, 4.0, 2.0)
    return Floor.of(Layout("x", area, area, gates=gates, walls=walls, gondolas=gondolas))


def test_an_empty_room_can_be_walked_everywhere() -> None:
    assert floor().walkable.all()


def test_nobody_walks_within_a_shoulder_of_a_rack() -> None:
    room = floor(gondolas=(Gondola("gondola-1", Pose.at(2, 1.5), 1.0, 0.4, 1.5, ()),))
    assert room.near(2.0, 1.25, 0.04)
    assert not room.near(2.0, 1.32, 0.04)
    assert not room.near(2.0, 1.7, 0.04)
    assert room.near(1.2, 1.7, 0.06)


def test_behind_a_wall_is_out_of_reach_and_a_gap_lets_people_through() -> None:
    assert not floor(Wall((2, 0), (2, 2))).near(3.0, 1.0)
    assert not floor(Wall((2, 0), (2, 1.85))).near(3.0, 1.0)  # too narrow
    assert floor(Wall((2, 0), (2, 1.4))).near(3.0, 1.0)


@pytest.mark.parametrize("gates", [(), (GATE,)])
def test_it_is_the_gates_that_let_people_in(gates: tuple[GateInfo, ...]) -> None:
    assert floor(gates=gates).walkable.any() == bool(gates)
