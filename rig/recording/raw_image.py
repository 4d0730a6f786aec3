"""Bytes of Foxglove's RawImage with a single copy of the pixels; the message class alone would make three."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from foxglove_schemas_protobuf.RawImage_pb2 import RawImage
from google.protobuf.timestamp_pb2 import Timestamp

# Source: Protocol Buffers encoding: a tag is the field's number times 8, plus 2 where a length and bytes follow.
DATA = bytes([6 << 3 | 2])


def raw_image(stamp: Timestamp, frame_id: str, encoding: str, pixels: np.ndarray[Any, Any]) -> bytes:
    """Return the message as its class would write it: fields in the order of their numbers.

    Args:
        stamp: when it was captured.
        frame_id: the camera.
        encoding: of a pixel, as Foxglove names it.
        pixels: (H, W) or (H, W, channels), contiguous.
    """
    height, width = pixels.shape[:2]
    before = RawImage(timestamp=stamp, width=width, height=height, encoding=encoding, step=pixels.strides[0])
    behind = RawImage(frame_id=frame_id)
    data = (DATA, bytes(_varint(pixels.nbytes)), pixels.data) if pixels.nbytes else ()
    first, last = (part.SerializeToString(deterministic=True) for part in (before, behind))
    return b"".join((first, *data, last))


def _varint(number: int) -> Iterator[int]:
    """Yield a number in groups of 7 bits, lowest first, marked where more follow."""
    while number > 0x7F:
        yield number & 0x7F | 0x80
        number >>= 7
    yield number
