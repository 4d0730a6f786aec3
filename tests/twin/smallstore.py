"""A store of one gondola with two shelves of four plates, a turnstile and a beam: enough for the twin's own tests."""

from __future__ import annotations

import math
from pathlib import Path

from contracts.geometry import Pose
from contracts.layout import CameraInfo, Facing, GateInfo, GateKind, Gondola, Layout, Plate, Product, Shelf, Wall
from twin.store import ProductLook, Store
from twin.store_model import Light, Shape
from twin.store_noise import CameraNoise, PlateNoise

PLATE_WIDTH = 0.12
DEPTH = 0.4

PRODUCTS = (
    Product("water", "2000000000015", "Water 500 ml", 520.0, 3.0, (0.065, 0.065, 0.22), 199),
    Product("crackers", "2000000000022", "Crackers", 180.0, 1.5, (0.10, 0.05, 0.16), 299),
    Product("beans", "2000000000039", "Beans", 430.0, 2.0, (0.075, 0.075, 0.11), 149),
    Product("crisps", "2000000000046", "Crisps", 90.0, 1.0, (0.10, 0.06, 0.2), 249),
)


LOOKS = {
    "water": ProductLook(Shape.BOTTLE, (60, 120, 200)),
    "crackers": ProductLook(Shape.BOX, (200, 140, 60)),
    "beans": ProductLook(Shape.CAN, (60, 160, 80)),
    "crisps": ProductLook(Shape.BAG, (210, 60, 60)),
}


def gondola(name: str = "gondola-1", at: Pose | None = None, plates: int = 4) -> Gondola:
    pose = at or Pose.at(0.0, 1.0)
    width = plates * PLATE_WIDTH
    shelves = []
    for number, height in enumerate((0.5, 1.1), start=1):
        shelf = f"{name}/shelf-{number}"
        middle = pose.then(Pose((0.0, DEPTH / 2, height)))
        cells = tuple(
            Plate(
                f"{shelf}/plate-{i + 1}",
                middle.then(Pose(((i + 0.5) * PLATE_WIDTH - width / 2, 0.0, 0.0))),
                PLATE_WIDTH,
                DEPTH,
            )
            for i in range(plates)
        )
        shelves.append(Shelf(shelf, middle, width, DEPTH, 0.5, cells))
    return Gondola(name, pose, width, DEPTH + 0.02, 1.7, tuple(shelves))


def facing(rack: Gondola, product: str, shelf: int, plate: int, stock: int) -> Facing:
    board = rack.shelves[shelf - 1]
    cell = board.plates[plate - 1]
    x = float(board.pose.unapply(cell.pose.position)[0])
    return Facing(product, board.id, (cell.id,), x, cell.width_m, stock)


def small_store() -> Store:
    rack = gondola()
    planogram = (
        facing(rack, "water", 1, 1, 4),
        facing(rack, "crackers", 1, 2, 5),
        facing(rack, "beans", 2, 1, 4),
        facing(rack, "crisps", 2, 3, 3),
    )
    gates = (
        GateInfo("gate-in", Pose.at(-1.5, -1.0), 0.9, scanner="scanner-in", palm_reader="palm-in", screen="screen-in"),
        GateInfo("gate-out", Pose.at(1.5, -1.0, yaw=math.pi), 0.9, kind=GateKind.BEAM, entry=False, exit=True),
    )
    camera = CameraInfo("c1", Pose((0.0, 0.0, 2.6), (1.0, 0.0, 0.0, 0.0)), 64, 48, 40.0, 40.0, 32.0, 24.0)
    layout = Layout(
        name="small",
        bounds_m=(-3.0, -2.0, 3.0, 2.0),
        inside_m=(-1.5, -1.5, 1.5, 1.5),
        gondolas=(rack,),
        products=PRODUCTS,
        planogram=planogram,
        cameras=(camera,),
        gates=gates,
        walls=(Wall((-1.5, 1.5), (1.5, 1.5)),),
    )
    return Store(Path("small.yaml"), layout, LOOKS, PlateNoise(), CameraNoise(), Light())
