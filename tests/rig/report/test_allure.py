"""What a test's runs leave in Allure's results."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.rig.report.conftest import scenarios

pytest_plugins = ["pytester"]

pytest.importorskip("allure_pytest", reason="pip install 'walkout-rig[report]'")

PYTHON_TEST = """
    def test_checks(rig):
        "Gates are quick."
        rig.run("scenarios/right.yaml")
        with rig.step("at the gate"):
            rig.measure("gate_latency_ms", 310, unit="ms", max=300)
        rig.check(1 == 2, "one is not two")
"""


def results(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the results by name of the test."""
    told = [json.loads(path.read_text()) for path in sorted(folder.glob("*-result.json"))]
    return {one["name"]: one for one in told}


@pytest.fixture
def told(suite: pytest.Pytester) -> dict[str, dict[str, Any]]:
    scenarios(suite, "right", "wrong", "lost")
    suite.makepyfile(PYTHON_TEST)
    suite.runpytest("--alluredir", "results").assert_outcomes(passed=1, failed=2, errors=1)
    return results(suite.path / "results")


def test_a_run_has_its_page_pictures_receipts_steps_and_command(
    told: dict[str, dict[str, Any]], suite: pytest.Pytester
) -> None:
    wrong = told["wrong"]
    files = {one["name"]: suite.path / "results" / one["source"] for one in wrong["attachments"]}
    assert set(files) == {"receipt difference", "run page", "cameras"}
    assert "! cola" in files["receipt difference"].read_text()
    assert '"again":"pytest scenarios/wrong.yaml::wrong"' in files["run page"].read_text()
    assert files["cameras"].read_bytes().startswith(b"\x89PNG")
    assert "pytest scenarios/wrong.yaml::wrong" in wrong["description"]
    assert "0.00 to 2.00 s  ana: enter" in [step["name"] for step in wrong["steps"]]
    assert {one["name"]: one["value"] for one in wrong["parameters"]}["seed"] == "3"


def test_the_product_fails_and_the_lease_is_broken(told: dict[str, dict[str, Any]], suite: pytest.Pytester) -> None:
    assert (told["wrong"]["status"], told["lost"]["status"], told["right"]["status"]) == ("failed", "broken", "passed")
    categories = json.loads((suite.path / "results" / "categories.json").read_text())
    assert [one["name"].partition(":")[0] for one in categories][:2] == ["Lease", "Product"]
    assert told["lost"]["statusDetails"]["message"].startswith("contracts.errors.LeaseLost")
    assert "mode=sim" in (suite.path / "results" / "environment.properties").read_text()


def test_checks_and_measurements_are_steps_that_fail(told: dict[str, dict[str, Any]]) -> None:
    steps = {step["name"]: step["status"] for step in told["test_checks"]["steps"]}
    assert steps["measured  at the gate: gate_latency_ms is 310 ms (at most 300)"] == "failed"
    assert steps["checked  one is not two"] == "failed"
    assert told["test_checks"]["description"].startswith("A right visit.\n\nGates are quick.")


def test_passed_runs_can_do_without_pages(suite: pytest.Pytester) -> None:
    scenarios(suite, "right", "wrong")
    suite.runpytest("--alluredir", "results", "--rig-report", "failed")
    told = results(suite.path / "results")
    assert [one["name"] for one in told["right"]["attachments"]] == ["receipts"]
    assert len(told["wrong"]["attachments"]) == 3


def test_drawn_variants_have_histories_of_their_own(suite: pytest.Pytester) -> None:
    scenarios(suite, "right")
    file = suite.path / "scenarios" / "right.yaml"
    file.write_text(file.read_text() + "vary: {seed: [1, 2]}\n")
    suite.runpytest("--alluredir", "results", "--rig-report", "failed").assert_outcomes(passed=2)
    assert len({one["historyId"] for one in results(suite.path / "results").values()}) == 2


def test_without_the_package_nothing_breaks(suite: pytest.Pytester) -> None:
    scenarios(suite, "right")
    suite.runpytest("-p", "no:allure_pytest").assert_outcomes(passed=1)
