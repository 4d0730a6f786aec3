"""What a person at the bench is asked to do, and when it is believed to be done."""

from __future__ import annotations

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.records import GateEvent, GateEventKind, PalmScan, Weights
from contracts.truth import MoveKind, TrueMove
from rig.mixed.prompts import PATIENCE_NS, Prompts

PLATES = ("g/s1/p1", "g/s1/p2", "g/s2/p1")


class Person:
    """Hears the prompts."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.prompts = Prompts({"g": PLATES, "gate-in": (), "palm-in": ()}, self.heard.append)


def weights(*grams: float) -> Weights:
    return Weights(t_ns=0, source="g", started_ns=0, period_ns=1, grams=np.array([grams], np.float32))


def take(item: str, plate: str, mass_g: float) -> TrueMove:
    shelf = plate.rsplit("/", 1)[0]
    return TrueMove(
        t_ns=0, source="truth", kind=MoveKind.TAKE, shopper="ana", item=f"{item}#1", product=item, mass_g=mass_g,
        origin=shelf, plates=(plate,),
    )  # fmt: skip


def test_a_take_is_asked_for_and_believed_when_the_shelf_is_lighter_by_about_that() -> None:
    person = Person()
    person.prompts.heard([weights(500, 0, 900)], 0)
    person.prompts.wanted([take("water", "g/s1/p1", 500)], 0)
    assert person.heard == ["NOW: take water off g/s1"]
    person.prompts.heard([weights(400, 0, 900)], 1)
    assert len(person.heard) == 1
    person.prompts.heard([weights(0, 20, 900)], 2)
    assert person.heard[1:] == ["done: take water off g/s1"]


def test_a_load_on_another_shelf_is_not_what_was_asked_for() -> None:
    person = Person()
    person.prompts.heard([weights(500, 0, 900)], 0)
    person.prompts.wanted([take("water", "g/s1/p1", 500)], 0)
    person.prompts.heard([weights(500, 0, 400)], 1)
    assert len(person.heard) == 1


def test_two_takes_need_both_loads_to_go() -> None:
    person = Person()
    person.prompts.heard([weights(1000, 0, 0)], 0)
    person.prompts.wanted([take("water", "g/s1/p1", 500), take("water", "g/s1/p1", 500)], 0)
    person.prompts.heard([weights(500, 0, 0)], 1)
    person.prompts.heard([weights(500, 0, 0)], 2)
    assert person.heard.count("done: take water off g/s1") == 1
    person.prompts.heard([weights(0, 0, 0)], 3)
    assert person.heard.count("done: take water off g/s1") == 2


def test_a_gate_that_opens_wants_somebody_to_walk_through() -> None:
    person = Person()
    person.prompts.heard([GateEvent(t_ns=0, source="gate-in", kind=GateEventKind.OPENED)], 0)
    assert person.heard == ["NOW: walk through gate-in"]
    person.prompts.heard([GateEvent(t_ns=1, source="gate-in", kind=GateEventKind.PASSED_IN)], 1)
    assert person.heard[1:] == ["done: walk through gate-in"]


def test_what_nobody_does_is_trouble_of_the_bench() -> None:
    person = Person()
    person.prompts.wanted([PalmScan(t_ns=0, source="palm-in", handle="h", quality=0.9)], SECOND)
    person.prompts.heard([], SECOND + PATIENCE_NS)
    with pytest.raises(RigFault, match=r"palm-in(.|\n)*hold your palm over palm-in"):
        person.prompts.heard([], SECOND + PATIENCE_NS + 1)


def test_devices_that_nobody_serves_by_hand_ask_for_nothing() -> None:
    person = Person()
    person.prompts.wanted([take("water", "other/s1/p1", 500)], 0)
    person.prompts.heard([GateEvent(t_ns=0, source="gate-out", kind=GateEventKind.OPENED)], 0)
    assert person.heard == []


def test_what_the_twin_s_own_gate_does_asks_nobody_to_walk() -> None:
    person = Person()
    person.prompts.wanted([GateEvent(t_ns=0, source="gate-in", kind=GateEventKind.OPENED)], 0)
    assert person.heard == []
