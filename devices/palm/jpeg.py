"""A JPEG's size and its grey levels; one that claims to be huge is never unpacked."""

from __future__ import annotations

import cv2
import numpy as np

from devices.palm.seams import Image

MOST_PIXELS = 4_000_000
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers that carry the size: baseline, extended, progressive."""


def grey(jpeg: bytes) -> Image | None:
    """Return a picture, None for bytes that are none, or too large a one."""
    size = jpeg_size(jpeg)
    if size is None or not 0 < size[0] * size[1] <= MOST_PIXELS:
        return None
    try:
        found = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    except cv2.error:
        return None
    return None if found is None else np.asarray(found, np.uint8)


def pack(image: Image, quality: int = 92) -> bytes:
    """Return a picture as JPEG."""
    return cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()


def jpeg_size(jpeg: bytes) -> tuple[int, int] | None:
    """Return width and height as the head says, None where it says neither."""
    at = 2 if jpeg[:2] == b"\xff\xd8" else len(jpeg)
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        if jpeg[at + 1] in _FRAMES:
            return int.from_bytes(jpeg[at + 7 : at + 9], "big"), int.from_bytes(jpeg[at + 5 : at + 7], "big")
        at += 2 + max(int.from_bytes(jpeg[at + 2 : at + 4], "big"), 2)
    return None
