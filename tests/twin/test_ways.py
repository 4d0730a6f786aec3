"""Who cannot get on goes round, waits, asks, makes room, and at last says so; nobody walks through anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from contracts.clock import SECOND
from contracts.layout import Layout, Wall
from contracts.steps import Enter, Leave, Meet, Take, Wait, WalkTo
from tests.twin.fakestage import small_store
from tests.twin.wheeling import Play, plan
from twin.shopper import waiting, walking
from twin.shopper.actor import Actor
from twin.shopper.traffic import GAP_M

EPS = 1e-6


def aisle(width_m: float) -> Layout:
    """A way from left to right between two walls, with room at both ends."""
    store = small_store()
    y = 0.9
    walls = (Wall((1.9, y), (3.3, y)), Wall((1.9, y + width_m), (3.3, y + width_m)))
    shut = (Wall((1.9, 0.0), (1.9, y)), Wall((1.9, y + width_m), (1.9, 3.0)))
    return replace(store, walls=(*store.walls, *walls, *shut), gondolas=store.gondolas[:0], planogram=())


def deaf(_actor: Actor, _asker: Actor) -> Iterator[None]:
    """Somebody who does not make room."""
    yield
    return False


def test_two_who_meet_head_on_in_an_aisle_for_one_get_by() -> None:
    far, near = (4.2, 1.2), (1.2, 1.2)
    play = Play(
        plan("ana", Enter(), WalkTo(point=far), WalkTo(point=near), Leave()),
        plan("ben", Enter(), WalkTo(point=far), WalkTo(point=near), WalkTo(point=far), at=4.0),
        layout=aisle(0.7),
    )
    assert play.problems == []
    assert play.near.people >= GAP_M - EPS


def test_somebody_on_foot_lets_a_pram_through_the_aisle() -> None:
    play = Play(
        plan("ana", Enter(), WalkTo(point=(4.2, 1.2)), WalkTo(point=(1.2, 1.2)), Leave(), pushes="pram"),
        plan("ben", Enter(), WalkTo(point=(4.2, 1.3)), WalkTo(point=(1.2, 1.2)), Leave(), at=9.0),
        layout=aisle(0.9),
    )
    assert play.problems == []
    assert play.near.ground >= GAP_M - EPS


def test_who_stands_behind_a_gate_makes_room_for_the_next() -> None:
    play = Play(
        plan("ana", Enter(), WalkTo(point=(0.6, 0.6)), Wait(for_ns=60 * SECOND), Leave()),
        plan("ben", Enter(), Leave(), at=8.0),
    )
    assert play.problems == []
    assert play.near.people >= GAP_M - EPS


def test_a_gate_that_stays_blocked_is_given_up_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "GIVE_UP_S", 8.0)
    monkeypatch.setattr(waiting, "step_aside", deaf)
    play = Play(
        plan("ana", Enter(), WalkTo(point=(0.6, 0.6)), Wait(for_ns=40 * SECOND), Leave()),
        plan("ben", Enter(), Leave(), at=8.0),
    )
    assert play.problems[0] == ("ben", "ana stands in the way")
    assert play.near.people >= GAP_M - EPS


def test_a_parked_pram_is_moved_out_of_the_way() -> None:
    play = Play(
        plan("ana", Enter(), WalkTo(point=(2.6, 1.35)), Wait(for_ns=60 * SECOND), Leave(), pushes="pram"),
        plan("ben", Enter(), WalkTo(point=(4.2, 1.2)), at=10.0),
        layout=aisle(0.9),
    )
    assert play.problems == []
    assert play.near.ground >= GAP_M - EPS


def test_a_pram_that_is_not_moved_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "GIVE_UP_S", 8.0)
    monkeypatch.setattr(waiting, "step_aside", deaf)
    play = Play(
        plan("ana", Enter(), WalkTo(point=(2.6, 1.35)), Wait(for_ns=40 * SECOND), Leave(), pushes="pram"),
        plan("ben", Enter(), WalkTo(point=(4.2, 1.2)), at=10.0),
        layout=aisle(0.9),
    )
    assert play.problems == [("ben", "ana stands in the way")]
    assert play.near.ground >= GAP_M - EPS


def test_others_walk_round_a_parked_pram_where_there_is_room() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), Wait(for_ns=20 * SECOND), Leave(), pushes="pram"),
        plan("ben", Enter(), Meet(shopper="ana", steps=2), WalkTo(point=(4.5, 2.0)), Leave(), at=3.0),
    )
    assert play.problems == []
    assert play.near.ground >= GAP_M - EPS
