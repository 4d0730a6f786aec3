"""The elevation of a gondola: boards, plates and facings as a shopper sees them, with names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from contracts.layout import Facing, Gondola, Shelf
from rig.storekit.drawing import EDGE, RACK, new_figure, save
from twin.furniture import BOARD_THICK, PLATE_THICK
from twin.stock import slots
from twin.store import Store

NAME_PT = 6
ZOOM = 3.4
"""Larger than a plan: a can is 6 cm wide and its name must be read."""
LONG = 13
DARK = 128
"""Names on colours darker than this grey are white."""


def draw_elevation(store: Store, gondola: Gondola, folder: Path) -> Path:
    """Write the elevation of a gondola; return the file."""
    figure, axes = new_figure(gondola.width_m * ZOOM, gondola.height_m * ZOOM, margin_in=(1.0, 0.8))
    half = gondola.width_m / 2
    axes.fill([-half, half, half, -half], [0, 0, gondola.height_m, gondola.height_m], color=RACK, ec=EDGE, zorder=0)
    for shelf in gondola.shelves:
        _board(axes, shelf)
        for facing in store.layout.planogram:
            if facing.shelf == shelf.id:
                _facing(axes, store, shelf, facing)
    axes.set(aspect="equal", xlim=(-half - 0.12, half + 0.05), ylim=(-0.03, gondola.height_m + 0.05))
    axes.set(xlabel="right of the middle, m", ylabel="height, m")
    axes.set_title(f"{gondola.id} of {store.layout.name}", fontsize=9)
    return save(figure, folder / f"elevation-{gondola.id}.png")


def _board(axes: Any, shelf: Shelf) -> None:
    z, half = shelf.pose.position[2], shelf.width_m / 2
    thick = BOARD_THICK + (PLATE_THICK if shelf.plates else 0.0)
    _box(axes, (-half, half), (z - thick, z), color="#777")
    for number, plate in enumerate(shelf.plates, start=1):
        x = float(shelf.pose.unapply(plate.pose.position)[0])
        _box(
            axes,
            (x - plate.width_m / 2, x + plate.width_m / 2),
            (z - PLATE_THICK, z),
            color="#cfd6dc",
            ec="#333",
            lw=0.3,
        )
        axes.text(x, z - thick / 2, str(number), fontsize=4, ha="center", va="center", color="white", zorder=4)
    axes.text(-half - 0.01, z, shelf.id.rpartition("/")[2], fontsize=6, ha="right", va="bottom")


def _facing(axes: Any, store: Store, shelf: Shelf, facing: Facing) -> None:
    """Draw the room of a facing and its front row of goods."""
    product, z = store.layout.product[facing.product], shelf.pose.position[2]
    width, _, height = product.size_m
    left, right = facing.x_m - facing.width_m / 2, facing.x_m + facing.width_m / 2
    _box(axes, (left, right), (z, z + shelf.clearance_m), color="none", ec="#999", lw=0.5, ls=":")
    colour = store.looks[facing.product].colour
    face = tuple(channel / 255 for channel in colour)
    for x in sorted({x for x, _, _ in slots(shelf, facing, product)[: facing.stock]}):
        _box(axes, (x - width / 2, x + width / 2), (z, z + height), color=face, ec="#222", lw=0.4)
    ink = "white" if sum(colour) / 3 < DARK and facing.stock else "black"
    text = f"{_broken(facing.product)}\n{product.mass_g:g} g x {facing.stock}"
    axes.text(facing.x_m, z + height / 2, text, fontsize=NAME_PT, ha="center", va="center", color=ink, zorder=5)


def _broken(name: str) -> str:
    """Return a long name on two lines, parted at the dash next to its middle."""
    dashes = [i for i, letter in enumerate(name) if letter == "-"]
    if len(name) <= LONG or not dashes:
        return name
    at = min(dashes, key=lambda i: abs(i - len(name) / 2))
    return f"{name[: at + 1]}\n{name[at + 1 :]}"


def _box(axes: Any, x: tuple[float, float], z: tuple[float, float], **style: Any) -> None:
    colour = style.pop("color")
    axes.fill([x[0], x[1], x[1], x[0]], [z[0], z[0], z[1], z[1]], fc=colour, zorder=3, **{"ec": "none", **style})
