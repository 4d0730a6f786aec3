"""Faults of devices that something else stands in for go there."""

from __future__ import annotations

import pytest

from contracts.ports import FaultKind
from contracts.steps import FaultPlan
from tests.twin.smallstore import small_store
from twin.faults import Faults

LAYOUT = small_store().layout


def plan(device: str, kind: str, at_ns: int, for_ns: int = 0) -> FaultPlan:
    return FaultPlan(device=device, kind=kind, at_ns=at_ns, for_ns=for_ns)


def test_a_fault_goes_to_what_stands_in_and_says_whether_that_can_have_it() -> None:
    told: list[FaultKind | None] = []

    def switch(kind: FaultKind | None) -> bool:
        told.append(kind)
        return kind is not FaultKind.WRONG

    plans = [plan("gate-in", "off", 10, 5), plan("gate-in", "wrong", 20)]
    faults = Faults(plans, LAYOUT, {}, {"gate-in": switch})
    happened = faults.advance(30)
    assert told == [FaultKind.OFF, None, FaultKind.WRONG]
    assert [(fault.began, fault.applied) for fault in happened] == [(True, True), (False, True), (True, False)]


@pytest.mark.parametrize("kind", ["off", "stuck"])
def test_no_single_plate_of_a_shelf_on_a_wire_can_fail(kind: str) -> None:
    plate = next(iter(LAYOUT.plate))
    faults = Faults([plan(plate, kind, 0)], LAYOUT, {}, {plate.split("/")[0]: lambda _: True})
    (fault,) = faults.advance(1)
    assert not fault.applied
