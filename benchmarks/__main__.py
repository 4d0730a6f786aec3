"""`make bench`: measure everything, hold it against its targets, and keep it.

python -m benchmarks                 all of it
python -m benchmarks cameras_640     some of it: other figures stay as they were
python -m benchmarks --into FILE ... keep it there instead
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from benchmarks import equality, growth, memory, modbus, palm, realtime, replaying, shim, speed, start, whole
from benchmarks.figure import Figure

RESULTS = Path(__file__).parent / "results" / "latest.json"
MEASURES: dict[str, Callable[[], Iterable[Figure]]] = {
    "first_frame": start.first_frame,
    "cameras_640": speed.cameras_640,
    "cameras_320": speed.cameras_320,
    "nanostore": speed.nanostore_loop,
    "plates": speed.plates,
    "equality": equality.layers,
    "memory": memory.whole_twin,
    "growth": growth.grow,
    "soak": memory.soak,
    "palm": palm.end_to_end,
    "palm_search": palm.search,
    "modbus": modbus.command_to_read_back,
    "shim": shim.round_trips,
    "replay": replaying.replays,
    "recorder": replaying.recorder,
    "realtime": realtime.minute,
    "whole": whole.together,
}


def main(wanted: Sequence[str]) -> int:
    """Measure, print and keep; return 4 for a name that nobody knows, else 0: a missed target is news, no error."""
    results = RESULTS
    if wanted[:1] == ["--into"] and len(wanted) > 1:
        results, wanted = Path(wanted[1]), wanted[2:]
    unknown = [name for name in wanted if name not in MEASURES]
    if unknown:
        print(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}", file=sys.stderr)
        return 4
    for name in wanted or MEASURES:
        for figure in MEASURES[name]():
            print(line(figure), flush=True)
            keep(figure, results)
    return 0


def line(figure: Figure) -> str:
    """Return a figure for people."""
    verdict = {None: "", True: "  met", False: "  MISSED"}[figure.met]
    held = "" if figure.target is None else f"  target {figure.target:g}"
    spread = f"median {figure.median:.4g}, best {figure.best:.4g} {figure.unit}"
    return f"{figure.name:28s} {spread}{held}{verdict}  ({figure.note})"


def keep(figure: Figure, results: Path = RESULTS) -> None:
    """Put a figure in the place of the last one of its name."""
    kept = json.loads(results.read_text()) if results.exists() else []
    kept = [other for other in kept if other["name"] != figure.name]
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps([*kept, figure.as_data()], indent=2) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
