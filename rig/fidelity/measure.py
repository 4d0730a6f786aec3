"""What a log of plates with one pick looks like in figures: noise, its colour, and what the pick did to the shelf."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.signal import welch

from contracts.geometry import Floats
from contracts.layout import shelf_of
from rig.fidelity.log import PickLog, Trace

BANDS_HZ = ((0.3, 2.0), (2.0, 5.0), (5.0, 10.0), (10.0, 15.0), (15.0, 20.0), (20.0, 25.0), (25.0, 30.0))
ENDS_S = 2.0
"""Drift is the mean of the last two seconds less that of the first two."""
AT_ONCE_S = 0.6
"""Before the shopper's next step: what moves then, the pick moved."""
SWING_S = 5.0
QUIET_S = 1.0
"""A pick's levels: the median of so long before the hand comes, and at the end."""
HAND_S = 1.2
LOOK_S = 0.25
CALM = 1.5
"""Settled: the shelf moves at most so many times as much as while nobody does anything."""
LOUD_STEPS = 6.0
"""Repeats are counted on plates whose noise is so many converter steps: others often say the same twice by chance."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A log in figures, and the curves behind them.

    Args:
        figures: by name; units are in `rig.fidelity.bands`.
        idle_g: (plates,) standard deviation in windows of 1 s, median over time; the picked shelf is left out.
        hertz: (bins,) frequencies.
        density: (bins,) mean over plates of their spectra, each of area 1.
        shelves: median idle standard deviation of each shelf, by id.
    """

    figures: dict[str, float]
    idle_g: Floats
    hertz: Floats
    density: Floats
    shelves: dict[str, float] = field(default_factory=dict)


def measure(log: PickLog) -> Measured:
    """Measure a log."""
    picked = shelf_of(log.plate)
    idle = [(trace, [c for c, plate in enumerate(trace.plates) if shelf_of(plate) != picked]) for trace in _all(log)]
    parts = [_windows(trace.grams[:, columns], trace.hz) for trace, columns in idle]
    # Gondolas send by turns: one may have a window more.
    windows = np.concatenate([part[: min(map(len, parts))] for part in parts], axis=1)
    sd = np.median(windows, axis=0)
    before = [trace.between(trace.started_s, log.pick_s - HAND_S).grams[:, columns] for trace, columns in idle]
    hertz, density = _spectrum(before, log.rack.hz)
    figures = {
        **_spread(sd),
        "still SD, median": float(np.median(np.quantile(windows, 0.2, axis=0))),
        "stirred SD, median": float(np.median(np.quantile(windows, 0.9, axis=0))),
        **_colour(before),
        **_shares(hertz, density),
        **_drift([trace.grams[:, columns] for trace, columns in idle], log.rack.hz),
        **_messages(log),
        **_pick(log),
    }
    return Measured(figures, sd, hertz, density, _by_shelf(log))


def _all(log: PickLog) -> list[Trace]:
    return [log.traces[name] for name in sorted(log.traces)]


def _windows(grams: Floats, hz: float) -> Floats:
    """Return (windows, plates) standard deviations in windows of 1 s."""
    size = round(hz)
    whole = len(grams) // size
    return np.asarray(grams[: whole * size].reshape(whole, size, -1).std(axis=1))


def _spread(sd: Floats) -> dict[str, float]:
    """Return the distribution of idle standard deviations over plates."""
    at = {"smallest": 0.0, "median": 0.5, "p90": 0.9, "p99": 0.99, "largest": 1.0}
    return {f"idle SD, {name}": float(np.quantile(sd, part)) for name, part in at.items()}


def _by_shelf(log: PickLog) -> dict[str, float]:
    medians: dict[str, float] = {}
    for trace in _all(log):
        sd = np.median(_windows(trace.grams, trace.hz), axis=0)
        medians |= {shelf: float(np.median(sd[trace.columns(shelf)])) for shelf in trace.shelves}
    return medians


def _colour(parts: list[Floats]) -> dict[str, float]:
    """Return the lag-1 correlation, 5 and 95 % over plates."""
    found = [
        float(np.corrcoef(column[1:], column[:-1])[0, 1]) for grams in parts for column in grams.T if column.std() > 0
    ]
    return {"lag-1 correlation, p5": float(np.quantile(found, 0.05)), "lag-1 correlation, p95": _q95(found)}


def _q95(values: list[float]) -> float:
    return float(np.quantile(values, 0.95))


def _spectrum(parts: list[Floats], hz: float) -> tuple[Floats, Floats]:
    """Return frequencies, and the mean over plates of their spectra, each of area 1."""
    found = []
    for grams in parts:
        hertz, power = welch(grams, hz, nperseg=min(128, len(grams)), axis=0)
        found.append(power[1:] / power[1:].sum(axis=0))
    return np.asarray(hertz[1:]), np.asarray(np.concatenate(found, axis=1).mean(axis=1))


def _shares(hertz: Floats, density: Floats) -> dict[str, float]:
    """Return which part of the noise lies in which band."""
    return {
        f"spectrum {low:g}-{high:g} Hz": float(density[(hertz >= low) & (hertz < high)].sum()) for low, high in BANDS_HZ
    }


def _drift(parts: list[Floats], hz: float) -> dict[str, float]:
    size = round(ENDS_S * hz)
    moved = np.concatenate([np.abs(grams[-size:].mean(axis=0) - grams[:size].mean(axis=0)) for grams in parts])
    return {"drift, median": float(np.median(moved)), "drift, largest": float(moved.max())}


def _messages(log: PickLog) -> dict[str, float]:
    """Return the converter's step, how often it repeats itself, and how messages jitter."""
    steps, repeats = [], []
    for trace in _all(log):
        jumps = np.abs(np.diff(trace.grams, axis=0))
        # Of heavy plates the last bits of a float32 are lost.
        smallest = float(jumps[jumps > 0.01].min())
        step = float(np.median(jumps[(jumps > 0.01) & (jumps < 1.5 * smallest)]))
        steps.append(step)
        loud = np.median(_windows(trace.grams, trace.hz), axis=0) > LOUD_STEPS * step
        repeats += (jumps[:, loud] < step / 2).mean(axis=0).tolist()
    jitter = [float(np.diff(trace.late_s).std()) * 1000 for trace in _all(log)]
    late = np.concatenate([trace.late_s for trace in _all(log)])
    return {
        "converter step": float(np.median(steps)),
        "repeated samples": float(np.mean(repeats)) if repeats else 0.0,
        "message latency, median": float(np.median(late)) * 1000,
        "message jitter": float(np.median(jitter)),
    }


# --- the pick ------------------------------------------------------------------------------------


def _pick(log: PickLog) -> dict[str, float]:
    """Return what the pick did to its plate, its shelf and its rack."""
    rack, column = log.rack, log.rack.plates.index(log.plate)
    base = _level(rack, log.pick_s - HAND_S - QUIET_S, log.pick_s - HAND_S)
    end_s = float(rack.seconds[-1])
    end = _level(rack, end_s - QUIET_S, end_s) - base
    mine = [c for c in rack.columns(shelf_of(log.plate)) if c != column]
    swing, at_once = (_swing(rack, base, log.pick_s, span_s) for span_s in (SWING_S, AT_ONCE_S))
    others = [swing[rack.columns(shelf)].max() for shelf in rack.shelves if shelf != shelf_of(log.plate)]
    return {
        "pick, change": float(end[column]),
        "pick, error": float(-end[column] - log.mass_g),
        "pick, neighbours' largest end offset": float(np.abs(end[mine]).max()),
        "pick, settling": _settling_s(rack, mine, log.pick_s),
        "swing at once, same shelf, median": float(np.median(at_once[mine])),
        "swing at once, same shelf, largest": float(at_once[mine].max()),
        "swing in 5 s, same shelf, smallest": float(swing[mine].min()),
        "swing in 5 s, same shelf, median": float(np.median(swing[mine])),
        "swing in 5 s, same shelf, largest": float(swing[mine].max()),
        "swing in 5 s, other shelves, smallest": float(min(others)),
        "swing in 5 s, other shelves, largest": float(max(others)),
    }


def _level(trace: Trace, start_s: float, end_s: float) -> Floats:
    return np.asarray(np.median(trace.between(start_s, end_s).grams, axis=0))


def _swing(trace: Trace, base: Floats, pick_s: float, span_s: float) -> Floats:
    """Return (plates,) how far each went from its level in some time after the pick, grams."""
    return np.asarray(np.abs(trace.between(pick_s - 0.1, pick_s + span_s).grams - base).max(axis=0))


def _settling_s(trace: Trace, columns: list[int], pick_s: float) -> float:
    """Return how long after the pick its shelf has calmed down for the first time."""
    size = round(LOOK_S * trace.hz)
    still = np.quantile(_restless(trace.grams[:, columns], size), 0.2)
    after = _restless(trace.between(pick_s, pick_s + SWING_S).grams[:, columns], size)
    calm = np.flatnonzero(after <= CALM * still)
    return float(calm[0] if len(calm) else len(after)) / trace.hz


def _restless(grams: Floats, size: int) -> Floats:
    """Return how much a shelf moves in every window of some samples: the mean over plates."""
    return np.asarray(np.lib.stride_tricks.sliding_window_view(grams, size, axis=0).std(axis=-1).mean(axis=1))
