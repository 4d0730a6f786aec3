"""How much memory a twin takes, and whether it takes more with every run."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figure import Figure

WHOLE = """
import json, resource, tempfile
from pathlib import Path
from benchmarks.hall import customers, hall
from benchmarks.play import Play
store = hall(Path(tempfile.mkdtemp()), goods=1000, cameras=16, size_px=(640, 480))
play = Play(store, customers(store.layout, 12))
play.run(20)
print(json.dumps([resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""

RESETS, SPAN_S = 200, 36
SOAK = f"""
import gc, json
from contextlib import closing
from benchmarks.play import Play
from benchmarks.stores import nanostore, walking
store, told = nanostore(rate_hz=1), []
for _ in range({RESETS}):
    with closing(Play(store, walking(store.layout, 3))) as play:
        play.run({SPAN_S})
    gc.collect()
    pages = int(open("/proc/self/statm").read().split()[1])
    told.append(pages * 4096 / 2**20)
print(json.dumps(told))
"""


def whole_twin() -> Iterator[Figure]:
    """Measure the peak of a process that runs 16 cameras of 640x480."""
    note = "peak of the process: 16 cameras 640x480, 1000 goods, 12 shoppers, 20 s"
    yield Figure(name="rss_mb", unit="MB", better="lower", values=_told(WHOLE), target=1500.0, note=note)


def soak() -> Iterator[Figure]:
    """Run the nanostore again and again in one process: two simulated hours, 200 resets, a picture a second."""
    told = _told(SOAK)
    early, late = statistics.median(told[10:30]), statistics.median(told[-20:])
    note = f"{RESETS} resets, {RESETS * SPAN_S / 3600:.1f} h simulated: late less early, {early:.0f} MB early"
    yield Figure(name="rss_growth_mb", unit="MB", better="lower", values=[late - early], target=50.0, note=note)


def _told(script: str) -> list[float]:
    """Run a script in a process of its own; return what it prints last."""
    done = subprocess.run([sys.executable, "-c", script], check=True, stdout=subprocess.PIPE, text=True)
    return [float(value) for value in json.loads(done.stdout.splitlines()[-1])]
