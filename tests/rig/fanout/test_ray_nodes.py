"""A cluster of several Ray nodes, one of which is killed, whole; and every way to fan out gives the same digests."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from rig.fanout.attempt import Attempt
from rig.fanout.work import do
from tests.rig.fanout.jobs import kiosk_jobs
from tests.rig.kiosk import LOOK, ROOT, STUCK_S, TAKE_ONE, environment, rig, write_scenario

NEEDED = pytest.mark.skipif(find_spec("ray") is None, reason="Ray is not installed: pip install 'walkout-rig[ray]'")


def free_port() -> int:
    """Return a port of loopback on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@NEEDED
@pytest.mark.long
@pytest.mark.timeout(STUCK_S * 3)
def test_a_killed_node_s_run_finishes_on_another(tmp_path: Path) -> None:
    alone = [do(Attempt(each)) for each in kiosk_jobs(tmp_path, None)]
    made = subprocess.run(
        [sys.executable, "-m", "tests.rig.fanout.ray_nodes", tmp_path, str(free_port())],
        check=False, cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=STUCK_S * 2,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    done = json.loads(made.stdout)
    logs = [(tmp_path / f"node-{number}.log").read_text() for number in (1, 2)]
    assert sum("received SIGTERM" in log for log in logs) == 1  # the other was killed before it could be asked to end
    assert [each["digest"] for each in done] == [each.digest for each in alone]
    assert [(each["word"], each["attempts"]) for each in done] == [("pass", 1), ("pass", 2)]


@NEEDED
@pytest.mark.long
@pytest.mark.timeout(STUCK_S * 3)
def test_one_process_two_workers_of_xdist_and_ray_give_the_same_digests(tmp_path: Path) -> None:
    visits = tmp_path / "visits"
    visits.mkdir()
    files = [write_scenario(visits, text, f"{name}.yaml") for name, text in (("look", LOOK), ("take_one", TAKE_ONE))]
    (visits / "kiosk.yaml").rename(tmp_path / "kiosk.yaml")
    for file in files:
        file.write_text(file.read_text().replace("kiosk.yaml", "../kiosk.yaml"))
    alone = rig("run", *files, "--record", tmp_path / "alone", "--json")
    ray = rig("suite", *files, "--engine", "ray", "--record", tmp_path / "ray", "--json")
    assert (alone.returncode, ray.returncode) == (0, 0), alone.stderr + ray.stderr
    digests = {each["scenario"]: each["digest"] for each in json.loads(alone.stdout)}
    assert {each["name"]: each["digest"] for each in json.loads(ray.stdout)["runs"]} == digests
    command = [sys.executable, "-m", "pytest", visits, "-n", "2", "--junitxml", tmp_path / "junit.xml", "-q"]
    made = subprocess.run(
        [str(word) for word in command], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=STUCK_S,
        env=environment() | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout
    junit = (tmp_path / "junit.xml").read_text()
    assert all(f'name="rig_digest" value="{digest}"' in junit for digest in digests.values())
