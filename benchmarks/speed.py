"""Real-time factors: bench seconds a wall second of a whole twin, without a stack."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.hall import customers, hall
from benchmarks.plain import Plain
from benchmarks.play import TICK_NS, Blind, Play
from benchmarks.stores import nanostore, reaching, walking
from contracts.clock import SECOND, Stopwatch
from contracts.records import Frame
from contracts.shared.writer import SharedFrames

SETTLED_S = 14.0
"""By then all customers are in, and everything has been drawn once."""
REPEATS, SPAN_S = 5, 2.0
PLAIN_TICKS = 2


def cameras_640() -> Iterator[Figure]:
    """16 cameras of 640x480 at 10 Hz into shared memory, physics stepping; and the plain loop of the same store."""
    with tempfile.TemporaryDirectory() as folder:
        store = hall(Path(folder), goods=1000, cameras=16, size_px=(640, 480))
        with closing(Play(store, customers(store.layout, 12))) as play:
            ours = _delivered(play)
            plain = Plain(play.twin.world.scene, store.layout.cameras)
            spent_s = min(plain.look() for _ in range(PLAIN_TICKS))
            plain.close()
    name, note = "render_16x640x480", "16 cameras, colour, depth and ids at 10 Hz, 1000 goods, 12 shoppers"
    yield Figure(name=name, unit="x real time", better="higher", values=ours, target=4.0, note=note)
    yield Figure(
        name=f"{name}_vs_plain",
        unit="x TinyRenderer",
        better="higher",
        values=[value * spent_s / 0.1 for value in ours],
        target=100.0,
        note="the same pictures by PyBullet's own camera, drawing alone",
    )


def cameras_320() -> Iterator[Figure]:
    """48 cameras of 320x240."""
    with tempfile.TemporaryDirectory() as folder:
        store = hall(Path(folder), goods=1000, cameras=48, size_px=(320, 240))
        with closing(Play(store, customers(store.layout, 12))) as play:
            values = _delivered(play)
    note = "48 cameras, colour, depth and ids at 10 Hz, 1000 goods, 12 shoppers"
    yield Figure(name="render_48x320x240", unit="x real time", better="higher", values=values, target=3.0, note=note)


def nanostore_loop() -> Iterator[Figure]:
    """The nanostore as it is: JPEG, grain, latency, all plates."""
    store = nanostore()
    with closing(Play(store, walking(store.layout, 3))) as play:
        play.run(SETTLED_S)
        values = [_factor(play) for _ in range(REPEATS)]
    note = "17 cameras (22 imagers) with JPEG, 306 plates at 60 Hz, 3 shoppers"
    yield Figure(name="nanostore_loop", unit="x real time", better="higher", values=values, target=8.0, note=note)


def plates() -> Iterator[Figure]:
    """306 plates alone, more goods than the store's own, three shoppers at the shelves."""
    store = nanostore(goods=1500)
    with closing(Play(store, reaching(store.layout, 3), cameras=Blind)) as play:
        play.run(SETTLED_S)
        values = [_factor(play, span_s=4.0) for _ in range(REPEATS)]
        count = len(play.twin.world.scene)
    note = f"306 plates at 60 Hz, 3 shoppers reaching, 1500 goods asked for, {count} things in the scene"
    yield Figure(name="plates_306x60hz", unit="x real time", better="higher", values=values, target=10.0, note=note)


def _delivered(play: Play) -> list[float]:
    """Measure with every frame copied to shared memory, as another process gets it."""
    shared = SharedFrames(play.twin.layout)
    play.run(SETTLED_S)
    values = [_factor(play, shared) for _ in range(REPEATS)]
    shared.close()
    return values


def _factor(play: Play, shared: SharedFrames | None = None, span_s: float = SPAN_S) -> float:
    """Return bench seconds a wall second over a span."""
    watch = Stopwatch()
    for _ in range(round(span_s * SECOND / TICK_NS)):
        records = play.tick()
        if shared is not None:
            shared.put_all([record for record in records if isinstance(record, Frame)])
    return span_s / watch.seconds
