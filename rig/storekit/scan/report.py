"""What an alignment found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from rich.table import Table

from rig.storekit.scan.align import Alignment, Deviation
from rig.storekit.scan.fit import AXES

NOTE = (
    "right, inwards and up are the rack's own directions; a shelf is measured in its rack as that truly stands; "
    "- is what the scan cannot tell"
)


def as_table(found: Alignment) -> Table:
    """Return the deviations as a table."""
    table = Table(title="where racks and shelves truly stand")
    for name in ("", "right mm", "inwards mm", "up mm", "turn deg", "tilt deg", "shown"):
        table.add_column(name, justify="right" if name else "left", no_wrap=True)
    for rack in found.gondolas:
        table.add_row(*_row(rack), style="bold")
        for shelf in found.shelves:
            if shelf.name.startswith(f"{rack.name}/"):
                table.add_row(*_row(shelf))
    return table


def as_text(found: Alignment) -> Iterator[str]:
    """Yield how well the scan fits the store, and how to read the table."""
    placement = found.placement
    yield f"the store explains {placement.explained:.0%} of the scan, the scan shows {placement.shown:.0%} of the store"
    for rack in found.gondolas:
        if not rack.found:
            yield f"{rack.name} is not where the file has it, nor within 15 cm"
    yield NOTE


def as_data(found: Alignment) -> dict[str, Any]:
    """Return the deviations as plain data: millimetres and degrees."""
    return {
        "store_from_scan": found.placement.matrix.round(6).tolist(),
        "explained": round(found.placement.explained, 3),
        "shown": round(found.placement.shown, 3),
        "axes": AXES,
        "gondolas": [_data(rack) for rack in found.gondolas],
        "shelves": [_data(shelf) for shelf in found.shelves],
    }


def _data(deviation: Deviation) -> dict[str, Any]:
    data = asdict(deviation)
    data["shift_mm"] = [round(metres * 1000, 1) + 0.0 for metres in data.pop("shift_m")]
    data["turn_deg"] = [round(degrees, 3) + 0.0 for degrees in deviation.turn_deg]
    return {**data, "shown": round(deviation.shown, 3), "found": deviation.found}


def _row(deviation: Deviation) -> tuple[str, ...]:
    name = deviation.name.rpartition("/")[2]
    label = f"  {name}" if "/" in deviation.name else name
    if not deviation.found:
        return (label, *("-",) * 5, f"{deviation.shown:.0%}")
    shifts = [_figure(m * 1000, told, 1) for m, told in zip(deviation.shift_m, deviation.told[:3], strict=True)]
    x, y, z = deviation.turn_deg
    tilt = _figure(max(abs(x), abs(y)), deviation.told[3] or deviation.told[4], 2)
    return (label, *shifts, _figure(z, deviation.told[5], 2), tilt, f"{deviation.shown:.0%}")


def _figure(value: float, told: bool, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}" if told else "-"
