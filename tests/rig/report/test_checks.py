"""Soft checks and measurements: the test goes on, and fails at its end with all that was wrong."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest

from tests.rig.report.conftest import scenarios

pytest_plugins = ["pytester"]

WRONG = """
    def test_gate(rig):
        rig.run("scenarios/right.yaml")
        with rig.step("at the gate"):
            rig.measure("gate_latency_ms", 310, unit="ms", max=300)
            rig.measure("steady", 5, min=4)
        rig.check(False, "ana did not get in")
        rig.measure("nothing", float("nan"))
"""


def test_a_test_fails_at_its_end_with_all_that_was_wrong(suite: pytest.Pytester) -> None:
    scenarios(suite, "right")
    suite.makepyfile(WRONG)
    result = suite.runpytest("--junit-xml", "out.xml", "test_a_test_fails_at_its_end_with_all_that_was_wrong.py")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "3 checks of the test failed",
            "  at the gate: gate_latency_ms is 310 ms (at most 300)  [[]*.py:4[]]",
            "  ana did not get in  [[]*.py:6[]]",
            "  nothing is nan  [[]*.py:7[]]",
        ]
    )
    said = {p.get("name"): p.get("value") for p in ET.parse(suite.path / "out.xml").getroot().iter("property")}
    assert said["measure_steady"] == "5 (at least 4)"
    assert said["check_1"] == "wrong: ana did not get in"
    assert said["rig_digest"] == "d" * 64
    assert (said["rig_again"] or "").startswith("pytest test_a_test_fails")
    # The run itself was right: its recording is kept for the checks that were not.
    (checks,) = suite.path.rglob("visit.checks.json")
    assert (checks.with_name("visit.mcap")).is_file()
    assert json.loads(checks.read_text())[0]["most"] == 300


def test_what_else_fails_a_test_is_said_first(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_two(rig):\n    rig.check(False, 'one')\n    assert 2 == 3")
    result = suite.runpytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 2 == 3*", "*1 check of the test failed", "*one  [[]*.py:2[]]"])


def test_checks_that_are_right_pass(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_right(rig):\n    assert rig.check(1, 'one')\n    rig.measure('a', 3.5, max=4)")
    suite.runpytest().assert_outcomes(passed=1)
