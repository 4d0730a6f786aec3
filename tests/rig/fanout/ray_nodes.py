"""Two runs on two Ray nodes that are started as people start them; the node that takes one is killed, whole.

python -m tests.rig.fanout.ray_nodes FOLDER
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from secrets import token_hex

from rig.fanout.cluster import connected
from rig.fanout.demand import WHOLE
from rig.fanout.folder import swept
from rig.fanout.spread import in_order, spread
from tests.rig.fanout.jobs import kiosk_jobs, takes_its_node_with_it

RAY = str(Path(sys.executable).with_name("ray"))
CLUSTER = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1", "RAY_USAGE_STATS_ENABLED": "0", "RAY_AUTH_MODE": "token"}
COMMON = ("--node-ip-address=127.0.0.1", "--object-store-memory=100000000", "--dashboard-agent-listen-port=0")


@contextmanager
def nodes(folder: Path, port: int) -> Iterator[str]:
    """Start a head without processors and two nodes with one each, on loopback; give the address of the head."""
    address = f"127.0.0.1:{port}"
    with ExitStack() as stay:
        stay.enter_context(node(folder, "--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false"))
        for _ in range(2):
            stay.enter_context(node(folder, f"--address={address}", "--num-cpus=1"))
        yield address


@contextmanager
def node(folder: Path, *words: str) -> Iterator[None]:
    """Start a node, wait until it says that it runs, and end it with all that it has started."""
    log = folder / f"node-{len([*folder.glob('node-*')])}.log"
    # A group of its own, so that a node can be killed whole.
    command = [RAY, "start", "--block", *COMMON, *words]
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True)
    try:
        while b"Ray runtime started" not in log.read_bytes():
            if process.poll() is not None:
                raise SystemExit(log.read_text())
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(30)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def main(folder: Path, port: int) -> None:
    """Run, and print the answers."""
    os.environ.update(CLUSTER, RAY_AUTH_TOKEN=token_hex(32))  # nodes of a cluster listen for whoever knows it
    record = folder / "kept"
    jobs = kiosk_jobs(folder, record)
    with (
        nodes(folder, port) as address,
        swept(record),
        connected(address, jobs=2, benches=[], share=WHOLE) as cluster,
    ):
        done = in_order(jobs, spread(jobs, replace(cluster, work=takes_its_node_with_it)))
    sys.stdout.write(json.dumps([asdict(each) for each in done]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
