"""The pictures of one colour camera, made small: what is behind a pixel then, and how they are decoded."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from contracts.layout import CameraInfo
from contracts.records import Frame

U8 = NDArray[np.uint8]

WIDTH = 400
"""Pictures are halved until they are no wider, pixels: at 3 m a pixel of a usual lens then shows 1 to 2 cm."""

_DECODE = {1: cv2.IMREAD_COLOR, 2: cv2.IMREAD_REDUCED_COLOR_2, 4: cv2.IMREAD_REDUCED_COLOR_4}


def small(info: CameraInfo) -> tuple[CameraInfo, int]:
    """Return a camera as it sees in its small pictures, and how many times smaller they are: 1, 2, 4 or 8."""
    times = next((n for n in (1, 2, 4) if info.width <= n * WIDTH), 8)
    scaled = replace(
        info,
        width=-(-info.width // times),
        height=-(-info.height // times),
        fx=info.fx / times,
        fy=info.fy / times,
        cx=info.cx / times,
        cy=info.cy / times,
    )
    return scaled, times


def picture(frame: Frame, info: CameraInfo, times: int) -> U8 | None:
    """Return the small picture (H, W, 3) of a frame; None when it has none, a damaged one, or one of another size.

    Args:
        frame: of this camera, as JPEG or raw.
        info: the camera as it sees in its small pictures.
        times: how many times smaller they are.
    """
    image = _raw(frame.rgb, info) if frame.rgb is not None else _decoded(frame.jpeg, times)
    return image if image is not None and image.shape == (info.height, info.width, 3) else None


def _decoded(jpeg: bytes, times: int) -> U8 | None:
    """Return a JPEG made small: its decoder does that faster than it would decode the whole."""
    if not jpeg:
        return None
    flag = _DECODE.get(times, cv2.IMREAD_REDUCED_COLOR_8)
    image = cv2.imdecode(np.frombuffer(jpeg, np.uint8), flag)
    return None if image is None else np.asarray(image, np.uint8)


def _raw(rgb: U8, info: CameraInfo) -> U8:
    """Return a raw picture made small, in the decoder's order of colours."""
    size = (info.width, info.height)
    return np.ascontiguousarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)[..., ::-1], np.uint8)
