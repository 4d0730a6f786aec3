"""More and more customers at once: receipts stay right, and nobody waits at a gate.

Copy this file, take your own store (`--rig-store`), and run it with `pytest scenarios/load`.
"""

from __future__ import annotations

import pytest

ARRIVALS = [
    pytest.param(2, "4 per minute", id="two-customers"),
    pytest.param(4, "8 per minute", id="four-customers"),
]


@pytest.mark.slow
@pytest.mark.rig_budget(wall_s=600)
@pytest.mark.parametrize(("shoppers", "arrivals"), ARRIVALS)
def test_receipts_stay_right_under_load(rig, shoppers, arrivals):
    crowd = {"shoppers": shoppers, "arrivals": arrivals, "basket": "convenience", "put back": "0 %", "browse": "1 s"}
    result = rig.run("crowd/quiet_morning", check=False, crowd=crowd)
    people = result.verdict.people
    right = sum(person.right or person.status == "review" for person in people)
    rig.measure("receipts_right_or_held", 100 * right / len(people), unit="%", min=100)
    waits = [person.gate_ms for person in people if person.gate_ms is not None]
    with rig.step("at the gate"):
        rig.check(waits, "no gate opened for anybody")
        rig.measure("gate_latency_ms", max(waits, default=float("nan")), unit="ms", max=500)
    with rig.step("at the exit"):
        for person in people:
            rig.check(person.receipt_ms is not None, f"{' and '.join(person.names)} got no receipt")
