"""A cut recording is mended: all before the cut, with an index, and what was lost is said."""

from pathlib import Path

import pytest
from mcap.reader import make_reader

from contracts.run import RunEnd
from rig.recording.reader import Recording
from rig.recording.recover import recover
from tests.rig.kiosk import Here
from tests.rig.test_recording import stamped, write


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    write(tmp_path / "whole.mcap", stamped(10), seconds=10)
    return tmp_path / "whole.mcap"


@pytest.fixture
def cut(whole: Path) -> Path:
    data = whole.read_bytes()
    (whole.parent / "cut.mcap").write_bytes(data[: int(len(data) * 0.6)])
    return whole.parent / "cut.mcap"


def messages(path: Path) -> list[object]:
    return [entry for entry in Recording(path).entries() if not entry.topic.startswith("/rig/")]


def test_all_before_the_cut_is_in_a_file_with_an_index(cut: Path, whole: Path, tmp_path: Path) -> None:
    told = recover(cut, tmp_path / "new.mcap")
    new = Recording(tmp_path / "new.mcap")
    assert new.indexed
    saved = messages(new.path)
    assert saved == messages(cut) == messages(whole)[: len(saved)]
    assert len(saved) > 50
    assert 4e9 < told.last_ns < 8e9
    assert told.last_ns - told.checked_ns <= 1e9  # the file itself vouches for all but the last second
    assert new.end is not None
    assert (new.end.status, new.end.t_ns) == ("interrupted", told.last_ns)
    assert new.cut_at == ""


def test_time_ranges_of_what_was_mended_are_found_by_its_index(cut: Path, tmp_path: Path) -> None:
    recover(cut, tmp_path / "new.mcap")
    times = [e.t_ns for e in Recording(tmp_path / "new.mcap").entries(["/camera/c1/image"], 10**9, 2 * 10**9)]
    assert (times[0], times[-1], len(times)) == (10**9, 2 * 10**9, 11)


def test_damage_in_the_middle_ends_what_can_be_saved(whole: Path, tmp_path: Path) -> None:
    data = bytearray(whole.read_bytes())
    with whole.open("rb") as file:
        summary = make_reader(file).get_summary()
    assert summary is not None
    chunks = summary.chunk_indexes
    chunk = chunks[len(chunks) // 2]
    data[chunk.chunk_start_offset + chunk.chunk_length // 2] ^= 0xFF
    (tmp_path / "damaged.mcap").write_bytes(data)
    told = recover(tmp_path / "damaged.mcap", tmp_path / "new.mcap")
    assert 2e9 < told.last_ns < 8e9
    saved = messages(tmp_path / "new.mcap")
    assert saved == messages(whole)[: len(saved)]


def test_a_file_that_lost_only_its_index_keeps_how_it_ended(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    (tmp_path / "cut.mcap").write_bytes(data[:-40])
    told = recover(tmp_path / "cut.mcap", tmp_path / "new.mcap")
    assert told.lines[-1].startswith("lost: nothing but the index")
    ends = [r for r in Recording(tmp_path / "new.mcap").records(["/rig/run_end"]) if isinstance(r, RunEnd)]
    assert [(end.status, end.t_ns) for end in ends] == [("finished", 10 * 10**9)]


def test_the_command_says_what_was_lost(cut: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = Here(capsys)
    code, out, _ = here("recover", cut, "-o", tmp_path / "new.mcap")
    assert code == 0
    assert "lost: whatever came after" in out
    code, out, _ = here("inspect", tmp_path / "new.mcap", "--digest")
    assert code == 0


@pytest.mark.parametrize(
    ("name", "output", "code", "said"),
    [
        ("whole.mcap", "new.mcap", 4, "this recording is not cut"),
        ("cut.mcap", "cut.mcap", 4, "the old file stays as it is"),
        ("cut.mcap", ".", 4, "a recording is a file"),
        ("none.mcap", "new.mcap", 6, "no such recording"),
        ("text.mcap", "new.mcap", 6, "this is not a recording"),
        ("head.mcap", "new.mcap", 6, "nothing can be saved"),
    ],
)
def test_what_cannot_be_mended(
    cut: Path, capsys: pytest.CaptureFixture[str], name: str, output: str, code: int, said: str
) -> None:
    folder = cut.parent
    (folder / "text.mcap").write_text("no recording at all")
    (folder / "head.mcap").write_bytes(cut.read_bytes()[:300])
    before = sorted(path.name for path in folder.iterdir())
    found, _, err = Here(capsys)("recover", folder / name, "-o", folder / output)
    assert (found, said in err) == (code, True), err
    assert sorted(path.name for path in folder.iterdir()) == before
