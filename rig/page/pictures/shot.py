"""One camera's picture of one moment, as the page keeps it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

import cv2

from rig.page.model.part import ms
from rig.page.pictures.patches import Box, Picture

# Sharp enough to see whose hand holds what on a page; WebP's scale of 100.
QUALITY = 55


@dataclass(frozen=True, slots=True)
class Shot:
    """A whole picture, or patches on the key picture before it.

    Args:
        camera: which.
        captured_ns: when.
        key: whether it is whole.
        parts: where each part belongs, and its WebP bytes.
    """

    camera: str
    captured_ns: int
    key: bool
    parts: tuple[tuple[Box, bytes], ...]

    @property
    def size(self) -> int:
        """Bytes on the page."""
        return sum(len(data) * 4 // 3 + 40 for _, data in self.parts) + 40

    def as_data(self) -> list[object]:
        """Return time, whether it is whole, and its parts: x, y, width, height, WebP in base 64."""
        parts = [[*box, b64encode(data).decode()] for box, data in self.parts]
        return [ms(self.captured_ns), int(self.key), parts]


def part(picture: Picture, box: Box) -> tuple[Box, bytes]:
    """Return one part of a picture, coded."""
    x, y, w, h = box
    coded = cv2.imencode(".webp", picture[y : y + h, x : x + w], [cv2.IMWRITE_WEBP_QUALITY, QUALITY])[1]
    return box, coded.tobytes()
