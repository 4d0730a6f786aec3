"""Shops drawn at random: two racks, products of any look and size, cameras of any height, tilt and resolution."""

from __future__ import annotations

import colorsys
from typing import Any

from numpy.random import Generator

from contracts.seeds import stream

SIZES: tuple[tuple[int, int], ...] = ((320, 240), (640, 480))
SHELVES = ((0.45, 0.30), (0.80, 0.30), (1.15, 0.32))
"""Height and free height of the boards, metres."""
PLATES, WIDTH_M = 9, 1.8
FACINGS = (("1-2", 0.36), ("3-4", 0.36), ("5-7", 0.54), ("8-9", 0.36))
"""Plates of the facings of a board, and how wide they are, metres."""
WORDS = ("Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Glen", "Heath", "Isle", "Juniper", "Kelp", "Linden")


def shop(seed: int) -> dict[str, Any]:
    """Return a store in the form of its file.

    Args:
        seed: of everything that is drawn.
    """
    draw = stream(seed, "goods", "shop")
    products: dict[str, Any] = {}
    planogram: dict[str, Any] = {}
    for rack in (1, 2):
        for number in range(1, len(SHELVES) + 1):
            facings = []
            for plates, _ in FACINGS:
                name = f"product-{seed}-{len(products) + 1}"
                products[name] = _product(draw, products)
                facings.append({"product": name, "plates": plates, "stock": 4})
            planogram[f"gondola-{rack}/shelf-{number}"] = facings
    size = SIZES[seed % len(SIZES)]
    return {
        "about": "A shop drawn at random, to learn from",
        "currency": "EUR",
        "bounds_m": [-2.0, 0.0, 4.9, 3.5],
        "inside_m": [0.4, 0.1, 4.6, 3.3],
        "gondolas": {f"gondola-{rack}": _rack(rack) for rack in (1, 2)},
        "products": products,
        "planogram": planogram,
        "cameras": {f"c{n + 1}": _camera(draw, 0.9 + 1.3 * n, size) for n in range(3)},
        "gates": {
            "gate-in": {"at": [0.3, 0.9], "width_m": 0.65, "kind": "turnstile", "entry": True, "scanner": "scanner-in"},
            "gate-out": {"at": [0.3, 1.9], "width_m": 0.65, "kind": "beam", "exit": True},
        },
        "walls": [{"from": [0.3, a], "to": [0.3, b], "height_m": 1.1} for a, b in ((0.0, 0.575), (1.225, 1.575))],
    }


def _rack(number: int) -> dict[str, Any]:
    boards = [{"z_m": z, "clearance_m": free, "depth_m": 0.40, "plates": PLATES} for z, free in SHELVES]
    x = 1.7 + 1.85 * (number - 1)
    return {"at": [x, 3.0], "yaw_deg": 0, "width_m": WIDTH_M, "depth_m": 0.44, "height_m": 1.5, "shelves": boards}


def _product(draw: Generator, others: dict[str, Any]) -> dict[str, Any]:
    """Draw a product; one in three looks nearly like one before it, as flavours do, or shares its form."""
    shape = str(draw.choice(["box", "can", "bottle", "bag"]))
    wide = {"box": (0.05, 0.15), "can": (0.05, 0.09), "bottle": (0.06, 0.09), "bag": (0.12, 0.18)}[shape]
    tall = {"box": (0.06, 0.24), "can": (0.08, 0.16), "bottle": (0.16, 0.26), "bag": (0.12, 0.22)}[shape]
    w, h = float(draw.uniform(*wide)), float(draw.uniform(*tall))
    deep = w if shape in ("can", "bottle") else w * float(draw.uniform(0.35, 0.8))
    size = [round(w, 3), round(deep, 3), round(h, 3)]
    if others and draw.random() < 1 / 3:
        twin = list(others.values())[int(draw.integers(len(others)))]
        shape, size = twin["shape"], twin["size_m"]
    number = len(others) + 1
    return {
        "gtin": f"2{int(draw.integers(10**11, 10**12 - 1))}",
        "name": " ".join(str(word) for word in draw.choice(WORDS, 3)),
        "mass_g": 100 + 37 * number,
        "size_m": size,
        "price_minor": 100,
        "shape": shape,
        "colour": _colour(draw),
    }


def _colour(draw: Generator) -> str:
    """Draw a colour; one in four is dull: white, grey, brown, black."""
    dull = draw.random() < 0.25
    saturation = draw.uniform(0.0, 0.3) if dull else draw.uniform(0.45, 0.95)
    rgb = colorsys.hsv_to_rgb(draw.random(), saturation, draw.uniform(0.2 if dull else 0.5, 0.98))
    return "#" + "".join(f"{round(255 * c):02x}" for c in rgb)


def _camera(draw: Generator, x: float, size: tuple[int, int]) -> dict[str, Any]:
    high, before = float(draw.uniform(2.3, 3.2)), float(draw.uniform(0.3, 1.3))
    towards = float(draw.uniform(-0.3, 0.6))
    at = [round(x, 3), round(3.0 - before, 3), round(high, 3)]
    aim = [round(x + float(draw.uniform(-0.4, 0.4)), 3), round(3.0 - before + towards, 3), 0.0]
    return {
        "at": at, "looks_at": aim, "picture_top": [0, 1, 0], "size_px": list(size),
        "vertical_fov_deg": round(float(draw.uniform(62, 92))), "depth": True, "latency": "50 ms",
    }  # fmt: skip
