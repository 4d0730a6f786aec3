"""A minute of a crowd in the twin, without cameras: nobody walks through anybody, a shelf, or a gate that is shut."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from contracts.clock import SECOND
from contracts.layout import GateKind
from contracts.records import Direction, GateAction, GateCommand, PalmScan, Scan
from contracts.truth import TruePassage, TrueStep
from rig.paths import find_store
from rig.scenario import check
from rig.scenario.build import scenario, shopper
from tests.twin.wheeling import Near, measure
from twin.shopper import Cast
from twin.shopper.actor import Actor
from twin.shopper.floor import BODY_RADIUS_M
from twin.store import load_store
from twin.world import World

ROOT = Path(__file__).parents[2]
SHOULDERS_M = 0.42
"""Breadth of an average build: centres that are nearer touch."""
CELL_M = 0.036
"""Half of the diagonal of a floor's cell, by which a walk may be nearer to a shelf than planned."""
CROWD = {"shoppers": 8, "arrivals": 12, "basket": "convenience", "put back": 0.15, "browse": "1 s"}


@dataclass
class Crowd:
    """What a minute of it showed."""

    near: Near = field(default_factory=Near)
    crossed: Counter[str] = field(default_factory=Counter)
    shut: list[str] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    most: int = 0


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    store = load_store(find_store("corner-shop", roots=[ROOT]))
    ana = shopper("ana", pushes="pram").enter().take("aurel-500", place="gondola-1/shelf-3").leave()
    dan = shopper("dan", seated=True, arrives=4, speed=0.9).enter("palm").look("gondola-3/shelf-2").leave()
    plans = check(scenario("x", "x", "corner-shop", ana, dan, crowd=CROWD, seed=9), store.layout).shoppers
    world, out = World(store, 9, noise=False, plans=plans), Crowd()
    cast = Cast(world, plans, 9)
    was: dict[tuple[str, str], float] = {}
    while world.now_ns < 60 * SECOND:
        world.begin_frame()
        _doorman(world)
        cast.advance()
        world.end_frame()
        present = [actor for actor in cast._company.actors.values() if actor.present]
        out.most = max(out.most, len(present))
        measure(out.near, present)
        for actor in present:
            _lines(world, actor, was, out)
        out.passed.update(told.shopper for told in world.truths() if isinstance(told, TruePassage))
        out.problems += [step.problem for step in cast.steps() if isinstance(step, TrueStep) and step.problem]
    world.close()
    return out


def _doorman(world: World) -> None:
    """Open for everybody who shows something."""
    now_ns = world.now_ns
    readers = (*world.doors.scanners.values(), *world.doors.palms.values())
    if any(isinstance(record, Scan | PalmScan) for each in readers for record in each.read(now_ns)):
        way, opens = Direction.IN, GateAction.OPEN
        world.doors.command(GateCommand(t_ns=now_ns, source="stack", gate="gate-in", action=opens, direction=way))


def _lines(world: World, actor: Actor, was: dict[tuple[str, str], float], out: Crowd) -> None:
    """Note who crosses the line of a gate, and whether it was shut."""
    for gate in world.layout.gates:
        ahead, aside, _ = gate.pose.unapply((*actor.place, 0.0)).tolist()
        before = was.get((actor.name, gate.id), ahead)
        was[actor.name, gate.id] = ahead
        if (before < 0) != (ahead < 0) and abs(aside) < gate.width_m / 2:
            out.crossed[actor.name] += 1
            if gate.kind is GateKind.TURNSTILE and world.doors.gates[gate.id].blocks:
                out.shut.append(f"{actor.name} through {gate.id}")


@pytest.mark.slow
def test_it_is_a_crowd(crowd: Crowd) -> None:
    assert crowd.most >= 5
    assert crowd.problems == []


@pytest.mark.slow
def test_nobody_walks_through_anybody_or_what_they_push(crowd: Crowd) -> None:
    assert crowd.near.people >= SHOULDERS_M, crowd.near
    assert crowd.near.ground >= SHOULDERS_M, crowd.near


@pytest.mark.slow
def test_nobody_walks_through_a_shelf(crowd: Crowd) -> None:
    assert crowd.near.racks >= BODY_RADIUS_M - CELL_M, crowd.near


@pytest.mark.slow
def test_nobody_crosses_a_gate_but_by_passing_it_open(crowd: Crowd) -> None:
    assert crowd.shut == []
    assert crowd.crossed == crowd.passed
    assert crowd.passed.total() >= 8
