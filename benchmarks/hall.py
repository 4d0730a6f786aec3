"""A store of any size to measure in: a hall with rows of racks, wide lanes, and cameras in a grid under the ceiling."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import yaml

from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.seeds import stream
from contracts.steps import Enter, ShopperPlan, Step, Take, WalkTo
from twin.store import Store, load_store

WIDTH_M, DEPTH_M = 14.0, 11.0
RACK_M, SHELVES, PLATES = 2.4, 4, 12
COLUMNS, ROWS = 4, 3
CEILING_M = 3.0
LANES = 4
PRODUCTS = 48
STEPS = 60
"""More than anybody can do while the measurement lasts."""


def hall(folder: Path, *, goods: int, cameras: int, size_px: tuple[int, int], wire: str = "raw") -> Store:
    """Write and read a hall.

    Args:
        folder: for the file.
        goods: how many stand on its shelves; spread evenly.
        cameras: half of them look straight down, half across.
        size_px: width, height of their pictures.
        wire: what colour travels as, "raw" or "jpeg".
    """
    racks = {f"gondola-{n + 1}": _rack(n) for n in range(COLUMNS * ROWS)}
    file = {
        "about": "A hall to measure in.",
        "bounds_m": [-2.0, 0.0, WIDTH_M, DEPTH_M],
        "inside_m": [0.4, 0.1, WIDTH_M - 0.1, DEPTH_M - 0.1],
        "gondolas": racks,
        "products": {f"p{n}": _product(n) for n in range(PRODUCTS)},
        "planogram": _planogram(list(racks), goods),
        "cameras": {f"c{n + 1}": _camera(n, cameras, size_px, wire) for n in range(cameras)},
        "gates": {f"gate-{n + 1}": _gate(n) for n in range(LANES)},
    }
    path = folder / f"hall-{goods}-{cameras}x{size_px[0]}.yaml"
    path.write_text(yaml.safe_dump(file, sort_keys=False))
    return load_store(path)


def customers(layout: Layout, count: int, *, takes: bool = True) -> tuple[ShopperPlan, ...]:
    """Return shoppers who come in all at once and walk from rack to rack.

    Args:
        layout: the hall.
        count: how many.
        takes: whether they take something at every third.
    """
    draw = stream(1, "benchmark", "customers")
    spots = [(facing.product, facing.shelf) for facing in layout.planogram if facing.shelf.endswith(("-2", "-3"))]
    plans = []
    for n in range(count):
        steps: list[Step] = [Enter(gate=f"gate-{n % LANES + 1}")]
        for k in range(STEPS):
            product, shelf = spots[int(draw.integers(len(spots)))]
            steps.append(Take(product=product, place=shelf) if takes and k % 3 == 2 else WalkTo(place=shelf))
        plans.append(
            ShopperPlan(name=f"s{n + 1}", steps=tuple(steps), code=b"%d" % n, arrives_ns=n // LANES * 2 * SECOND)
        )
    return tuple(plans)


def _rack(n: int) -> dict[str, Any]:
    """Racks stand in rows, back against the next one's face, with lanes of 1.8 m between them."""
    column, row = n % COLUMNS, n // COLUMNS
    shelf = {"clearance_m": 0.3, "depth_m": 0.4, "plates": PLATES}
    return {
        "at": [2.6 + column * (RACK_M + 0.6), 2.6 + row * 2.9],
        "width_m": RACK_M,
        "depth_m": 0.44,
        "height_m": 1.6,
        "shelves": [{"z_m": 0.3 + 0.35 * k, **shelf} for k in range(SHELVES)],
    }


def _product(n: int) -> dict[str, Any]:
    round_ = n % 2
    size = [0.066, 0.066, 0.12 + 0.002 * n] if round_ else [0.10, 0.06, 0.15 + 0.001 * n]
    colour = f"#{(n * 67) % 200 + 40:02x}{(n * 131) % 200 + 40:02x}{(n * 29) % 200 + 40:02x}"
    return {
        "gtin": f"{2000000000000 + n}",
        "name": f"Product {n}",
        "mass_g": 100.0 + 17.0 * n,
        "size_m": size,
        "price_minor": 100 + n,
        "shape": "can" if round_ else "box",
        "colour": colour,
    }


def _planogram(racks: list[str], goods: int) -> dict[str, list[dict[str, Any]]]:
    """Fill one facing a plate, the first ones one deeper where the number does not divide."""
    plates = [(f"{rack}/shelf-{s + 1}", p + 1) for rack in racks for s in range(SHELVES) for p in range(PLATES)]
    each, more = divmod(goods, len(plates))
    found: dict[str, list[dict[str, Any]]] = {}
    for n, (shelf, plate) in enumerate(plates):
        stock = each + (n < more)
        if stock:
            row = found.setdefault(shelf, [])
            row.append({"product": f"p{n % PRODUCTS}", "plates": plate, "stock": stock})
    return found


def _camera(n: int, count: int, size_px: tuple[int, int], wire: str) -> dict[str, Any]:
    columns = math.ceil(math.sqrt(count * WIDTH_M / DEPTH_M))
    rows = math.ceil(count / columns)
    x = WIDTH_M * (n % columns + 0.5) / columns
    y = DEPTH_M * (n // columns + 0.5) / rows
    across = n % 2
    middle = (WIDTH_M / 2, DEPTH_M / 2)
    target = [x + 0.3 * (middle[0] - x) + 0.5, y + 0.3 * (middle[1] - y) + 0.5, 0.8] if across else [x, y, 0.0]
    return {
        "at": [x, y, CEILING_M],
        "looks_at": target,
        "size_px": list(size_px),
        "vertical_fov_deg": 72.0,
        "depth": True,
        "latency": "50 ms",
        "wire": wire,
    }


def _gate(n: int) -> dict[str, Any]:
    return {
        "at": [0.0, 1.5 + 2.5 * n],
        "width_m": 0.9,
        "kind": "turnstile",
        "entry": True,
        "exit": True,
        "scanner": f"scanner-{n + 1}",
    }
