"""The whole of a store at once: twin, stack and recorder, with 16 RGB-D cameras 640x480 at 10 Hz and 306 plates."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figure import Figure
from benchmarks.play import TICK_NS, Play
from contracts.clock import SECOND, CpuStopwatch, Stopwatch
from rig.keys import deployment_key
from rig.loop import is_sensor
from rig.paths import find_scenario, find_store
from rig.recording.reader import Recording
from rig.replay import RecordedSource
from rig.run import RunResult, run_scenario
from rig.scenario import Scenario, read_scenario, ready
from stack.core import ReferenceStack
from twin.store import load_store

SCENARIO = "suites/nanostore-replica/baseline-11.yaml"
"""Three shoppers, eleven takes."""
CAMERAS, WIDTH, HEIGHT = 16, 640, 480
REPEATS = 3
NOTE = f"nanostore, {CAMERAS} RGB-D cameras {WIDTH}x{HEIGHT} at 10 Hz, 306 plates, 3 shoppers"


@dataclass(frozen=True, slots=True)
class Spent:
    """What some bench time took.

    Args:
        bench_s: how long it was, seconds.
        wall_s: seconds.
        cpu_s: processor seconds of all threads.
    """

    bench_s: float
    wall_s: float
    cpu_s: float


def together() -> Iterator[Figure]:
    """Measure everything together, the twin alone and the stack alone, in turn.

    Each run writes the same recording in the place of the last one: it has some 3 GB.
    """
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        scenario, store = visit(folder)
        recording = _recording(scenario, store, folder)
        spent: dict[str, list[Spent]] = {"whole": [], "whole_twin": [], "whole_stack": []}
        for _ in range(REPEATS):
            spent["whole"].append(_everything(scenario, store, folder))
            spent["whole_twin"].append(_twin(scenario, store))
            spent["whole_stack"].append(_stack(recording))
    targets = {"whole": 1.5, "whole_stack": 3.0}
    about = {"whole": "twin, stack and recorder", "whole_twin": "the twin alone", "whole_stack": "the stack alone"}
    for name, values in spent.items():
        told = f"{about[name]}: {NOTE}"
        factors = [each.bench_s / each.wall_s for each in values]
        yield Figure(
            name=name, unit="x real time", better="higher", values=factors, target=targets.get(name), note=told
        )
        cpu = [each.cpu_s / each.bench_s for each in values]
        yield Figure(name=f"{name}_cpu", unit="processor s/s", better="lower", values=cpu, note=told)


def visit(folder: Path) -> tuple[Scenario, Path]:
    """Return what is played, and the file of its store: the nanostore with other imagers at its cameras' places."""
    file = yaml.safe_load(find_store("nanostore").read_text())
    seeing = {name: camera for name, camera in file["cameras"].items() if camera.get("colour", True)}
    file["cameras"] = {name: _imager(seeing[name]) for name in list(seeing)[-CAMERAS:]}
    path = folder / "nanostore-16.yaml"
    path.write_text(yaml.safe_dump(file, sort_keys=False))
    return ready(read_scenario(find_scenario(SCENARIO)), {"store": str(path)})


def _imager(camera: dict[str, Any]) -> dict[str, Any]:
    """Return a camera that measures depth too, with the same lens and a sensor of the usual shape."""
    cx, cy = camera["centre_px"]
    middle = [cx, cy + (HEIGHT - camera["size_px"][1]) / 2]
    return {**camera, "size_px": [WIDTH, HEIGHT], "centre_px": middle, "depth": True}


def _run(scenario: Scenario, store: Path, folder: Path) -> RunResult:
    return run_scenario(scenario, store_path=store, record_dir=folder)


def _recording(scenario: Scenario, store: Path, folder: Path) -> Path:
    """Return a recording; the run that made it has filled all caches."""
    recording = _run(scenario, store, folder).recording
    assert recording is not None
    return recording


def _everything(scenario: Scenario, store: Path, folder: Path) -> Spent:
    """Run it as `rig run` does; physics has come to rest, and the file has yet to be judged."""
    cpu: list[CpuStopwatch] = []
    used: list[float] = []
    result = run_scenario(
        scenario,
        store_path=store,
        record_dir=folder,
        on_start=lambda _: cpu.append(CpuStopwatch()),
        on_progress=lambda _: used.append(cpu[0].seconds),
    )
    return Spent(result.simulated_ns / SECOND, result.wall_s, used[-1])


def _twin(scenario: Scenario, store: Path) -> Spent:
    with closing(Play(load_store(store), scenario.shoppers)) as play:
        watch, cpu = Stopwatch(), CpuStopwatch()
        while not play.twin.finished:
            play.tick()
        return Spent(play.now_ns / SECOND, watch.seconds, cpu.seconds)


def _stack(path: Path) -> Spent:
    """Feed a stack from a recording; what reading takes is left out."""
    recording = Recording(path)
    setup = replace(recording.setup, key=deployment_key(recording.start.seed))
    now_ns, wall_s, cpu_s = 0, 0.0, 0.0
    with closing(RecordedSource(recording)) as source, closing(ReferenceStack()) as stack:
        stack.feed([setup], 0)
        while not source.finished:
            records = [record for record in source.read(now_ns) if is_sensor(record)]
            watch, cpu = Stopwatch(), CpuStopwatch()
            stack.feed(records, now_ns)
            wall_s, cpu_s = wall_s + watch.seconds, cpu_s + cpu.seconds
            now_ns += TICK_NS
    return Spent(now_ns / SECOND, wall_s, cpu_s)
