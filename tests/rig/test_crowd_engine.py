"""Who steers a crowd: a key of `crowd`, handed to each of its shoppers."""

from __future__ import annotations

from pathlib import Path

import pytest

from contracts.errors import BadFile
from rig.paths import find_store
from rig.scenario import check, from_yaml, to_yaml
from rig.scenario.build import scenario, shopper
from twin.store import load_store

ROOT = Path(__file__).parents[2]


def test_the_crowd_is_steered_as_the_file_says_and_scripts_are_not() -> None:
    layout = load_store(find_store("corner-shop", roots=[ROOT])).layout
    ana = shopper("ana").enter("qr").leave()
    written = scenario("x", "x", "corner-shop", ana, crowd={"shoppers": 2, "engine": "pedestrians"}, seed=3)
    drawn = check(written, layout)
    assert {plan.name: plan.engine for plan in drawn.shoppers} == {
        "ana": "own",
        "c1": "pedestrians",
        "c2": "pedestrians",
    }
    assert from_yaml(to_yaml(written), "x") == written
    assert from_yaml(to_yaml(drawn), "x") == drawn
    plain = scenario("x", "x", "corner-shop", ana, crowd={"shoppers": 2}, seed=3)
    assert "engine" not in to_yaml(check(plain, layout))


def test_another_engine_is_refused() -> None:
    with pytest.raises(BadFile, match="did you mean 'pedestrians'"):
        scenario("x", "x", "corner-shop", crowd={"shoppers": 2, "engine": "pedestrian"})
