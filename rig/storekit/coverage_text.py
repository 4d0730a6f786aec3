"""The figures of camera coverage, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from contracts.geometry import Floats
from rig.storekit.coverage import MOST, Coverage, share_seen
from rig.storekit.sight import Sense


def as_data(found: Coverage) -> dict[str, Any]:
    """Return the figures as plain data; shares are 0 to 1."""
    return {
        "store": found.layout.name,
        "cells": int(found.grid.free.sum()),
        "floor": [
            {"height_m": height, "sense": sense, **_shares(count)} for (height, sense), count in found.floor.items()
        ],
        "fronts": [
            {"shelf": shelf, "sense": sense, **_shares(count)} for (shelf, sense), count in found.fronts.items()
        ],
        "cameras": [{"camera": camera, "floor": round(share, 4)} for camera, share in found.alone.items()],
    }


def as_text(found: Coverage) -> Iterator[str]:
    """Yield the figures, a line each; fronts only where fewer than two cameras see all of them."""
    head = ", ".join(f">= {n}" for n in range(1, MOST + 1))
    yield f"sales floor of {found.layout.name}: {int(found.grid.free.sum())} cells of 10 cm, seen by {head} cameras"
    for (height, sense), count in found.floor.items():
        if _has(found, sense):
            yield f"  {sense:6} at {height:.2f} m: {_line(count)}"
    for sense in Sense:
        if _has(found, sense):
            yield from _front_lines(found, sense)


def _front_lines(found: Coverage, sense: Sense) -> Iterator[str]:
    fronts = {shelf: count for (shelf, of), count in found.fronts.items() if of is sense}
    weak = {shelf: count for shelf, count in fronts.items() if share_seen(count, 2) < 1}
    yield f"shelf fronts, {sense}: {len(fronts) - len(weak)} of {len(fronts)} are seen in full by two cameras"
    for shelf, count in weak.items():
        yield f"  {shelf:22} {_line(count)}"


def _has(found: Coverage, sense: Sense) -> bool:
    return any(camera.colour if sense is Sense.COLOUR else camera.depth for camera in found.layout.cameras)


def _shares(count: Floats) -> dict[str, Any]:
    shares = {str(n): round(share_seen(count, n), 4) for n in range(1, MOST + 1)}
    return {"seen_by": shares, "mean_cameras": round(float(count.mean()), 3)}


def _line(count: Floats) -> str:
    return "  ".join(f"{share_seen(count, n):6.1%}" for n in range(1, MOST + 1))
