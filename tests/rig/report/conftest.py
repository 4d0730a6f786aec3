"""A suite that a made-up twin plays: every run is the same visit, right or wrong as the scenario's `about` says."""

from __future__ import annotations

from pathlib import Path

import pytest

# Pytester forgets modules that were first imported in a session of its own, and numpy cannot be loaded twice.
import rig.replay  # noqa: F401
import twin.store  # noqa: F401
from rig.page import write_page
from rig.recording.reader import Recording
from rig.view import contact_sheet
from tests.rig.page.shop import record

QUIET = "-p no:hypothesispytest -p no:pytest_cov -p no:dash"
VISIT = "about: A {} visit.\nstore: corner-shop\nseed: 3\nshoppers:\n  ana:\n    does: [enter, leave]\n"
FAKE_TWIN = """
import shutil
from contracts.errors import LeaseLost
from rig.judge import Outcome, PersonResult, Verdict
from rig.run import RunResult

def pytest_rig_run(config, request):
    about = request.scenario.about
    recording = None
    if request.record_dir:
        recording = request.record_dir / "visit.mcap"
        shutil.copy({source!r}, recording)
    if "lost" in about:
        raise LeaseLost("the lease ended", where="gate-in")
    wrong = "wrong" in about
    charged = {{}} if wrong else {{"cola": 1}}
    ana = PersonResult(names=("ana",), account="a", took={{"cola": 1}}, charged=charged, status="final")
    return RunResult(
        name=request.scenario.name, layout=None, recording=recording, digest="d" * 64,
        simulated_ns=15 * 10**9, wall_s=1.0,
        verdict=Verdict(
            outcome=Outcome.FAIL if wrong else Outcome.PASS, people=(ana,),
            differences=("ana: receipt says nothing, right is 1 x cola",) if wrong else (),
        ),
    )
"""


@pytest.fixture(scope="session")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = record(tmp_path_factory.mktemp("visit") / "visit.mcap")
    # The sessions within run in this process: now what they would load for a report stands.
    write_page(path, path.with_suffix(".html"))
    contact_sheet(Recording(path), 0, path.with_suffix(".png"))
    return path


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, visit: Path) -> pytest.Pytester:
    """A folder with the made-up twin and no variables of ours."""
    for name in ("RIG_PAGE", "RIG_RECORD", "RIG_SEED", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest(FAKE_TWIN.format(source=str(visit)))
    pytester.makeini(f"[pytest]\naddopts = --strict-markers {QUIET}\n")
    return pytester


def scenarios(suite: pytest.Pytester, *kinds: str) -> None:
    """Write a scenario file for each kind: "wrong", "right", "lost"."""
    folder = suite.path / "scenarios"
    folder.mkdir(exist_ok=True)
    for kind in kinds:
        (folder / f"{kind}.yaml").write_text(VISIT.format(kind))
