"""Replays against the run that they replay, and the recorder against the disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.hall import customers, hall
from benchmarks.play import Play
from contracts.clock import SECOND, Stopwatch
from contracts.record import Record
from contracts.records import Bodies, Body, Frame, Setup
from contracts.run import Checkpoint, RunEnd, RunStart
from contracts.truth import TruePoses
from rig.compare.replayed import replay_and_compare
from rig.paths import find_scenario
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.run import run_scenario
from rig.scenario import read_scenarios, ready
from twin.store import load_store

SCENARIO = "scenarios/walkout/benchmark_pick.yaml"
REPEATS = 3
SPAN_S, SETTLED_S, MADE_S = 20, 14.0, 2.0


def replays() -> Iterator[Figure]:
    """A visit to the nanostore: live, then its recording replayed with all frames, then plates and joints alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scenario, store = ready(
            next(iter(read_scenarios(find_scenario(SCENARIO)))), {}, layout_of=lambda path: load_store(path).layout
        )
        run_scenario(scenario, store_path=store, record_dir=folder / "warm")
        live = run_scenario(scenario, store_path=store, record_dir=folder)
        assert live.recording is not None
        bare = without_frames(Recording(live.recording), folder / "bare.mcap")
        seconds = live.simulated_ns / SECOND
        for recording, what, note, target in (
            (live.recording, "frames", "17 cameras (22 imagers) and 306 plates through the stack", 4.0),
            (bare, "plates", "306 plates and the joints of a body tracker, no frames", 20.0),
        ):
            factors = [_factor(recording, compare=what == "frames") for _ in range(REPEATS)]
            told = f"{note}; a visit of {seconds:.0f} s"
            yield _figure(f"replay_{what}", "x real time", factors, target, told)
            ratios = [factor / live.realtime_factor for factor in factors]
            told = f"the same against the live run before it, which went {live.realtime_factor:.2f}x real time"
            yield _figure(f"replay_{what}_vs_live", "x live run", ratios, None, told)


def recorder() -> Iterator[Figure]:
    """16 cameras 640x480, colour and depth at 10 Hz, of frames made once: written, counted, read back."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        store = hall(folder, goods=1000, cameras=16, size_px=(640, 480), wire="jpeg")
        with closing(Play(store, customers(store.layout, 12))) as play:
            play.run(SETTLED_S)
            made = _frames(play)
        setup = Setup(t_ns=0, source="rig", layout=store.layout)
        path = folder / "frames.mcap"
        written = [_write(path, setup, made) for _ in range(REPEATS)]
        note = "16 cameras 640x480, JPEG and depth at 10 Hz, onto this disk, synced"
        yield _figure("recorder_16x640x480", "x real time", [SPAN_S / s for s in written], 1.5, note)
        channels = [c for c in Recording(path).channels() if c.topic.endswith(("/image", "/depth"))]
        sent = 2 * 16 * SPAN_S * 10
        lost = sent - sum(channel.count for channel in channels)
        yield _figure(
            "recorder_lost",
            "messages",
            [float(lost)],
            0.0,
            f"of {sent} images and depth pictures written",
            better="lower",
        )
        size = path.stat().st_size / 16 / 1e6 * 60 / SPAN_S
        yield _figure("recorder_mb_per_camera_minute", "MB", [size], None, "JPEG and depth, on disk", better="lower")
        data = sum(channel.bytes for channel in channels)
        rates = [data / _read(path) / 1e6 for _ in range(REPEATS)]
        yield _figure("recorder_read_mb_s", "MB/s", rates, 300.0, "every message of it, as bytes, checked")


def _figure(
    name: str, unit: str, values: Iterable[float], target: float | None, note: str, better: str = "higher"
) -> Figure:
    way = "higher" if better == "higher" else "lower"
    return Figure(name=name, unit=unit, better=way, values=list(values), target=target, note=note)


def _factor(recording: Path, *, compare: bool) -> float:
    """Return bench seconds a wall second of a replay that keeps its recording, as `rig replay` does."""
    with tempfile.TemporaryDirectory() as folder:
        replayed = replay_and_compare(recording, record_dir=Path(folder), compare=compare)
    if replayed.diverged:
        raise SystemExit("\n".join(replayed.lines))
    return replayed.run.realtime_factor


def without_frames(recording: Recording, path: Path) -> Path:
    """Write a run as a store without cameras has it, whose bodies a tracker of another maker tells."""
    with Recorder(path, replace(recording.start, renderer="")) as out:
        last_ns = 0
        for record in recording.records():
            out.write(_kept(record))
            out.tick(record.t_ns)
            last_ns = max(last_ns, record.t_ns)
        out.close("finished", now_ns=recording.end.t_ns if recording.end else last_ns)
    return path


def _kept(record: Record) -> Iterator[Record]:
    """Yield what stays of a record."""
    match record:
        case Setup():
            yield replace(record, layout=replace(record.layout, cameras=()))
        case Frame() | RunStart() | RunEnd() | Checkpoint():
            return
        case TruePoses():
            yield record
            bodies = tuple(Body(person.shopper, person.joints) for person in record.people)
            yield Bodies(t_ns=record.t_ns, source="tracker", seq=record.seq, captured_ns=record.t_ns, bodies=bodies)
        case _:
            yield record


def _frames(play: Play) -> list[list[Frame]]:
    """Return the frames of some seconds, a list a shot."""
    shots: list[list[Frame]] = []
    for _ in range(round(MADE_S * 20)):
        frames = [record for record in play.tick() if isinstance(record, Frame)]
        shots += [frames] if frames else []
    return shots


def _write(path: Path, setup: Setup, made: list[list[Frame]]) -> float:
    """Write frames, those made over and over; return the seconds until all is on the disk."""
    start = RunStart(t_ns=0, source="rig", scenario="frames", store="hall", seed=1)
    watch, seq = Stopwatch(), 0
    with Recorder(path, start) as out:
        out.write([setup])
        for shot in range(SPAN_S * 10):
            t_ns = shot * SECOND // 10
            frames = [
                replace(f, t_ns=t_ns, captured_ns=t_ns, seq=seq + k) for k, f in enumerate(made[shot % len(made)])
            ]
            seq += len(frames)
            out.write(frames)
            out.tick(t_ns)
        out.close("finished", now_ns=SPAN_S * SECOND)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return watch.seconds


def _read(path: Path) -> float:
    """Return the seconds that it takes to read every message."""
    watch = Stopwatch()
    for _ in Recording(path).entries():
        pass
    return watch.seconds
