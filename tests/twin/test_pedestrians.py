"""Walkers steered by the pedestrian library, where it is installed."""

from __future__ import annotations

import hashlib
import importlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.errors import UsageError
from contracts.steps import Engine, Enter, Leave, ShopperPlan, Take, WalkTo
from tests.twin.fakestage import small_store
from tests.twin.wheeling import Play, plan
from twin.shopper import steered
from twin.shopper.floor import BODY_RADIUS_M
from twin.shopper.pedestrians import Pedestrians
from twin.shopper.traffic import GAP_M

ROOT = Path(__file__).parents[2]


@pytest.fixture
def library() -> None:
    pytest.importorskip("jupedsim", reason="the extra `crowds` is not installed")


def script(engine: Engine) -> tuple[ShopperPlan, ...]:
    """Three who walk to and fro across each other's ways."""
    far, near, low = (4.4, 1.9), (1.2, 1.9), (2.4, 0.5)
    plans = (
        plan("ana", Enter(), WalkTo(point=far), WalkTo(point=near), Take(product="tea"), Leave()),
        plan("ben", Enter(), WalkTo(point=low), WalkTo(point=far), WalkTo(point=near), Leave(), at=2.0),
        plan("cat", Enter(by="palm"), WalkTo(point=far), WalkTo(point=low), Leave(), at=4.0, pushes="pram"),
    )
    return tuple(replace(each, engine=engine) for each in plans)


def digest() -> str:
    """Return a digest of everybody's way."""
    return hashlib.sha256(repr(sorted(Play(*script("pedestrians")).trace.items())).encode()).hexdigest()


@pytest.mark.usefixtures("library")
def test_the_library_steers_and_the_acts_stay_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[float] = []
    follow = steered._follow
    monkeypatch.setattr(steered, "_follow", lambda actor, crowd: steps.append(follow(actor, crowd)) or steps[-1])
    play = Play(*script("pedestrians"))
    assert play.problems == []
    assert [call[1:3] for call in play.calls("grasp")] == [("ana", "right")]
    # Metres walked as the library says.
    assert sum(steps) > 8.0
    assert play.near.ground >= GAP_M - 0.05
    assert play.near.racks >= BODY_RADIUS_M - 0.036
    assert play.trace["ben"] != Play(*script("own")).trace["ben"]


@pytest.mark.usefixtures("library")
def test_it_walks_the_same_way_in_another_process() -> None:
    code = "from tests.twin.test_pedestrians import digest; print(digest())"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == digest()


@pytest.mark.usefixtures("library")
def test_who_stands_where_the_library_has_no_floor_is_left_out() -> None:
    crowd = Pedestrians(small_store())
    crowd.advance({"ana": (2.0, 2.7), "ben": (2.0, 1.0), "cat": (2.1, 1.0)})
    assert crowd.place("ana") is None
    assert crowd.place("ben") == pytest.approx((2.0, 1.0))
    assert crowd.place("cat") is None


@pytest.mark.usefixtures("library")
def test_who_was_moved_by_others_is_put_there_anew() -> None:
    crowd = Pedestrians(small_store())
    for _ in range(3):
        crowd.advance({"ben": (2.0, 1.0)})
    for _ in range(3):
        crowd.advance({"ben": (3.0, 0.6)})
    assert crowd.place("ben") == pytest.approx((3.0, 0.6))
    crowd.advance({})
    assert crowd.place("ben") is None


def test_without_the_library_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(importlib, "import_module", absent)
    with pytest.raises(UsageError, match="pip install --no-deps jupedsim"):
        Play(*script("pedestrians"))
