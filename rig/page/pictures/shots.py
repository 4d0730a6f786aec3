"""Turns the frames of some cameras into shots for the page."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np

from contracts.record import Record
from contracts.records import Frame, Setup
from rig.page.model.part import Batch
from rig.page.pictures.choose import chosen
from rig.page.pictures.patches import Picture, boxes
from rig.page.pictures.shot import Shot, part
from rig.view.frames import picture_of

WIDTH = 320
"""Pixels: a tile of a laptop's page, and a phone's whole width."""
# A key picture lasts while less than this share of it has changed.
FRESH = 0.45


class Shots:
    """Collects shots of the chosen cameras.

    Args:
        period_ns: least time between two of one camera.
        cameras: which; none = those that see most of the store.
        most: how many are chosen then.
    """

    def __init__(self, period_ns: int, cameras: tuple[str, ...] = (), most: int = 6) -> None:
        self.cameras = cameras
        self.made: list[Shot] = []
        self._period_ns, self._most = period_ns, most
        self._due_ns: dict[str, int] = {}
        self._key: dict[str, Picture] = {}

    def take(self, record: Record) -> None:
        """Look for the store and for frames that are due."""
        if isinstance(record, Setup):
            self.cameras = self.cameras or chosen(record.layout, self._most)
        elif isinstance(record, Frame) and self.wants(record):
            self._due_ns[record.source] = record.captured_ns + self._period_ns
            self.made.append(self._shot(record))

    def wants(self, frame: Frame) -> bool:
        """Whether a frame is to become a shot."""
        return frame.source in self.cameras and frame.captured_ns >= self._due_ns.get(frame.source, 0)

    def drain(self) -> Batch:
        """Return camera -> new shots."""
        made, self.made = self.made, []
        return as_batch(made)

    def _shot(self, frame: Frame) -> Shot:
        picture = small(frame)
        height, width = picture.shape[:2]
        key = self._key.get(frame.source)
        found = boxes(key, picture) if key is not None and key.shape == picture.shape else [(0, 0, width, height)]
        if sum(w * h for _, _, w, h in found) > FRESH * width * height:
            self._key[frame.source] = picture
            return Shot(frame.source, frame.captured_ns, True, (part(picture, (0, 0, width, height)),))
        return Shot(frame.source, frame.captured_ns, False, tuple(part(picture, box) for box in found))


def as_batch(shots: list[Shot]) -> Batch:
    """Return camera -> shots as the page reads them."""
    told: dict[str, list[object]] = {}
    for shot in shots:
        told.setdefault(shot.camera, []).append(shot.as_data())
    return {"shots": told} if told else {}


def small(frame: Frame) -> Picture:
    """Return a frame's picture, or its depth in colours, as wide as a tile."""
    if frame.jpeg:  # halved while it is decoded, which is twice as fast
        flags = cv2.IMREAD_REDUCED_COLOR_2
        picture: np.ndarray[Any, Any] = np.asarray(cv2.imdecode(np.frombuffer(frame.jpeg, np.uint8), flags))
        if picture.shape[1] < WIDTH:
            picture = picture_of(frame)
    else:
        picture = picture_of(frame)
    height = max(1, round(picture.shape[0] * WIDTH / picture.shape[1]))
    if picture.shape[:2] == (height, WIDTH):
        return picture
    return np.asarray(cv2.resize(picture, (WIDTH, height), interpolation=cv2.INTER_AREA))
