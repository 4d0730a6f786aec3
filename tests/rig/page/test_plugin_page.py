"""`pytest --rig-page`: the report of a failed scenario names its page."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

FAKE_TWIN = """
import shutil
from rig.judge import Outcome, Verdict
from rig.run import RunResult

def pytest_rig_run(config, request):
    wrong = "wrong" in request.scenario.about
    recording = request.record_dir / "visit.mcap"
    shutil.copy({source!r}, recording)
    differences = ("ana: receipt says nothing, right is 1 x cola",) if wrong else ()
    return RunResult(
        name=request.scenario.name, layout=None, recording=recording, digest="", simulated_ns=15 * 10**9, wall_s=1.0,
        verdict=Verdict(outcome=Outcome.FAIL if wrong else Outcome.PASS, differences=differences),
    )
"""
VISIT = "about: A {} visit.\nstore: corner-shop\nseed: 3\nshoppers:\n  ana:\n    does: [enter, leave]\n"


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, wrong_page: Path) -> pytest.Pytester:
    # The sessions within run in this process: by now a page was made, and what loads only once stands.
    for name in ("RIG_PAGE", "RIG_RECORD", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest(FAKE_TWIN.format(source=str(wrong_page.with_suffix(".mcap"))))
    scenarios = pytester.mkdir("scenarios")
    for kind in ("wrong", "right"):
        (scenarios / f"{kind}.yaml").write_text(VISIT.format(kind))
    return pytester


def test_a_failed_scenario_has_a_page_and_a_passed_one_has_none(suite: pytest.Pytester) -> None:
    result = suite.runpytest("--rig-page", "-p", "no:dash")
    result.assert_outcomes(passed=1, failed=1)
    (page,) = suite.path.rglob("*.html")
    result.stdout.fnmatch_lines([f"  page: {page}", f"  recording: {page.with_suffix('.mcap')}", f"  page: {page}"])
    assert '"again":"pytest scenarios/wrong.yaml::wrong"' in page.read_text()


def test_without_the_option_there_is_none(suite: pytest.Pytester) -> None:
    result = suite.runpytest("-p", "no:dash")
    assert not list(suite.path.rglob("*.html"))
    assert "page:" not in result.stdout.str()


def test_a_page_that_cannot_be_written_hides_no_failure(suite: pytest.Pytester, tmp_path: Path) -> None:
    broken = tmp_path / "broken.mcap"
    broken.write_text("not a recording")
    suite.makeconftest(FAKE_TWIN.format(source=str(broken)))
    result = suite.runpytest("--rig-page", "-p", "no:dash")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*page: none: this is not a recording"])
