"""Every drawn scenario can be played, and what fails shrinks to the plainest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("hypothesis", reason="pip install hypothesis")
from hypothesis import find, given, settings
from hypothesis import strategies as st

from contracts.document import Document
from contracts.errors import UsageError
from contracts.layout import Layout
from contracts.steps import Enter, HandTo, Leave, PutBack, Take, Wait
from rig.paths import find_store
from rig.scenario import Scenario, Written, from_yaml, ready, to_yaml
from rig.strategies import plots, scenarios, tell
from rig.strategies.plot import Deed, Plot, Visitor
from twin.store import load_store

QUICK = settings(max_examples=30, deadline=None, database=None)
THOROUGH = settings(max_examples=1000, deadline=None, database=None)
STORES = ("corner-shop", "nanostore", "walkout-shop", "bookshop")


@cache
def layout(store: str) -> Layout:
    return load_store(find_store(store)).layout


def the_steps(scenario: Scenario) -> list[object]:
    return [step for plan in scenario.shoppers for step in plan.steps if not isinstance(step, Enter | Leave)]


def shrunk(wanted: object) -> Scenario:
    """Return the plainest scenario of the corner shop with a step of a kind."""
    shop = scenarios("corner-shop", layout=layout("corner-shop"))
    return find(shop, lambda s: any(isinstance(step, wanted) for step in the_steps(s)), settings=THOROUGH)  # type: ignore[arg-type]


@QUICK
@given(st.sampled_from(STORES), plots(shoppers=4, steps=8))
def test_each_can_be_played_in_its_store(store: str, plot: Plot) -> None:
    scenario = tell(plot, layout(store), store)
    checked, path = ready(Written(scenario, Document(Path("drawn.yaml"), None)), layout_of=lambda _: layout(store))
    assert checked == scenario
    assert path == find_store(store)


@QUICK
@given(scenarios("corner-shop", shoppers=2, steps=3))
def test_it_is_no_larger_than_asked_for_and_reads_back_from_a_file(scenario: Scenario) -> None:
    assert 1 <= len(scenario.shoppers) <= 2
    assert len(the_steps(scenario)) <= 3 + sum(isinstance(step, HandTo) for step in the_steps(scenario))
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario


def test_a_take_shrinks_to_one_of_the_first_facing_by_one_shopper_with_seed_0() -> None:
    scenario = shrunk(Take)
    assert [plan.name for plan in scenario.shoppers] == ["ana"]
    assert scenario.seed == scenario.shoppers[0].arrives_ns == 0
    assert the_steps(scenario) == [Take(product="aurel-1500", place="gondola-1/shelf-1")]


def test_a_put_back_shrinks_to_one_after_one_take() -> None:
    first, second = the_steps(shrunk(PutBack))
    assert first == Take(product="aurel-1500", place="gondola-1/shelf-1")
    assert second == PutBack(product="aurel-1500")


def test_a_hand_over_shrinks_to_two_shoppers_and_a_wait_for_it() -> None:
    scenario = shrunk(HandTo)
    assert len(scenario.shoppers) == 2
    assert len(the_steps(scenario)) == 3


def test_a_put_back_elsewhere_goes_where_there_is_room_and_it_does_not_belong() -> None:
    deeds = (Deed(pick=10), Deed(verb="put back", how=1))
    take, put = the_steps(tell(Plot(deeds=deeds), layout("corner-shop"), "corner-shop"))
    assert isinstance(take, Take)
    assert isinstance(put, PutBack)
    kept = {f.shelf for f in layout("corner-shop").planogram if f.product == put.product}
    assert put.place.rpartition("/")[0] not in kept
    assert all(put.place not in facing.plates for facing in layout("corner-shop").planogram)


def test_without_goods_people_wait_and_nobody_takes_more_than_there_is() -> None:
    bare = replace(layout("corner-shop"), planogram=())
    assert [type(step) for step in the_steps(tell(Plot(deeds=(Deed(),)), bare, "corner-shop"))] == [Wait]
    many = tell(Plot((Visitor(),), tuple(Deed(how=3) for _ in range(40))), layout("corner-shop"), "corner-shop")
    taken = sum(step.count for step in the_steps(many) if isinstance(step, Take) and step.product == "aurel-1500")
    stock = sum(f.stock for f in layout("corner-shop").planogram if f.product == "aurel-1500")
    assert taken <= stock


def test_too_many_shoppers_are_refused() -> None:
    with pytest.raises(UsageError, match="so many shoppers"):
        plots(shoppers=7)
