"""Spread over processes, with one killed: the same digests as one after another."""

from pathlib import Path

import pytest

from rig.fanout.folder import swept
from rig.fanout.processes import Processes
from rig.fanout.spread import in_order, spread
from rig.fanout.work import do
from tests.rig.fanout.jobs import Attempt, dies_at_first, job, kiosk_jobs


@pytest.mark.slow
def test_two_processes_of_which_one_is_killed_give_the_digests_of_one(tmp_path: Path) -> None:
    alone = [do(Attempt(each)) for each in kiosk_jobs(tmp_path, None)]
    record = tmp_path / "kept"
    jobs = kiosk_jobs(tmp_path, record)
    with swept(record):
        many = in_order(jobs, spread(jobs, Processes(2, dies_at_first)))
    assert [each.digest for each in many] == [each.digest for each in alone]
    assert all(each.digest for each in many)
    assert [each.word for each in many] == ["pass", "pass"]
    assert [each.attempts for each in many] == [1, 2]
    assert sorted(path.name for path in record.iterdir()) == ["look.mcap", "take_one.mcap"]


def test_a_run_that_cannot_begin_is_an_answer_not_a_crash(tmp_path: Path) -> None:
    done = do(Attempt(job("a", folder=tmp_path)))
    assert done.word == "error"
    assert done.exit_code in (4, 6)
    assert "none.yaml" in done.about[0]
