"""The world as shoppers act on it: what plates feel, what falls, what is told as truth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from contracts.errors import RigFault, UsageError
from contracts.geometry import Pose
from contracts.records import Direction
from contracts.truth import MoveKind, TrueMove
from tests.twin.staging import RACK, Stand, standing

STEP_G = 0.241
PLATE = f"{RACK}/shelf-1/plate-1"


@pytest.fixture
def stand() -> Iterator[Stand]:
    with standing() as it:
        yield it


def _moves(stand: Stand) -> list[TrueMove]:
    return [told for told in stand.world.truths() if isinstance(told, TrueMove)]


def test_every_plate_reads_what_stands_on_it(stand: Stand) -> None:
    expected = dict.fromkeys(stand.world.layout.plate, 0.0)
    for product in ("water", "crackers", "beans", "crisps"):
        for good in stand.world.goods(product):
            (plate,) = [p for p in expected if good in stand.world.goods(product, p)]
            expected[plate] += good.mass_g
    assert expected[PLATE] > 2000
    assert stand.readings() == pytest.approx(expected, abs=STEP_G)


def test_a_take_changes_its_plate_by_the_mass_and_no_other(stand: Stand) -> None:
    before = stand.readings()
    good = stand.world.goods("water")[0]
    stand.take(good)
    stand.settle()
    after = stand.readings()
    assert before[PLATE] - after[PLATE] == pytest.approx(good.mass_g, abs=2 * STEP_G)
    assert {p: g for p, g in after.items() if p != PLATE} == {p: g for p, g in before.items() if p != PLATE}


def test_a_put_back_restores_the_load(stand: Stand) -> None:
    before = stand.readings()
    good = stand.world.goods("water")[0]
    stand.take(good)
    stand.world.release(good.item, Pose(good.pose.position, good.pose.quaternion))
    stand.settle()
    assert stand.readings() == pytest.approx(before, abs=2 * STEP_G)
    assert stand.world.good(good.item).shelf == good.shelf


def test_the_weight_leaves_the_plate_over_several_samples(stand: Stand) -> None:
    good = stand.world.goods("water")[0]
    stand.world.grasp("ana", "right", good.item)
    scale = stand.world.scales[RACK]
    stand.go((stand.at[0], stand.at[1], stand.at[2] + 0.3), 0.6)
    column = list(scale.plates).index(PLATE)
    series = [float(g) for block in scale.read(10**18) for g in block.grams[:, column]]
    drops = [a - b for a, b in pairwise(series)]
    assert sum(drops) == pytest.approx(good.mass_g, rel=0.7)
    assert max(drops) < 0.6 * good.mass_g


def test_the_front_row_comes_first(stand: Stand) -> None:
    depths = [good.pose.position[1] for good in stand.world.goods("water")]
    assert depths == sorted(depths)
    assert [good.item for good in stand.world.goods("water")] == ["water#1", "water#2", "water#3", "water#4"]


def test_goods_are_found_by_shelf_plate_and_gondola(stand: Stand) -> None:
    world = stand.world
    assert len(world.goods("water", f"{RACK}/shelf-1")) == len(world.goods("water", RACK)) == 4
    assert world.goods("water", f"{RACK}/shelf-2") == ()
    assert world.goods("water", f"{RACK}/shelf-1/plate-2") == ()


def test_a_pushed_bottle_topples_and_its_plates_tell(stand: Stand) -> None:
    before = stand.readings()
    good = stand.world.goods("water")[0]
    x, y, z = good.pose.position
    stand.at = (x - 0.03, y, z + 0.5)
    stand.frames(2)
    # From the side, high up: it falls towards the empty plates.
    stand.at = (x - 0.15, y, z + 0.08)
    stand.frames(2)
    stand.go((x + 0.12, y, z + 0.08), 0.4)
    stand.at = (0.0, -0.5, 1.0)
    stand.settle(4.0)
    (told,) = [move for move in _moves(stand) if move.item == good.item]
    assert told.kind is MoveKind.TOPPLE
    assert told.shopper == "ana"
    assert told.origin == good.shelf
    after = stand.readings()
    assert abs(after[PLATE] - before[PLATE]) > 100
    assert stand.world.calm


def test_what_falls_beside_the_shelf_ends_on_the_floor(stand: Stand) -> None:
    good = stand.world.goods("beans")[0]
    stand.take(good)
    stand.world.release(good.item, stand.world.good(good.item).pose)
    stand.settle(4.0)
    assert stand.world.good(good.item).shelf == "floor"
    stand.world.moved(MoveKind.DROP, "ana", good.item, "floor")
    (told,) = _moves(stand)
    assert (told.kind, told.target, told.plates) == (MoveKind.DROP, "floor", ())


def test_a_take_tells_shelf_plates_and_mass(stand: Stand) -> None:
    good = stand.world.goods("beans")[0]
    stand.take(good)
    stand.world.moved(MoveKind.TAKE, "ana", good.item)
    (told,) = _moves(stand)
    assert told.origin == f"{RACK}/shelf-2"
    assert told.target == ""
    assert told.plates == (f"{RACK}/shelf-2/plate-1",)
    assert told.mass_g == good.mass_g


def test_a_put_on_the_wrong_shelf_tells_where_it_lies(stand: Stand) -> None:
    good = stand.world.goods("beans")[0]
    stand.take(good)
    spot = stand.world.free_spot("beans", f"{RACK}/shelf-1/plate-4")
    assert spot is not None
    stand.world.release(good.item, spot)
    stand.settle()
    stand.world.moved(MoveKind.PUT, "ana", good.item, f"{RACK}/shelf-1")
    (told,) = _moves(stand)
    assert (told.target, told.plates) == (f"{RACK}/shelf-1", (f"{RACK}/shelf-1/plate-4",))
    assert stand.load_g(f"{RACK}/shelf-1/plate-4") == pytest.approx(good.mass_g, abs=2 * STEP_G)
    assert [g.item for g in stand.world.goods("beans", f"{RACK}/shelf-1")] == [good.item]


def test_a_held_item_follows_the_hand_and_is_on_no_shelf(stand: Stand) -> None:
    good = stand.world.goods("beans")[0]
    stand.take(good)
    held = stand.world.good(good.item)
    assert held.shelf == ""
    assert held.pose.position[1] < 0.75
    assert held not in stand.world.goods("beans")


def test_a_stowed_item_is_out_of_sight_until_taken_out(stand: Stand) -> None:
    world = stand.world
    good = world.goods("beans")[0]
    stand.take(good)
    handle = world.props.names.index(good.item)
    instance = world.scene.object_of.index(handle)
    world.stow("ana", good.item)
    assert not world.scene.visible[instance]
    world.unstow("ana", "right", good.item)
    assert world.scene.visible[instance]
    world.remove_body("ana")
    assert not world.scene.visible[instance]


def test_goods_at_rest_are_static_and_moving_ones_are_not(stand: Stand) -> None:
    world = stand.world
    good = world.goods("beans")[0]
    instance = world.scene.object_of.index(world.props.names.index(good.item))
    assert not world.scene.moving[instance]
    stand.take(good)
    assert world.scene.moving[instance]
    spot = world.free_spot("beans", f"{RACK}/shelf-1/plate-3")
    assert spot is not None
    world.release(good.item, spot)
    stand.settle()
    assert not world.scene.moving[instance]
    assert world.scene.pose[instance][:3, 3] == pytest.approx(world.good(good.item).pose.position, abs=1e-5)


def test_a_free_spot_is_free_and_at_the_front(stand: Stand) -> None:
    world = stand.world
    good = world.goods("water")[0]
    stand.take(good)
    own = world.free_spot("water", PLATE)
    assert own is not None
    assert own.position == pytest.approx(good.pose.position, abs=0.004)


def test_an_unknown_place_is_the_callers_fault(stand: Stand) -> None:
    with pytest.raises(UsageError, match="no such shelf"):
        stand.world.free_spot("water", "gondola-9/shelf-1")


def test_nobody_grasps_what_another_holds(stand: Stand) -> None:
    good = stand.world.goods("beans")[0]
    stand.world.grasp("ana", "right", good.item)
    with pytest.raises(RigFault, match="not there"):
        stand.world.grasp("ana", "right", good.item)


def test_a_passage_without_leave_is_on_nobodys_account(stand: Stand) -> None:
    stand.world.passed("ana", "gate-in", Direction.IN)
    (told,) = stand.world.truths()
    assert getattr(told, "paying", None) == ""


def test_two_worlds_with_one_seed_weigh_the_same() -> None:
    runs = []
    for _ in range(2):
        with standing(noise=True, seed=3) as stand:
            good = stand.world.goods("water")[0]
            stand.take(good)
            stand.settle(1.0)
            blocks = stand.world.scales[RACK].read(10**18)
            runs.append([(block.t_ns, block.grams.tobytes()) for block in blocks])
    assert runs[0] == runs[1]
    assert len(runs[0]) > 5


def test_another_seed_weighs_other_masses() -> None:
    with standing(seed=1) as one, standing(seed=2) as other:
        assert one.readings() != other.readings()
