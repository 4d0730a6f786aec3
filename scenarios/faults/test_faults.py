"""Devices fail in the middle of a visit: the receipt must be right all the same, or held for a person to look at.

Copy this file, name your own devices, and run it with `pytest scenarios/faults`.
"""

from __future__ import annotations

import pytest

LEFT, RIGHT = "gondola-1/shelf-3/plate-1", "gondola-1/shelf-3/plate-2"

# Ids are given: a test keeps its history and its shard when the list grows.
HARMLESS = [
    pytest.param("c2", "off", id="camera-off"),
    pytest.param("c2", "stuck", id="camera-stuck"),
    pytest.param("gondola-3/shelf-1/plate-1", "garbage", id="plate-of-another-rack-sends-garbage"),
]


@pytest.mark.slow
@pytest.mark.rig_scenario("walkout/buy_one")
@pytest.mark.rig_needs("camera>=4", "plate>=2")
@pytest.mark.parametrize(("device", "kind"), HARMLESS)
def test_a_receipt_is_right_although_a_device_fails(rig, device, kind):
    result = rig.run(check=False, faults=[{"at": "1 s", "device": device, "is": kind}])
    (ana,) = result.verdict.people
    with rig.step("at the gate"):
        rig.measure("gate_latency_ms", ana.gate_ms, unit="ms", max=500)
    with rig.step("on the receipt"):
        rig.check(ana.right, f"ana took {dict(ana.took)} and was charged {dict(ana.charged)}")
        rig.check(ana.status == "final", f"the receipt is {ana.status}")


@pytest.mark.slow
@pytest.mark.rig_fault(LEFT, "stuck", at="1 s")
@pytest.mark.rig_fault(RIGHT, "stuck", at="1 s")
def test_nobody_is_charged_by_plates_that_stand_still(rig):
    (ana,) = rig.run("walkout/buy_one", check=False).verdict.people
    rig.check(ana.status == "review", f"a receipt that no plate speaks for is {ana.status}, not held for review")
    rig.check(ana.total_minor == 0, f"ana was charged {ana.total_minor} cents for what nobody weighed")
