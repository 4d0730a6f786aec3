"""What an arm before a rack holds, by the looks that the shelves themselves show."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from contracts.clock import SECOND
from stack.goods.features import NAMES
from stack.goods.in_hand import GoodsInHand
from stack.goods.unseen import NoGoods
from tests.stack.goods.handshop import shop, watched
from tests.stack.seenshop import LOWER, RICE, TEA


@dataclass(frozen=True)
class Change:
    """Something left or came to the plate before which the arm is."""

    plates: tuple[str, ...] = (f"{LOWER}/plate-1",)
    deltas_g: tuple[float, ...] = (0.0,)
    sigma_g: float = 1.0
    started_ns: int = 2 * SECOND - 1
    ended_ns: int = 2 * SECOND


@pytest.mark.parametrize("product", [TEA, RICE])
def test_what_was_taken_is_known_by_the_look_of_the_shelf(product: str) -> None:
    said = watched(shop(), "", product).opinion(Change(), [TEA, RICE], taken=True)
    other = RICE if product == TEA else TEA
    assert said[product] > 0 > said[other]


@pytest.mark.parametrize("product", [TEA, RICE])
def test_what_was_put_back_is_known_by_what_the_hand_held_before(product: str) -> None:
    said = watched(shop(), product, "").opinion(Change(), [TEA, RICE], taken=False)
    assert max(said, key=lambda name: said[name]) == product


def test_the_hand_with_goods_shows_colours_that_the_empty_hand_did_not() -> None:
    part = watched(shop(), "", TEA)
    held, empty = part.cutouts(Change(), taken=True)
    gain = part.features(held, empty, [TEA, RICE])[:, NAMES.index("gain")]
    assert len(held.colours) > 0
    assert len(empty.colours) > 0
    assert gain[0] > 2 * gain[1]


def test_one_candidate_is_no_question() -> None:
    assert watched(shop(), "", TEA).opinion(Change(), [TEA], taken=True) == {}


def test_nothing_is_said_where_no_hand_was_seen() -> None:
    late = Change(started_ns=60 * SECOND, ended_ns=60 * SECOND + 1)
    assert watched(shop(), "", TEA).opinion(late, [TEA, RICE], taken=True) == {}


def test_nothing_is_said_of_a_product_whose_look_is_not_known() -> None:
    layout = shop()
    strange = replace(layout.products[0], id="strange")
    part = watched(replace(layout, products=(*layout.products, strange)), "", TEA)
    assert part.opinion(Change(), [TEA, "strange"], taken=True) == {}


def test_nothing_is_said_in_a_store_without_depth_or_colour() -> None:
    layout = shop()
    for blind in (
        replace(layout, cameras=tuple(replace(c, depth=False) for c in layout.cameras)),
        replace(layout, cameras=tuple(replace(c, colour=False) for c in layout.cameras)),
    ):
        assert GoodsInHand(blind).opinion(Change(), [TEA, RICE], taken=True) == {}
    assert NoGoods(layout).opinion(Change(), [TEA, RICE], taken=True) == {}


def test_goods_on_boards_that_do_not_weigh_left_while_the_hand_was_deepest() -> None:
    part = watched(shop(), "", TEA)
    seen = Change(started_ns=0, ended_ns=3 * SECOND)
    began_ns, ended_ns = part._moment(seen)
    assert (1 * SECOND <= began_ns <= 3 * SECOND, ended_ns - began_ns) == (True, 1)
