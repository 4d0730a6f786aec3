"""A folder of recordings holds whole answers only."""

from pathlib import Path

from rig.fanout.attempt import Attempt
from rig.fanout.folder import GOING, going, keep, swept
from tests.rig.fanout.jobs import job


def test_a_recording_appears_when_its_run_is_over(tmp_path: Path) -> None:
    attempt = Attempt(job("a[seed=1]", folder=tmp_path))
    source = going(attempt)
    assert source is not None
    source.mkdir(parents=True)
    (source / "a.mcap").write_bytes(b"whole")
    assert not list(tmp_path.glob("*.mcap"))
    assert keep(attempt) == str(tmp_path / "a.mcap")
    assert (tmp_path / "a.mcap").read_bytes() == b"whole"
    assert not source.exists()


def test_two_tries_at_a_run_never_write_into_the_same_folder(tmp_path: Path) -> None:
    first = Attempt(job("a", folder=tmp_path))
    assert going(first) != going(first.next)


def test_where_nothing_is_kept_nothing_is_written() -> None:
    assert going(Attempt(job("a"))) is None
    assert keep(Attempt(job("a"))) == ""


def test_what_was_cut_off_is_swept_away_and_the_rest_stays(tmp_path: Path) -> None:
    with swept(tmp_path):
        (tmp_path / GOING / "b-1").mkdir(parents=True)
        (tmp_path / "a.mcap").touch()
    assert [path.name for path in tmp_path.iterdir()] == ["a.mcap"]
