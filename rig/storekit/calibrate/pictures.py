"""Finds the pictures of each camera by their names, and reads them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.document import nearest
from contracts.errors import BadFile, UsageError
from contracts.layout import CameraInfo, Layout

SUFFIXES = (".png", ".jpg", ".jpeg")
NAMING = "c1.png, c1-*.jpg or c1/*.png for the pictures of camera c1"

Grey = NDArray[np.uint8]
Colours = np.ndarray[Any, np.dtype[np.uint8]]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture.

    Args:
        path: its file.
        camera: the id of the camera that took it.
        about: the rest of its name: a board's, or anything.
    """

    path: Path
    camera: str
    about: str


def find_pictures(places: Sequence[Path], layout: Layout) -> tuple[Picture, ...]:
    """Return all pictures in some folders and among some files, by camera in the order of the layout, then by name.

    Raises:
        UsageError: nothing is there, or a picture is of no camera of the store.
    """
    named = [(path, _named(path, layout)) for path in _files(places)]
    wrong = [path for path, picture in named if picture is None]
    if wrong:
        raise UsageError(
            f"{len(wrong)} pictures are of no camera of the store",
            where=str(wrong[0]),
            expected=NAMING,
            found=f"cameras {', '.join(layout.camera) or 'none'}",
            hint=nearest(wrong[0].stem, layout.camera),
        )
    pictures = [picture for _, picture in named if picture]
    if not pictures:
        raise UsageError(
            "no pictures", where=", ".join(map(str, places)), expected=NAMING, found=f"no {', '.join(SUFFIXES)}"
        )
    order = {id_: i for i, id_ in enumerate(layout.camera)}
    return tuple(sorted(pictures, key=lambda picture: (order[picture.camera], str(picture.path))))


def read_picture(picture: Picture, camera: CameraInfo) -> Colours:
    """Return a picture (H, W, 3) BGR.

    Raises:
        BadFile: it cannot be read, or is not as large as the camera's pictures.
    """
    image = cv2.imdecode(np.frombuffer(picture.path.read_bytes(), np.uint8), cv2.IMREAD_COLOR)
    if image is None:
        raise BadFile("not a picture", file=picture.path, expected="a PNG or JPEG file", found="damaged data")
    height, width = image.shape[:2]
    if (width, height) != (camera.width, camera.height):
        raise BadFile(
            f"the picture is not as large as those of camera {camera.id}",
            file=picture.path,
            expected=f"{camera.width} x {camera.height}, as the store file says",
            found=f"{width} x {height}",
            hint="take pictures in the mode that the store runs in; focal lengths in pixels hold for that size",
        )
    return np.asarray(image, np.uint8)


def _files(places: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for place in places:
        if place.is_dir():
            files += [path for path in sorted(place.rglob("*")) if path.suffix.lower() in SUFFIXES]
        elif place.is_file():
            files.append(place)
        else:
            raise UsageError("no such pictures", where=str(place), expected="a folder or a picture", found="nothing")
    return files


def _named(path: Path, layout: Layout) -> Picture | None:
    """Return whose picture a file is: by the folder, else by the beginning of its name, the longest id first."""
    if path.parent.name in layout.camera:
        return Picture(path, path.parent.name, path.stem)
    for id_ in sorted(layout.camera, key=len, reverse=True):
        match = re.fullmatch(rf"{re.escape(id_)}(?:[-_.](.*))?", path.stem)
        if match:
            return Picture(path, id_, match[1] or "")
    return None
