"""MOT challenge folders: TrackEval reads them, and finds them equal to themselves and worse when a box is gone."""

import configparser
import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
import trackeval

from tests.rig.export.conftest import Export


@pytest.fixture(scope="module")
def folder(exported: Export) -> Path:
    return exported("mot", every_ns=500_000_000)


def scores(folder: Path, tmp_path: Path, keep: int) -> dict[str, Any]:
    """Return TrackEval's scores of a tracker that says what is true, and forgets all but every so manieth line."""
    for sequence in folder.glob("two-*"):
        lines = (sequence / "gt" / "gt.txt").read_text().splitlines(keepends=True)
        said = [line for place, line in enumerate(lines) if place % keep == 0]
        file = tmp_path / "ours" / "data" / f"{sequence.name}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{line.rsplit(',', 3)[0]},1,-1,-1\n" for line in said))
    config = {
        "GT_FOLDER": str(folder), "TRACKERS_FOLDER": str(tmp_path), "SKIP_SPLIT_FOL": True,
        "SEQMAP_FILE": str(folder / "seqmap.txt"), "PRINT_CONFIG": False, "TRACKERS_TO_EVAL": ["ours"],
    }  # fmt: skip
    with contextlib.redirect_stdout(io.StringIO()):
        dataset = trackeval.datasets.MotChallenge2DBox(config)
        metrics = {metric.get_name(): metric for metric in (trackeval.metrics.CLEAR(), trackeval.metrics.Identity())}
        found = {}
        for sequence in dataset.seq_list:
            data = dataset.get_preprocessed_seq_data(dataset.get_raw_seq_data("ours", sequence), "pedestrian")
            found[sequence] = {name: metric.eval_sequence(data) for name, metric in metrics.items()}
    return found


def test_trackeval_reads_it_and_finds_no_fault(folder: Path, tmp_path: Path) -> None:
    found = scores(folder, tmp_path, keep=1)
    assert sorted(found) == ["two-c1", "two-c2", "two-c4"]
    for each in found.values():
        assert (each["CLEAR"]["MOTA"], each["Identity"]["IDF1"]) == (1, 1)
    assert sum(each["CLEAR"]["CLR_TP"] for each in found.values()) > 30


def test_trackeval_misses_what_is_left_out(folder: Path, tmp_path: Path) -> None:
    found = scores(folder, tmp_path, keep=2)
    assert all(each["CLEAR"]["MOTA"] < 0.7 for each in found.values())


def test_a_sequence_says_what_is_in_it(folder: Path) -> None:
    told = configparser.ConfigParser()
    told.read(folder / "two-c2" / "seqinfo.ini")
    said = told["Sequence"]
    pictures = sorted(path.name for path in (folder / "two-c2" / said["imDir"]).iterdir())
    assert len(pictures) == int(said["seqLength"])
    assert pictures[0] == f"000001{said['imExt']}"
    assert (said["imWidth"], said["imHeight"], said["frameRate"]) == ("160", "120", "2")
    assert json.loads((folder / "identities.json").read_text()) == {"ana": 1, "ben": 2}
