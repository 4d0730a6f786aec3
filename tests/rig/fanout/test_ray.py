"""Ray on this machine's loopback: two worker processes, one killed, and the digests of one process."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from rig.fanout.attempt import Attempt
from rig.fanout.work import do
from tests.rig.fanout.jobs import kiosk_jobs
from tests.rig.kiosk import ROOT, STUCK_S, environment

NEEDED = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'walkout-rig[ray]'")


@NEEDED
@pytest.mark.slow
def test_a_killed_worker_s_run_finishes_and_all_digests_are_those_of_one_process(tmp_path: Path) -> None:
    alone = [do(Attempt(each)) for each in kiosk_jobs(tmp_path, None)]
    made = subprocess.run(
        [sys.executable, "-m", "tests.rig.fanout.ray_killed", tmp_path],
        check=False,
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=STUCK_S,
    )
    assert made.returncode == 0, made.stderr
    done = json.loads(made.stdout)  # Ray's own talk about the killed worker is not in it
    assert [each["digest"] for each in done] == [each.digest for each in alone]
    assert [each["word"] for each in done] == ["pass", "pass"]
    assert [each["attempts"] for each in done] == [1, 2]
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == ["look.mcap", "take_one.mcap"]
