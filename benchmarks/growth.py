"""What a frame costs as a store grows: more goods, more shoppers, more cameras."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.figure import Figure
from benchmarks.hall import customers, hall
from benchmarks.play import Play

GOODS, PEOPLE, CAMERAS = (500, 1000, 3000), (1, 4, 12, 30), (4, 16, 48)
BASE = (1000, 4, 16)
SPAN_S, REPEATS = 1.0, 4
PICTURE = Path(__file__).parent / "results" / "growth.png"


def grow() -> Iterator[Figure]:
    """Measure each size, one thing at a time, and draw the plot; shoppers walk, and all goods are at rest."""
    found: dict[str, list[tuple[int, float]]] = {"goods": [], "shoppers": [], "cameras": []}
    for kind, (what, sizes) in enumerate(zip(found, (GOODS, PEOPLE, CAMERAS), strict=True)):
        for size in sizes:
            goods, people, cameras = (size if k == kind else BASE[k] for k in range(3))
            values = _cost_ms(goods, people, cameras)
            found[what].append((size, min(values)))
            note = f"processor time of a camera frame: {goods} goods, {people} shoppers, {cameras} cameras 320x240"
            yield Figure(name=f"frame_ms_{size}_{what}", unit="ms", better="lower", values=values, note=note)
    (_, few), (_, many) = found["goods"][0], found["goods"][-1]
    note = f"a frame with {GOODS[-1]} goods at rest against one with {GOODS[0]}; 1 is no growth"
    yield Figure(name="frame_growth_goods", unit="x", better="lower", values=[many / few], target=1.1, note=note)
    _draw(found)


def _cost_ms(goods: int, people: int, cameras: int) -> list[float]:
    """Return processor milliseconds of a camera frame, drawing and delivery, in some spans."""
    with tempfile.TemporaryDirectory() as folder:
        store = hall(Path(folder), goods=goods, cameras=cameras, size_px=(320, 240))
        with closing(Play(store, customers(store.layout, people, takes=False))) as play:
            play.run(4.0 + 2.5 * people / 4)
            return [_span_ms(play, cameras) for _ in range(REPEATS)]


def _span_ms(play: Play, cameras: int) -> float:
    started = time.process_time()
    play.run(SPAN_S)
    return (time.process_time() - started) * 1000 / (SPAN_S * 10 * cameras)


def _draw(found: dict[str, list[tuple[int, float]]]) -> None:
    """Draw one panel a kind of growth."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, len(found), figsize=(12, 3.6), sharey=True, layout="constrained")
    for axis, (what, points) in zip(axes, found.items(), strict=True):
        axis.plot(*zip(*points, strict=True), "o-", color="#2a6f97")
        axis.set_xlabel(what)
        axis.grid(alpha=0.3)
    axes[0].set_ylabel("processor ms a camera frame")
    axes[0].set_ylim(bottom=0)
    figure.suptitle("The twin's cost a camera frame (physics, shoppers, drawing, grain; 320x240)")
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, dpi=110)
    plt.close(figure)
