"""Mode replay under pytest: the answers must be those that were accepted, and the first that is not is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND
from rig.compare.replayed import replay_and_compare
from tests.rig.kiosk import TAKE_ONE, made, write_scenario

pytest_plugins = ["pytester"]

REPLAY = ("-p", "no:hypothesispytest", "--rig-mode", "replay", "--rig-replay", "old")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run, once replayed here: pytester forgets modules first imported by a session, which numba cannot bear."""
    path = made(tmp_path_factory, "first").path("take_one")
    assert not replay_and_compare(path, record_dir=None).diverged
    return path


@pytest.fixture
def suite(pytester: pytest.Pytester, recording: Path) -> pytest.Pytester:
    """A scenario, and its recording of another day."""
    folder = pytester.mkdir("visits")
    write_scenario(folder, TAKE_ONE, "take_one.yaml")
    (pytester.path / "old").mkdir()
    shutil.copy(recording, pytester.path / "old/take_one.mcap")
    return pytester


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Change one threshold of the stack: a load that fell must hold for longer."""
    monkeypatch.setattr("stack.weighing.excursion.FALL_HOLDS_NS", 1300 * MILLISECOND)


@pytest.mark.slow
def test_the_same_answers_pass(suite: pytest.Pytester) -> None:
    suite.runpytest(*REPLAY).assert_outcomes(passed=1)


@pytest.mark.slow
@pytest.mark.usefixtures("later")
def test_another_answer_fails_and_is_named_with_both_values(suite: pytest.Pytester) -> None:
    result = suite.runpytest(*REPLAY)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "take_one-replay: the answers differ from the answers in it, by the stack reference",
            "  first difference: shelf_event from stack at *",
            "    recorded  shelf_event at *",
            "    now       *",
            "  accept them: rig replay *take_one.mcap --update-references",
        ]
    )
    result.stdout.fnmatch_lines_random(["*pytest *take_one.yaml::take_one --rig-mode replay --rig-replay *old*"])


@pytest.mark.slow
@pytest.mark.usefixtures("later")
def test_an_expected_failure_does_not_excuse_it_and_a_tolerance_does(suite: pytest.Pytester) -> None:
    scenario = suite.path / "visits/take_one.yaml"
    text = scenario.read_text()
    scenario.write_text(f"{text}xfail: It charges too much.\n")
    suite.runpytest(*REPLAY).assert_outcomes(failed=1)
    scenario.write_text(text)
    Path(suite.path / "old/take_one.tolerance.yaml").write_text(
        "ignore: [shelf_event, cart_change]\ntolerance: {receipt.lines.probability: 0.001}\n"
    )
    suite.runpytest(*REPLAY).assert_outcomes(passed=1)
