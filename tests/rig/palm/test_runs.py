"""Whole runs in which palm readers look at hands: the gate that has no cameras is quick to play."""

from pathlib import Path

import pytest

from contracts.archive import ARCHIVE
from contracts.record import Record
from contracts.records import PalmScan, ScreenCommand
from contracts.truth import TruePalm
from rig.judge import Outcome
from rig.recording.reader import Recording
from rig.run import run_scenario
from rig.scenario import read_scenario, ready

SCENARIOS = Path(__file__).parents[3] / "scenarios" / "checkout"


@pytest.mark.slow
def test_a_hidden_palm_is_refused_and_the_code_opens(tmp_path: Path) -> None:
    scenario, store = ready(read_scenario(SCENARIOS / "palm_plasters_then_code.yaml"))
    result = run_scenario(scenario, store_path=store, record_dir=tmp_path)
    assert result.verdict.outcome is Outcome.PASS
    assert result.palms.startswith("2 looked at, ")
    assert result.recording is not None
    records = list(Recording(result.recording).records())
    said = [record for record in records if isinstance(record, PalmScan)]
    assert [scan.handle for scan in said] == ["", ""]
    refusals = [record.text for record in records if isinstance(record, ScreenCommand)]
    assert any("This palm was not taken: no palm to be read" in text for text in refusals)
    # Decisions 6 and 14: no record has room for a picture, which has 192 000 bytes, or for a template, which has 592.
    assert all(len(ARCHIVE.to_message(record).SerializeToString()) < 200 for record in (*said, *told(records)))


def told(records: list[Record]) -> list[TruePalm]:
    found = [record for record in records if isinstance(record, TruePalm)]
    assert len(found) == 2
    return found
