"""Which channel and schema each record goes to, and back.

Camera frames travel in Foxglove's image schemas, so that a recording opens in open viewers as it is; all other
records in the messages of `contracts/proto`. A frame with image and depth is two messages with one sequence number; the
image is compressed or raw as its camera sent it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from foxglove_schemas_protobuf.CameraCalibration_pb2 import CameraCalibration
from foxglove_schemas_protobuf.CompressedImage_pb2 import CompressedImage
from foxglove_schemas_protobuf.RawImage_pb2 import RawImage
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

from contracts import biometrics, checkout, records, run, truth
from contracts.archive import ARCHIVE
from contracts.clock import SECOND
from contracts.layout import CameraInfo
from contracts.mapping import snake
from contracts.record import Record
from contracts.records import Frame
from rig.recording.raw_image import raw_image

_PLACES: dict[type[Record], str] = {
    records.Setup: "/setup",
    records.Weights: "/weights/{source}",
    records.Bodies: "/bodies/{source}",
    records.Scan: "/scanner/{source}",
    records.PalmScan: "/palm/{source}",
    biometrics.BioScan: "/biometrics/{source}",
    records.GateEvent: "/gate/{source}",
    checkout.TerminalEvent: "/terminal/{source}",
    checkout.TillEvent: "/till/{source}",
    checkout.PhoneRequest: "/phone/{source}",
    checkout.PaymentResult: "/provider/{source}",
    checkout.PalmEnrolled: "/palm/{source}/enrolled",
}
_ROOMS = {records.__name__: "/stack", checkout.__name__: "/stack", truth.__name__: "/truth", run.__name__: "/rig"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One message of a recording, with everything that its digest covers.

    Args:
        topic: channel name.
        schema: full message name.
        t_ns: delivery.
        captured_ns: when it was measured; delivery where nothing else is known.
        seq: order in the run.
        data: message bytes.
    """

    topic: str
    schema: str
    t_ns: int
    captured_ns: int
    seq: int
    data: bytes


def entries(record: Record) -> Iterator[Entry]:
    """Yield the messages of one record."""
    if isinstance(record, Frame):
        yield from _frame_entries(record)
        return
    captured_ns = getattr(record, "captured_ns", record.t_ns)
    message = ARCHIVE.to_message(record)
    yield _entry(topic_of(record), message, record, captured_ns)


def topic_of(record: Record) -> str:
    """Return the channel of any record but a frame."""
    place = _PLACES.get(type(record))
    if place is not None:
        return place.format(source=record.source)
    return topic_of_kind(type(record))


def topic_of_kind(kind: type[Record]) -> str:
    """Return the channel of a kind of record that has one for all its sources."""
    return f"{_ROOMS[kind.__module__]}/{snake(kind.__name__)}"


def calibration(camera: CameraInfo) -> Entry:
    """Return the calibration message that viewers look for beside a camera's images."""
    message = CameraCalibration(
        frame_id=camera.id,
        width=camera.width,
        height=camera.height,
        distortion_model="plumb_bob",
        D=camera.distortion,
        K=[camera.fx, 0, camera.cx, 0, camera.fy, camera.cy, 0, 0, 1],
        R=[1, 0, 0, 0, 1, 0, 0, 0, 1],
        P=[camera.fx, 0, camera.cx, 0, 0, camera.fy, camera.cy, 0, 0, 0, 1, 0],
    )
    name = message.DESCRIPTOR.full_name
    return Entry(f"/camera/{camera.id}/calibration", name, 0, 0, 0, message.SerializeToString(deterministic=True))


def record_of(entry: Entry) -> Record | None:
    """Return the record of an entry: a part of a frame for images; None for what only viewers need."""
    if entry.schema.startswith("walkout.v1."):
        return ARCHIVE.decode(entry.schema.removeprefix("walkout.v1."), entry.data)
    if not entry.topic.startswith("/camera/"):
        return None
    camera = entry.topic.split("/")[2]
    frame = Frame(t_ns=entry.t_ns, source=camera, seq=entry.seq, captured_ns=entry.captured_ns)
    if entry.topic.endswith("/depth"):
        raw = RawImage.FromString(entry.data)
        return replace(frame, depth_mm=np.frombuffer(raw.data, "<u2").reshape(raw.height, raw.width))
    if not entry.topic.endswith("/image"):
        return None
    if entry.schema == RawImage.DESCRIPTOR.full_name:
        raw = RawImage.FromString(entry.data)
        return replace(frame, rgb=np.frombuffer(raw.data, np.uint8).reshape(raw.height, raw.width, 3))
    return replace(frame, jpeg=CompressedImage.FromString(entry.data).data)


def _frame_entries(frame: Frame) -> Iterator[Entry]:
    stamp = Timestamp(seconds=frame.captured_ns // SECOND, nanos=frame.captured_ns % SECOND)
    if frame.jpeg:
        image = CompressedImage(timestamp=stamp, frame_id=frame.source, format="jpeg", data=frame.jpeg)
        yield _entry(f"/camera/{frame.source}/image", image, frame, frame.captured_ns)
    if frame.rgb is not None:
        pixels = np.ascontiguousarray(frame.rgb, np.uint8)
        yield _pixels_entry("image", raw_image(stamp, frame.source, "rgb8", pixels), frame)
    if frame.depth_mm is not None:
        pixels = np.ascontiguousarray(frame.depth_mm, "<u2")
        yield _pixels_entry("depth", raw_image(stamp, frame.source, "16UC1", pixels), frame)


def _pixels_entry(what: str, data: bytes, frame: Frame) -> Entry:
    name = RawImage.DESCRIPTOR.full_name
    return Entry(f"/camera/{frame.source}/{what}", name, frame.t_ns, frame.captured_ns, max(0, frame.seq), data)


def _entry(topic: str, message: Message, record: Record, captured_ns: int) -> Entry:
    data = message.SerializeToString(deterministic=True)
    # What the rig says of a run has no place in its order (-1), and the file's number is unsigned.
    return Entry(topic, message.DESCRIPTOR.full_name, record.t_ns, captured_ns, max(0, record.seq), data)
