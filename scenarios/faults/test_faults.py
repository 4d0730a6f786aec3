"""Devices fail in the middle of a visit: the receipt must be right all the same, or held for a person to look at.

Copy this file, name your own devices, and run it with `pytest scenarios/faults`.
"""

from __future__ import annotations

import pytest

LEFT, RIGHT = "gondola-1/shelf-3/plate-1", "gondola-1/shelf-3/plate-2"

# Ids are given: a test keeps its history and its shard when the list grows.
# A camera that stands still shows no hand at the shelf: such a receipt is held, not guessed.
FAULTS = [
    pytest.param("c2", "off", "final", id="camera-off"),
    pytest.param("c2", "stuck", "review", id="camera-stuck"),
    pytest.param("gondola-3/shelf-1/plate-1", "garbage", "final", id="plate-of-another-rack-sends-garbage"),
]


@pytest.mark.slow
@pytest.mark.rig_scenario("walkout/buy_one")
@pytest.mark.rig_needs("camera>=4", "plate>=2")
@pytest.mark.parametrize(("device", "kind", "status"), FAULTS)
def test_a_receipt_is_right_or_held_although_a_device_fails(rig, device, kind, status):
    result = rig.run(check=False, faults=[{"at": "1 s", "device": device, "is": kind}])
    (ana,) = result.verdict.people
    with rig.step("at the gate"):
        rig.measure("gate_latency_ms", ana.gate_ms, unit="ms", max=500)
    with rig.step("on the receipt"):
        rig.check(ana.right or ana.status == "review", f"ana took {dict(ana.took)} and was charged {dict(ana.charged)}")
        rig.check(ana.status == status, f"the receipt is {ana.status}, right is {status}")


@pytest.mark.slow
@pytest.mark.rig_fault(LEFT, "stuck", at="1 s")
@pytest.mark.rig_fault(RIGHT, "stuck", at="1 s")
def test_nobody_is_charged_by_plates_that_stand_still(rig):
    (ana,) = rig.run("walkout/buy_one", check=False).verdict.people
    rig.check(ana.status == "review", f"the receipt is held, for no plate speaks for it: {ana.status}")
    rig.check(ana.total_minor == 0, f"nothing is charged that nobody weighed: {ana.total_minor} cents")
