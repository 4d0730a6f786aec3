"""COCO: a JSON file a camera with boxes, masks and joints, beside its pictures.

Source: the COCO data format, https://cocodataset.org/#format-data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from pathlib import Path
from typing import Any

from contracts.clock import SECOND
from contracts.layout import CameraInfo, Layout
from rig.export.events import events
from rig.export.files import depth_png, picture, put, put_json
from rig.export.joints import BONES, OUTSIDE, Point
from rig.export.masks import packed
from rig.export.sight import Thing
from rig.export.wanted import Look, Wanted
from twin.shopper.skeleton import JOINTS

PERSON, PUSHED, FIRST_PRODUCT = 1, 2, 3


def write_coco(wanted: Wanted, folder: Path) -> int:
    """Write images/CAMERA/, depth/CAMERA/, annotations/CAMERA.json and events.json; return how many pictures."""
    layout, tracks, labels, numbers = wanted.recording.layout, Tracks(), count(1), count(1)
    products = {product.id: FIRST_PRODUCT + place for place, product in enumerate(layout.products)}
    written = 0
    for camera in wanted.cameras:
        images: list[dict[str, Any]] = []
        marks: list[dict[str, Any]] = []
        for look in wanted.looks(camera):
            image = _image(look, camera, next(numbers), folder)
            images.append(image)
            marks += [_mark(thing, image, next(labels), products, tracks) for thing in look.things]
        told = {"info": _info(wanted), "categories": categories(layout), "images": images, "annotations": marks}
        put_json(folder / "annotations" / f"{camera.id}.json", told)
        written += len(images)
    put_json(folder / "events.json", events(wanted.recording))
    return written


class Tracks:
    """Numbers names from 1, in the order in which they are asked for: one number a name, in all cameras."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def __getitem__(self, name: str) -> int:
        """Return the number of a name."""
        return self._numbers.setdefault(name, len(self._numbers) + 1)


def categories(layout: Layout) -> list[dict[str, Any]]:
    """Return what things can be: somebody, what they push, and each product."""
    bones = [[JOINTS.index(a) + 1, JOINTS.index(b) + 1] for a, b in BONES]
    people = {"id": PERSON, "name": "person", "supercategory": "person", "keypoints": list(JOINTS), "skeleton": bones}
    goods = [
        {"id": FIRST_PRODUCT + place, "name": product.id, "supercategory": "product", "title": product.name}
        for place, product in enumerate(layout.products)
    ]
    return [people, {"id": PUSHED, "name": "pushed", "supercategory": "pushed"}, *goods]


def _info(wanted: Wanted) -> dict[str, Any]:
    start = wanted.recording.start
    return {"description": f"{start.scenario} in {start.store}", "seed": start.seed, "version": "1.0"}


def _image(look: Look, camera: CameraInfo, number: int, folder: Path) -> dict[str, Any]:
    """Write a picture and its depth; return what COCO says of it, and when it was taken."""
    suffix, data = picture(look.shot.frame)
    name = f"images/{camera.id}/{look.shot.number:06d}.{suffix}"
    put(folder / name, data)
    told: dict[str, Any] = {"id": number, "file_name": name, "width": camera.width, "height": camera.height}
    told |= {"camera": camera.id, "t_s": look.shot.t_ns / SECOND}
    if depth := depth_png(look.shot.frame):
        told["depth_file"] = f"depth/{camera.id}/{look.shot.number:06d}.png"
        put(folder / told["depth_file"], depth)
    return told


def _mark(
    thing: Thing, image: dict[str, Any], number: int, products: Mapping[str, int], tracks: Tracks
) -> dict[str, Any]:
    """Return what COCO says of a thing in a picture, and who or which it is."""
    mask = thing.mask
    told = {
        "id": number,
        "image_id": image["id"],
        "category_id": PERSON if thing.person else products.get(thing.product, PUSHED),
        "segmentation": {"size": [image["height"], image["width"]], "counts": packed(mask.counts)},
        "bbox": list(mask.box),
        "area": mask.area,
        "iscrowd": 0,
        "name": thing.name,
        "track_id": tracks[thing.name],
    }
    return told | keypoints(thing.joints) if thing.person else told


def keypoints(joints: Iterable[Point]) -> dict[str, Any]:
    """Return joints as COCO writes them: x, y, and 0 outside, 1 hidden, 2 seen."""
    known = tuple(joints) or (Point(0, 0, OUTSIDE),) * len(JOINTS)
    flat = [value for point in known for value in (point.x, point.y, point.seen)]
    return {"keypoints": flat, "num_keypoints": sum(point.seen != OUTSIDE for point in known)}
