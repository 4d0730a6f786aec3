"""Decoded pictures as a `Frame` wants them. The only module here that knows colours."""

from __future__ import annotations

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange
from numpy.typing import NDArray

QUALITY = 92
"""Of JPEG. Our choice: pictures lose less by it than they did in the camera's H.264."""


def rgb_of(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """Return a picture as (H, W, 3) RGB."""
    full = ColorRange.JPEG if frame.format.name.startswith("yuvj") else frame.color_range
    shown = frame.reformat(format="rgb24", src_color_range=full, dst_color_range=ColorRange.JPEG)
    return np.ascontiguousarray(shown.to_ndarray(), np.uint8)


def jpeg_of(rgb: NDArray[np.uint8]) -> bytes:
    """Return a picture as JPEG."""
    done, data = cv2.imencode(".jpg", rgb[:, :, ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    assert done
    return bytes(data)
