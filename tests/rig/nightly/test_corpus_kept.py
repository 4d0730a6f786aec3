"""Real nights in the kiosk: recordings of one are replayed the next, and lie at a URL too."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from rig.nightly import history
from rig.nightly.corpus import Corpus
from rig.nightly.night import all_nights
from rig.recording.reader import Recording
from rig.storage.opening import open_place
from tests.rig.kiosk import STUCK_S, TAKE_ONE, rig, write_scenario

PLAN = """\
about: A night in the kiosk, whatever else its machine does.
slower: 0.001
jobs:
  visits: {run: [visit.yaml]}
  again: {kept: [visits]}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_scenario(tmp_path, TAKE_ONE)
    (tmp_path / "nightly.yaml").write_text(PLAN)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def night(*more: str, **environment: str) -> tuple[int, dict[str, str]]:
    done = rig("nightly", "--json", *more, **environment)
    assert done.returncode in (0, 1), done.stderr
    newest = [*all_nights(Path("out/nights"))][-1]
    return done.returncode, {row.job: row.outcome for row in newest.rows() if row.outcome}


@pytest.mark.long
def test_the_first_night_makes_references_which_the_next_replays(folder: Path) -> None:
    """And the folder is lost between the two, so that the second has all from where the results are kept."""
    results = ("--results", f"file://{folder}/kept")
    assert night(*results) == (0, {"visits": "pass"})
    (first,) = Corpus(Path("out/nights")).kept()
    reference = Path(f"kept/corpus/recordings/visits/{first.name}.reference.mcap").read_bytes()
    assert not [*Path("out/nights").glob("*/out/**/*.mcap")]  # what is right can be made again
    shutil.rmtree("out")
    assert night(*results) == (0, {"visits": "pass", "again": "pass"})
    assert Path(f"kept/corpus/recordings/visits/{first.name}.reference.mcap").read_bytes() == reference
    if pytest.importorskip("duckdb"):
        said = rig("history", f"file://{folder}/kept", "--json")
        assert [each["cases"] for each in json.loads(said.stdout)] == [2, 1], said.stderr


@pytest.mark.long
@pytest.mark.timeout(STUCK_S * 5)
def test_another_threshold_is_told_and_only_the_option_accepts_it(folder: Path) -> None:
    assert night()[0] == 0
    (kept,) = Corpus(Path("out/nights")).kept()
    reference = Path("out/nights") / kept.file.replace(".mcap", ".reference.mcap")
    before = reference.read_bytes()
    (folder / "sitecustomize.py").write_text(
        "import sys\n"
        "if any('rig.cli' in word for word in sys.orig_argv) and 'nightly' not in sys.orig_argv:\n"
        "    import stack.weighing.excursion as excursion\n"
        "    excursion.FALL_HOLDS_NS = 1_300_000_000\n"
    )
    code, outcomes = night(PYTHONPATH=str(folder))
    assert (code, outcomes) == (1, {"visits": "pass", "again": "diverged"})
    assert reference.read_bytes() == before
    assert night("--update-references", PYTHONPATH=str(folder)) == (0, {"visits": "pass", "again": "pass"})
    assert reference.read_bytes() != before
    assert Recording(reference).start.scenario == "visit"
    assert night()[1] == {"visits": "pass", "again": "diverged"}


def test_the_history_is_asked_where_it_is_kept(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="pip install 'walkout-rig[history]'")
    pytest.importorskip("fsspec", reason="pip install 'walkout-rig[storage]'")
    import pyarrow as pa
    from pyarrow import parquet

    place = open_place("memory://history/nights")
    for name in ("a", "b"):
        parquet.write_table(pa.table({"night": [name], "good": [True]}), tmp_path / name)
        place.put(tmp_path / name, f"{name}/rows.parquet")
    place.put(tmp_path / "a", "a/out/x--rows.parquet/rows.parquet")
    assert history.ask("memory://history/nights", "select night from rows order by 1")[1] == [("a",), ("b",)]
    with pytest.raises(Exception, match="no night to ask"):
        history.ask("memory://history/nowhere", "")
