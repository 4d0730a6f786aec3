"""Write the NanoStore as our store file, from the published facts of the real store.

    python ci/make_nanostore.py STORE_JSON > fixtures/stores/nanostore.yaml

The real store (AiFi NanoStore, CPS-IoT Week 2020 AutoCheckout competition) gives racks, shelves, plates, cameras,
planogram, names and masses. Entrance, walls, sizes, colours, prices and stock are ours, by the rules below.
"""

from __future__ import annotations

import colorsys
import hashlib
import json
import math
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from contracts.geometry import Pose

DEPTH_IMAGE = (320, 180)
COLOUR_IMAGE = (640, 360)
GAP_M = 0.004
FREE_ABOVE_M = 0.04
WRONG_MASS_G = {"853328005031": 640.0}  # the catalogue says 1.6 g; a full half-litre glass bottle weighs about this
NO_PRODUCT = "UNKOWN"  # spelt so in the source; a placeholder without mass


@dataclass(frozen=True)
class Kind:
    """Proportions of a package: shape, grams in a cubic centimetre of its bounding box, width : depth : height.

    Our own, after packages of known size: a 12 oz can is 66 x 66 x 122 mm and 370 g, a 0.5 l bottle 65 x 65 x 206 mm.
    """

    shape: str
    density: float
    width: float
    depth: float
    height: float


KINDS = {
    "can": Kind("can", 0.70, 1, 1, 1.85),
    "slim-can": Kind("can", 0.72, 1, 1, 2.4),
    "tube": Kind("can", 0.15, 1, 1, 3.0),
    "cup": Kind("can", 0.33, 1, 1, 0.9),
    "bottle": Kind("bottle", 0.62, 1, 1, 3.2),
    "carton": Kind("box", 0.85, 1, 0.8, 2.4),
    "box": Kind("box", 0.10, 1, 0.4, 1.4),
    "snack": Kind("box", 0.30, 1, 0.5, 1.1),
    "bag": Kind("bag", 0.035, 1, 0.4, 1.35),
    "pouch": Kind("bag", 0.14, 1, 0.35, 1.3),
}


def main() -> None:
    """Print the store file."""
    store = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    lines = [*_head(store), *_gondolas(store), *_products(store), *_planogram(store), *_cameras(store), *_entrance()]
    print("\n".join([*lines, *_noise()]))


def _head(store: dict[str, Any]) -> Iterator[str]:
    x0, y0, x1, y1 = store["world_bounds_m"]
    yield "# Written by ci/make_nanostore.py; change that, not this."
    yield "about: The AiFi NanoStore of the 2020 AutoCheckout competition, with an entrance of our own"
    yield "currency: USD"
    yield f"bounds_m: {[min(x0, -2.8), y0, x1, y1]}  # as surveyed, and the street on the left"
    yield "inside_m: [-0.2, -1.4, 4.5, 0.08]"


def _gondolas(store: dict[str, Any]) -> Iterator[str]:
    yield "\ngondolas:"
    for rack in store["gondolas"]:
        width, panel, height = rack["size"]
        yaw = rack["rotation"][2]
        deep = max(-shelf["position"][1] for shelf in rack["shelves"])
        # The survey names the left rear corner; ours is the middle of the front edge.
        turn = np.array([[math.cos(yaw), -math.sin(yaw)], [math.sin(yaw), math.cos(yaw)]])
        x, y = (np.array(rack["position"][:2]) + turn @ [width / 2, -deep]).tolist()
        yield f"  gondola-{rack['id']}:"
        yield f"    at: [{x:.4f}, {y:.4f}]"
        yield f"    yaw_deg: {math.degrees(yaw):.1f}"
        yield f"    width_m: {width}\n    depth_m: {deep + panel:.4f}\n    height_m: {height}\n    shelves:"
        for shelf in rack["shelves"]:
            assert shelf["rotation"] == [0.0, 0.0, 0.0]
            assert len({plate["width"] for plate in shelf["plates"]}) == 1
            z, (_, depth, clearance) = shelf["position"][2], shelf["size"]
            yield f"      - {{z_m: {z}, clearance_m: {clearance}, depth_m: {depth}, plates: {len(shelf['plates'])}}}"


# --- goods ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Room:
    """The tightest place that the planogram gives a product, in metres."""

    width: float = 0.3
    height: float = 0.3


def _catalogue() -> dict[str, tuple[str, str]]:
    """Return our id and kind of package by barcode."""
    text = Path(__file__).with_name("nanostore_products.txt").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return {gtin: (id_, kind) for gtin, id_, kind in rows}


def _rooms(store: dict[str, Any]) -> dict[str, Room]:
    shelves = {(rack["id"], shelf["index"]): shelf for rack in store["gondolas"] for shelf in rack["shelves"]}
    rooms: dict[str, Room] = {}
    for facing in store["planogram"]:
        gondola, shelf, _ = facing["plates"][0]
        before = rooms.get(facing["product"], Room(9, 9))
        width, height = facing["size"][0], shelves[gondola, shelf]["size"][2] - FREE_ABOVE_M
        rooms[facing["product"]] = Room(min(width, before.width), min(height, before.height))
    return rooms


def _size(mass_g: float, kind: Kind, room: Room) -> tuple[float, float, float]:
    """Return width, depth, height in metres of a package, no larger than its room, and two behind one another."""
    scale = (mass_g / kind.density / (kind.width * kind.depth * kind.height)) ** (1 / 3) / 100
    width = min(scale * kind.width, room.width - 2 * GAP_M)
    depth = min(scale * kind.depth, 0.19)
    if kind.shape in ("can", "bottle"):
        width = depth = min(width, depth)
    height = min(scale * kind.height, room.height)
    return round(width, 3), round(depth, 3), math.floor(height * 1000) / 1000


def _drawn(gtin: str, what: str) -> int:
    """Return a number that depends on the barcode alone."""
    return int.from_bytes(hashlib.sha256(f"{what} {gtin}".encode()).digest()[:4], "big")


def _products(store: dict[str, Any]) -> Iterator[str]:
    ids, rooms = _catalogue(), _rooms(store)
    yield "\nproducts:"
    for gtin, (id_, kind_name) in ids.items():
        kind, product = KINDS[kind_name], store["products"][gtin]
        mass = WRONG_MASS_G.get(gtin, product["mass_g"])
        red, green, blue = colorsys.hsv_to_rgb(_drawn(gtin, "hue") % 360 / 360, 0.75, 0.85)
        colour = f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
        price = 99 + 10 * (_drawn(gtin, "price") % 81)
        size = list(_size(mass, kind, rooms.get(gtin, Room())))
        name = json.dumps(" ".join(product["name"].split()), ensure_ascii=False)
        yield f"  {id_}:"
        yield f'    {{gtin: "{gtin}", name: {name}, mass_g: {mass}, size_m: {size},'
        yield f'     price_minor: {price}, shape: {kind.shape}, colour: "{colour}"}}'
    missing = store["products"].keys() - ids.keys() - {NO_PRODUCT}
    assert not missing, f"products without an id: {sorted(missing)}"


def _planogram(store: dict[str, Any]) -> Iterator[str]:
    ids = _catalogue()
    shelves: dict[tuple[int, int], list[tuple[int, int, str | None]]] = {}
    for facing in store["planogram"]:
        (gondola, shelf, first), (_, _, last) = facing["plates"][0], facing["plates"][-1]
        shelves.setdefault((gondola, shelf), []).append((first, last, facing["product"]))
    yield "\nplanogram:"
    for (gondola, shelf), row in sorted(shelves.items()):
        stocked = [(first, last, product) for first, last, product in sorted(row) if product is not None]
        yield f"  gondola-{gondola}/shelf-{shelf}:" + (
            "" if stocked else " []  # one facing, to which no product is assigned"
        )
        for first, last, product in stocked:
            plates = f'"{first}-{last}"' if last > first else str(first)
            stock = 3 + _drawn(product, f"stock {gondola} {shelf} {first}") % 3
            yield f"    - {{product: {ids[product][0]}, plates: {plates}, stock: {stock}}}"


# --- cameras and entrance ------------------------------------------------------------------------


def _cameras(store: dict[str, Any]) -> Iterator[str]:
    yield "\ncameras:  # poses and intrinsics as surveyed; an RGB-D camera is two imagers"
    for camera in store["cameras"]:
        name = str(camera["id"])
        depth = name.endswith("-depth")
        width, height = DEPTH_IMAGE if depth else COLOUR_IMAGE
        matrix = np.eye(4)
        matrix[:3, :3] = camera["R_world_from_camera"]
        quaternion = [round(value, 6) for value in Pose.from_matrix(matrix).quaternion]
        (fx, _, cx), (_, fy, cy), _ = camera["K_normalised"]
        yield f"  c{name}:"
        yield f"    at: {camera['position']}\n    quaternion: {quaternion}"
        yield f"    size_px: [{width}, {height}]"
        yield f"    focal_px: [{fx * width:.4f}, {fy * height:.4f}]"
        yield f"    centre_px: [{cx * width:.4f}, {cy * height:.4f}]"
        if any(camera["distortion_k1k2p1p2k3"]):
            yield f"    distortion: {camera['distortion_k1k2p1p2k3']}"
        if depth:
            yield "    colour: false\n    depth: true"
        yield "    latency: 50 ms"


def _entrance() -> Iterator[str]:
    """Yield two lanes side by side at the left end, and walls so that nobody gets in or out beside them."""
    yield ENTRANCE.strip("\n").format(**LANES)


# As near to the racks, and so to the depth imagers, as leaves room to walk in: a head 1.7 m high is seen 0.2 m
# behind the entry line, and up to the exit line.
LANES = {"line": -0.30, "street": -0.90, "end": -0.2, "in_y": -0.22, "out_y": -0.87}
LANES |= {"top": 0.105, "mid": -0.545, "low": -1.195}

ENTRANCE = """

gates:
  gate-in:
    {{at: [{line}, {in_y}], width_m: 0.65, kind: turnstile, entry: true,
     scanner: scanner-in, palm_reader: palm-in, screen: screen-in}}
  gate-out:
    {{at: [{line}, {out_y}], width_m: 0.65, kind: beam, exit: true}}

walls:
  # railings that flank the lanes
  - {{from: [{street}, {top}], to: [{end}, {top}], height_m: 1.0}}
  - {{from: [{street}, {mid}], to: [{end}, {mid}], height_m: 1.0}}
  - {{from: [{street}, {low}], to: [{end}, {low}], height_m: 1.0}}
  # the front, beside the lanes
  - {{from: [{line}, 0.53], to: [{line}, {top}], height_m: 2.1}}
  - {{from: [{line}, {low}], to: [{line}, -1.45], height_m: 1.1}}
  # behind the racks, the right end, and a low one along the aisle: the cameras on that side look over it
  - {{from: [{line}, 0.53], to: [4.96, 0.53], height_m: 2.1}}
  - {{from: [4.96, 0.53], to: [4.96, -1.45], height_m: 2.1}}
  - {{from: [{line}, -1.45], to: [4.96, -1.45], height_m: 1.1}}
"""


# --- noise ---------------------------------------------------------------------------------------

# Measured on the public log of this store (AutoCheckout BENCHMARK-1): the mean over a shelf's plates in the four
# seconds in which its shopper stands still, and what the eight seconds add in which he walks; lowest shelf first.
# Gondola 5 and the top shelf of gondola 3 are not in the log; that shelf is taken as the one below it.
RACKS = {
    "gondola-1": (7.8, (0.46, 0.40, 1.13, 1.92, 2.01, 2.24), (1.93, 1.94, 6.73, 7.56, 9.69, 13.83)),
    "gondola-2": (24.4, (0.38, 0.63, 0.69, 0.48, 0.58, 1.06), (1.00, 1.13, 0.96, 1.31, 1.08, 0.87)),
    "gondola-3": (16.5, (0.63, 1.45, 0.39, 0.65, 0.66, 0.66), (1.21, 1.56, 0.95, 2.19, 2.29, 2.29)),
    "gondola-4": (18.0, (2.04, 1.32, 0.64, 0.71, 0.54, 0.56), (2.85, 3.07, 0.86, 0.77, 1.30, 1.79)),
}


def _noise() -> Iterator[str]:
    """Yield what the real racks showed; every other number of the noise is the default, which is this store's too."""
    yield "\nnoise:\n  plates:\n    racks:  # from the public log of this store: walkers swing them at hz"
    for id_, (hz, still, tread) in RACKS.items():
        yield f"      {id_}:\n        {{hz: {hz}, still_g: {list(still)},\n         tread_g: {list(tread)}}}"


if __name__ == "__main__":
    main()
