"""What goods explain what cameras saw, and where slots are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from contracts.layout import Plate
from stack.attribution.attribute import Attributor, Verdict
from stack.attribution.ledger import Ledger
from stack.attribution.planogram import Planogram
from stack.parts import LoadChange
from stack.seen.change import SeenChange, said_of, told
from stack.seen.model import SeenModel
from stack.seen.slots import slots_within, with_slots
from tests.stack.seenshop import RICE, TEA, UPPER, bare_shop

LAYOUT = with_slots(bare_shop())
SLOT = f"{UPPER}/slot-2"
TAKE = SeenChange(
    plates=(SLOT,), deltas_g=(-1.0,), sigma_g=1.0, started_ns=1, ended_ns=2,
    low_m=-0.34, high_m=-0.26, top_m=0.18, pixels=40, deeper_m=0.05, came=0.0,
)  # fmt: skip


def verdict(change: LoadChange) -> Verdict:
    return Attributor(LAYOUT).judge(change, {"v1": 0.98, "": 0.02}, Planogram(LAYOUT), Ledger(lambda *_: False))


def score(change: SeenChange, product: str, count: int) -> float:
    return SeenModel(LAYOUT).log_likelihood(change, [(product, count, frozenset(change.plates))])


def test_slots_tile_every_bare_board_and_facings_stand_on_them() -> None:
    assert [len(shelf.plates) for shelf in LAYOUT.gondolas[0].shelves] == [6, 6]
    assert sum(plate.width_m for plate in LAYOUT.shelf[UPPER].plates) == pytest.approx(1.2)
    assert [facing.plates[0] for facing in LAYOUT.planogram if facing.shelf == UPPER] == [
        f"{UPPER}/slot-1",
        f"{UPPER}/slot-4",
    ]


def test_a_store_that_weighs_everything_keeps_its_layout() -> None:
    bare = bare_shop()
    shelf = replace(
        bare.gondolas[0].shelves[0], plates=(Plate("gondola-1/shelf-1/plate-1", bare.gondolas[0].pose, 1, 0.4),)
    )
    weighing = replace(bare, gondolas=(replace(bare.gondolas[0], shelves=(shelf,)),))
    assert with_slots(weighing) is weighing


def test_a_stretch_lies_on_the_slots_that_hold_enough_of_it() -> None:
    shelf = LAYOUT.shelf[UPPER]
    assert slots_within(shelf, -0.41, -0.25, 0.02) == {SLOT: pytest.approx(0.15)}
    assert set(slots_within(shelf, -0.45, -0.25, 0.02)) == {f"{UPPER}/slot-1", SLOT}
    assert slots_within(shelf, -0.30, -0.29, 0.02) == {SLOT: pytest.approx(0.01)}


@pytest.mark.parametrize(
    ("likely", "unlikely"), [((TEA, 1), (RICE, 1)), ((TEA, 1), (TEA, 2)), ((TEA, 1), (TEA, -1)), ((TEA, 1), (TEA, 3))]
)
def test_size_place_and_way_tell_goods_apart(likely: tuple[str, int], unlikely: tuple[str, int]) -> None:
    assert score(TAKE, *likely) > score(TAKE, *unlikely) + 2


def test_twice_as_wide_is_two() -> None:
    wide = replace(TAKE, low_m=-0.36, high_m=-0.185)
    assert score(wide, TEA, 2) > score(wide, TEA, 1) + 2


def test_what_stood_there_is_taken() -> None:
    found = verdict(TAKE)
    assert [part.key for part in found.parts] == [("v1", TEA, 1)]
    assert found.probabilities[0] > 0.9


def test_what_no_product_explains_is_nothing_sure() -> None:
    odd = replace(TAKE, high_m=0.16, top_m=0.35)
    assert verdict(odd).parts == () or verdict(odd).probabilities[0] < 0.6


def test_a_speck_is_nothing() -> None:
    assert verdict(replace(TAKE, high_m=-0.32, top_m=0.03, pixels=3)).parts == ()


def test_a_change_is_told_without_grams() -> None:
    assert told(TAKE) == {"plates": (), "deltas_g": (), "place": UPPER, "came": -1}
    assert said_of(TAKE) == f"something 8 cm wide and 18 cm high that went from {UPPER}"
