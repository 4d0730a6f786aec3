"""Found poses as a table for people and as data for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from rich.box import SIMPLE_HEAD
from rich.table import Table

from rig.storekit.calibrate.found import AXES, Found
from rig.storekit.calibrate.words import untold

DECIMALS = {"rms_px": 2, "residual_mm": 1, "explained": 2}
TITLES = {
    "rms_px": "rms px",
    "corners": "corners",
    "residual_mm": "off mm",
    "explained": "explained",
}
"""What a table shows of the measures, in this order."""


def as_table(found: Sequence[Found]) -> Table:
    """Return where cameras truly hang as a table: shifts along and turns about the axes of the world."""
    columns = [key for key in TITLES if any(key in one.measures for one in found if one.better)]
    table = Table(
        title="where cameras truly hang",
        title_justify="left",
        box=SIMPLE_HEAD,
        padding=(0, 1),
        collapse_padding=True,
        pad_edge=False,
    )
    for name in ("", "x mm", "y mm", "z mm", "turn °", "± mm", "± °", *(TITLES[key] for key in columns)):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for one in found:
        if one.better is not None:
            table.add_row(*_row(one), *(_measure(one, key) for key in columns))
    return table


NOTE = "against the file, along the axes of the store; ± is one standard deviation in the least certain direction"


def as_text(found: Sequence[Found]) -> Iterator[str]:
    """Yield what to know beside the table."""
    if any(one.better for one in found):
        yield NOTE
    reasons: dict[str, list[str]] = {}
    for one in found:
        if one.better is None:
            reasons.setdefault(one.why, []).append(one.camera.id)
    for why, cameras in reasons.items():
        yield f"not found: {', '.join(cameras)}: {why}"
    for one in (one for one in found if one.better is not None):
        if not all(one.told):
            yield f"{one.camera.id}: cannot tell {untold(one.told)}: left as the file has them"
        if "fx_px" in one.measures:
            yield f"{one.camera.id}: lens {', '.join(_lens(one))} px"
        for note in one.notes:
            yield f"{one.camera.id}: {note}"


def _lens(one: Found) -> Iterator[str]:
    for name in ("fx", "fy", "cx", "cy"):
        yield f"{name} {one.measures[f'{name}_px']:.1f} ± {one.measures[f'{name}_sd_px']:.1f}"


def as_data(found: Sequence[Found]) -> list[dict[str, Any]]:
    """Return the findings as plain data: millimetres and degrees."""
    return [_data(one) for one in found]


def _data(one: Found) -> dict[str, Any]:
    data: dict[str, Any] = {"camera": one.camera.id, "found": one.better is not None}
    data["measures"] = {name: round(value, 4) for name, value in one.measures.items()}
    if one.better is None:
        return {**data, "why": one.why}
    position, quaternion = one.better.pose.position, one.better.pose.quaternion
    return {
        **data,
        "shift_mm": _rounded(one.shift_m * 1000, 2),
        "turn_deg": _rounded(one.turn_deg, 4),
        "sd_mm": round(one.sd_m * 1000, 2),
        "sd_deg": round(one.sd_deg, 4),
        "told": dict(zip(AXES, one.told, strict=True)),
        "at": _rounded(np.array(position), 5),
        "quaternion": _rounded(np.array(quaternion), 7),
        "notes": list(one.notes),
    }


def _rounded(values: Any, decimals: int) -> list[float]:
    return [round(float(value), decimals) + 0.0 for value in values]


def _row(one: Found) -> tuple[str, ...]:
    shifts = (f"{round(mm, 1) + 0.0:.1f}" if known else "-" for mm, known in _told_shifts(one))
    turned = f"{np.linalg.norm(one.turn_deg):.2f}" if any(one.told[3:]) else "-"
    return (one.camera.id, *shifts, turned, f"{one.sd_m * 1000:.1f}", f"{one.sd_deg:.2f}")


def _told_shifts(one: Found) -> Iterator[tuple[float, bool]]:
    yield from zip((one.shift_m * 1000).tolist(), one.told[:3], strict=True)


def _measure(one: Found, key: str) -> str:
    value = one.measures.get(key)
    return "-" if value is None else f"{value:.{DECIMALS.get(key, 0)}f}"
