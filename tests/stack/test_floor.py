"""What lies on the floor: seen, matched with carts, and entered into the books."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import Layout, Product
from contracts.records import CartChange, Frame, Hypothesis
from stack.attribution.evidence import Evidence
from stack.attribution.floor_goods import FloorGoods, readings
from stack.attribution.floor_keeper import FloorKeeper
from stack.sightings import Lying
from stack.tracking.depthview import DepthView
from stack.tracking.floor_view import EVERY_NS, FloorView
from tests.stack.eyeshops import plain_shop
from tests.stack.small_store import LAYOUT, person
from tests.stack.synthdepth import Block, Solid, Studio, body, overhead, rack

BOTTLE = (0.205, 0.064, 0.064)


@pytest.fixture(scope="module")
def shop() -> Studio:
    return Studio(plain_shop((320, 240)))


def lying(at: tuple[float, float] = (2.0, 0.0), size: tuple[float, float, float] = BOTTLE, since_s: float = 8) -> Lying:
    return Lying(at, size, round(since_s * SECOND))


def looks(studio: Studio, *scenes: list[Solid]) -> tuple[Lying, ...]:
    """What the floor's last look shows after a second of each scene."""
    view = FloorView(studio.layout, DepthView(studio.layout))
    found: tuple[Lying, ...] = ()
    for k in range(len(scenes) * 10):
        frames: list[Frame] = studio.shoot(k * EVERY_NS, scenes[k // 10])
        found = view.look(frames, k * EVERY_NS) or ()
    return found


def test_a_bottle_on_the_floor_is_seen_and_measured(shop: Studio) -> None:
    x, y = np.mean(np.array(shop.layout.bounds_m).reshape(2, 2), axis=0)
    bottle: list[Solid] = [Block(Pose.at(float(x), float(y), 0.0), (-0.1, -0.035, 0.0), (0.1, 0.035, 0.065))]
    [found] = looks(shop, [], bottle)
    assert found.at == pytest.approx((x, y), abs=0.04)
    assert found.size_m == pytest.approx((0.2, 0.07, 0.065), abs=0.04)
    assert found.since_ns == pytest.approx(10 * EVERY_NS, abs=EVERY_NS)


def test_bare_floor_and_somebody_who_stands_there_are_nothing(shop: Studio) -> None:
    x, y = np.mean(np.array(shop.layout.bounds_m).reshape(2, 2), axis=0)
    assert looks(shop, [], []) == ()
    assert all(thing.size_m[2] < 0.3 for thing in looks(shop, [], body(float(x), float(y))))


def test_a_thing_counts_when_everybody_has_stepped_away() -> None:
    goods = FloorGoods()
    near, away = [person("t1", 2.3, 0.0)], [person("t1", 3.5, 0.0)]
    assert goods.look([lying()], near, SECOND) == ([], [])
    new, _ = goods.look([lying()], away, 2 * SECOND)
    assert [thing.lying for thing in new] == [lying()]
    assert goods.look([lying()], away, 3 * SECOND) == ([], [])


def test_a_part_of_a_thing_that_has_just_come_to_rest_is_not_measured() -> None:
    goods = FloorGoods()
    assert goods.look([lying(size=(0.04, 0.02, 0.08))], [], SECOND) == ([], [])
    assert goods.look([lying()], [], SECOND + EVERY_NS) == ([], [])
    assert len(goods.look([lying()], [], SECOND + 2 * EVERY_NS)[0]) == 1


def test_a_thing_in_the_way_of_somebody_is_not_gone() -> None:
    goods = FloorGoods()
    for t_ns in (SECOND, 2 * SECOND):
        goods.look([lying()], [], t_ns)
    for t_ns in (3 * SECOND, 5 * SECOND):
        assert goods.look([], [person("t1", 2.2, 0.0)], t_ns) == ([], [])
    gone = [thing for k in range(5) for thing in goods.look([], [], 5 * SECOND + k * EVERY_NS)[1]]
    assert [thing.lying for thing in gone] == [lying()]


STORE = replace(
    LAYOUT,
    products=(
        Product("water", "", "Water", 520.0, 3.0, size_m=(0.064, 0.064, 0.205)),
        Product("cola", "", "Cola", 521.0, 3.0, size_m=(0.065, 0.065, 0.207)),
        Product("crisps", "", "Crisps", 150.0, 1.5, size_m=(0.18, 0.07, 0.24)),
    ),
    planogram=(),
)


def best(size: tuple[float, float, float], near: dict[str, float], **carts: dict[str, int]) -> tuple[str, str, float]:
    found = readings(size, near, lambda visit: carts.get(visit, {}), STORE)[0]
    return found.visit, found.product, found.probability


def test_a_lying_bottle_is_the_bottle_of_who_was_near() -> None:
    visit, product, p = best(BOTTLE, {"v1": 1.0}, v1={"water": 1, "crisps": 1}, v2={"water": 1})
    assert (visit, product) == ("v1", "water")
    assert p > 0.9


def test_two_that_look_alike_are_not_told_apart() -> None:
    assert best(BOTTLE, {"v1": 1.0}, v1={"water": 1, "cola": 1})[2] < 0.6
    assert best(BOTTLE, {"v1": 1.0, "v2": 1.0}, v1={"water": 1}, v2={"water": 1})[2] < 0.6


def test_what_fits_no_goods_is_something_else() -> None:
    assert best((0.3, 0.2, 0.2), {"v1": 1.0}, v1={"water": 1})[:2] == ("", "")
    assert best(BOTTLE, {"v1": 1.0})[:2] == ("", "")


@dataclass
class Books:
    """Carts of two people who are followed by the tracks t1 and t2."""

    carts: dict[str, dict[str, int]] = field(default_factory=lambda: {"v1": {"water": 1}, "v2": {}})
    entered: list[Hypothesis] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def in_hand(self, visit: str, t_ns: int) -> dict[str, float]:
        assert t_ns >= 0
        return {product: 1.0 / len(self.carts[visit]) for product in self.carts[visit]}

    def visit_at(self, track: str, _: int) -> str:
        return track.replace("t", "v")

    def enter(self, chosen: Hypothesis, _: object, __: int, ___: int) -> list[CartChange]:
        self.entered.append(chosen)
        return []

    def let_fall(self, visit: str, product: str) -> None:
        assert product in self.carts[visit]

    def doubt(self, visit: str, reason: str) -> None:
        self.doubts.append((visit, reason))


def played(books: Books, *scenes: tuple[list[Lying], float, float]) -> list[Hypothesis]:
    """What is entered: for two seconds each, what lies there and the distances of t1 and t2 from it."""
    evidence = Evidence(STORE)
    keeper = FloorKeeper(STORE, evidence, books)  # type: ignore[arg-type]
    for k in range(len(scenes) * 5):
        t_ns, (on_floor, one, other) = k * EVERY_NS, scenes[k // 5]
        people = [person("t1", 2.0 + one, 0.0, t_ns), person("t2", 2.0, other, t_ns)]
        evidence.add(people, (), t_ns)
        keeper.look(on_floor, people, t_ns, t_ns)
    return books.entered


def test_what_fell_leaves_the_cart_and_comes_into_that_of_who_picks_it_up() -> None:
    there = [lying(since_s=1)]
    entered = played(Books(), ([], 0.5, 4.0), (there, 0.5, 4.0), (there, 4.0, 4.0), ([], 4.0, 0.5), ([], 4.0, 2.0))
    assert [(h.visit, h.product, h.count) for h in entered] == [("v1", "water", -1), ("v2", "water", 1)]
    assert min(h.probability for h in entered) > 0.9


def test_what_may_be_either_of_two_is_left_to_a_person() -> None:
    there = [lying(since_s=1)]
    books = Books({"v1": {"water": 1, "cola": 1}, "v2": {}})
    assert played(books, ([], 0.5, 4.0), (there, 0.5, 4.0), (there, 4.0, 4.0)) == []
    assert {visit for visit, _ in books.doubts} == {"v1"}
    assert "floor" in books.doubts[0][1]


def test_what_was_nobodys_goods_changes_nothing() -> None:
    there = [lying(size=(0.3, 0.2, 0.2), since_s=1)]
    books = Books()
    assert played(books, ([], 0.5, 4.0), (there, 0.5, 4.0), (there, 4.0, 4.0), ([], 4.0, 0.5), ([], 4.0, 2.0)) == []
    assert books.doubts == []


def test_what_is_only_remembered_is_not_new_but_what_is_known_stays() -> None:
    goods, hidden = FloorGoods(), replace(lying(), seen=False)
    for k in range(1, 4):
        assert goods.look([hidden], [], k * SECOND) == ([], [])
    goods.look([lying()], [], 4 * SECOND)
    assert len(goods.look([lying()], [], 5 * SECOND)[0]) == 1
    for k in range(6, 10):
        assert goods.look([hidden], [], k * SECOND) == ([], [])


def test_what_a_body_hides_is_remembered_and_marked_so(shop: Studio) -> None:
    x, y = np.mean(np.array(shop.layout.bounds_m).reshape(2, 2), axis=0)
    bottle: list[Solid] = [Block(Pose.at(float(x), float(y), 0.0), (-0.1, -0.035, 0.0), (0.1, 0.035, 0.065))]
    cover: list[Solid] = [Block(Pose.at(float(x), float(y), 0.0), (-0.6, -0.6, 1.0), (0.6, 0.6, 1.2))]
    assert [thing.seen for thing in looks(shop, [], bottle)] == [True]
    assert [thing.seen for thing in looks(shop, [], bottle, cover)] == [False]


def test_under_a_high_ceiling_the_floor_is_bare_and_a_can_on_it_is_seen() -> None:
    camera, racks = overhead("c1", 2, 2, 4.5, (480, 360)), (rack("r1", Pose.at(2, 2.6), 4.0, 1.4, 2.0, (0.3, 1.0)),)
    hall = Layout(name="hall", bounds_m=(0, 0, 4, 4), inside_m=(0, 0, 4, 4), gondolas=racks, cameras=(camera,))
    tops: list[Solid] = [Block(Pose.at(2, -1), (-4, -2, 0.0), (4, 1, 2.4))]  # the shop next door, as high as a rack
    studio = Studio(hall, noise_m=0.01, clutter=tops)
    can: list[Solid] = [Block(Pose.at(2.6, 1.7, 0.0), (-0.055, -0.037, 0.0), (0.055, 0.037, 0.074))]
    assert looks(studio, [], [], [], []) == ()
    [found] = looks(studio, [], [], can)
    assert found.at == pytest.approx((2.6, 1.7), abs=0.05)
    assert found.size_m == pytest.approx((0.11, 0.074, 0.074), abs=0.04)
