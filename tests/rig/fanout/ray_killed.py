"""Two runs on a local Ray cluster, one of whose workers is killed; a program, so that Ray's threads end with it.

python -m tests.rig.fanout.ray_killed FOLDER
"""

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path

from rig.fanout.cluster import connected
from rig.fanout.demand import WHOLE
from rig.fanout.folder import swept
from rig.fanout.spread import in_order, spread
from tests.rig.fanout.jobs import dies_at_first, kiosk_jobs


def main(folder: Path) -> None:
    """Run, and print the answers."""
    record = folder / "kept"
    jobs = kiosk_jobs(folder, record)
    with swept(record), connected("", jobs=2, benches=[], share=WHOLE) as cluster:
        done = in_order(jobs, spread(jobs, replace(cluster, work=dies_at_first)))
    sys.stdout.write(json.dumps([asdict(each) for each in done]) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
