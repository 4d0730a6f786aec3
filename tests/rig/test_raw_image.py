"""Pixels written by hand are what the message class writes, and a digest worked out later is the same digest."""

import numpy as np
import pytest
from foxglove_schemas_protobuf.RawImage_pb2 import RawImage
from google.protobuf.timestamp_pb2 import Timestamp

from rig.recording.channels import Entry
from rig.recording.digest import Digest
from rig.recording.later import ENOUGH_BYTES, LaterDigest
from rig.recording.raw_image import raw_image

STAMP = Timestamp(seconds=7, nanos=50_000_000)


@pytest.mark.parametrize("shape", [(480, 640), (1, 1), (3, 21), (64, 1), (1, 0), (8, 8, 3)])
@pytest.mark.parametrize("kind", [np.uint8, np.uint16])
def test_the_bytes_are_those_of_the_message_class(shape: tuple[int, ...], kind: type[np.unsignedinteger]) -> None:
    pixels = np.arange(np.prod(shape)).astype(kind).reshape(shape)
    message = RawImage(
        timestamp=STAMP,
        frame_id="c1",
        width=shape[1],
        height=shape[0],
        encoding="16UC1",
        step=pixels.strides[0],
        data=pixels.tobytes(),
    )
    assert raw_image(STAMP, "c1", "16UC1", pixels) == message.SerializeToString(deterministic=True)


def test_a_later_digest_is_the_same_whenever_it_is_asked_for() -> None:
    at_once, later = Digest(), LaterDigest()
    for n in range(12):
        entry = Entry("/camera/c1/depth", "s", n, n, n, bytes([n]) * (ENOUGH_BYTES // 3))
        at_once.add(entry)
        later.add(entry)
        if n % 5 == 2:
            assert (later.messages, later.hex) == (at_once.messages, at_once.hex)
    later.close()
    assert (later.messages, later.hex) == (at_once.messages, at_once.hex)
