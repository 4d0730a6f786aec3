"""Writes a run to an MCAP file, flushed every simulated second, with a rolling digest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from foxglove_schemas_protobuf.CameraCalibration_pb2 import CameraCalibration
from foxglove_schemas_protobuf.CompressedImage_pb2 import CompressedImage
from foxglove_schemas_protobuf.RawImage_pb2 import RawImage
from google.protobuf.message import Message
from mcap_protobuf.schema import build_file_descriptor_set

from contracts.archive import ARCHIVE
from contracts.clock import SECOND
from contracts.errors import RigFault
from contracts.record import Record
from contracts.records import Setup
from contracts.run import Checkpoint, RunEnd, RunStart
from rig.recording.channels import Entry, calibration, entries
from rig.recording.chunks import ChunkWriter
from rig.recording.later import LaterDigest
from rig.recording.redact import redacted
from rig.recording.undivided import undivided

_FOXGLOVE = {kind.DESCRIPTOR.full_name: kind for kind in (CameraCalibration, CompressedImage, RawImage)}


class Recorder:
    """An open recording.

    Args:
        path: file to write; its folder is made.
        start: the first message.
    """

    def __init__(self, path: Path, start: RunStart) -> None:
        self.path = path
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("wb")
        self._writer = ChunkWriter(self._file)
        self._writer.start(profile="walkout-rig", library="walkout-rig")
        self._schemas: dict[str, int] = {}
        self._channels: dict[tuple[str, str], int] = {}
        self._counts: dict[str, int] = {}
        self._digest = LaterDigest()
        self._next_checkpoint_ns = SECOND
        self._closed = False
        self.write([start])

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close the file, whatever happened."""
        self.close("finished" if error is None else "failed", str(error or ""))

    @property
    def counts(self) -> dict[str, int]:
        """Messages written, by channel."""
        return dict(self._counts)

    @property
    def digest(self) -> str:
        """The digest of everything so far."""
        return self._digest.hex

    def write(self, records: Iterable[Record]) -> None:
        """Append records in the order given."""
        made = [entry for record in records for entry in written(record)]
        with undivided(), self._told():
            for entry in made:
                self._put(entry)

    def copy(self, entry: Entry) -> None:
        """Append a message of another recording as it is."""
        with undivided(), self._told():
            self._put(entry)

    def tick(self, now_ns: int) -> None:
        """Say that the run has reached now_ns: every simulated second is checkpointed and flushed to disk."""
        if now_ns < self._next_checkpoint_ns:
            return
        self._next_checkpoint_ns = now_ns - now_ns % SECOND + SECOND
        self._checkpoint(now_ns)
        with undivided(), self._told():
            self._writer.flush()

    def close(self, status: str, reason: str = "", now_ns: int = 0) -> None:
        """Finish the file; may be called twice.

        Args:
            status: how the run ended (`contracts.run.RunEnd`).
            reason: why, for people.
            now_ns: when it ended.
        """
        if self._closed:
            return
        self._closed = True
        with undivided(), self._told(), self._file:
            self._checkpoint(now_ns)
            self.write([RunEnd(t_ns=now_ns, source="rig", status=status, reason=reason)])
            self._writer.finish()
            self._digest.close()

    def _checkpoint(self, now_ns: int) -> None:
        state = Checkpoint(t_ns=now_ns, source="rig", messages=self._digest.messages, digest=self._digest.hex)
        self.write([state])

    def _put(self, entry: Entry) -> None:
        self._digest.add(entry)
        self._writer.add_message(
            channel_id=self._channel(entry),
            log_time=entry.t_ns,
            publish_time=entry.captured_ns,
            sequence=entry.seq,
            data=entry.data,
        )
        self._counts[entry.topic] = self._counts.get(entry.topic, 0) + 1

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say which file it was that the system refused."""
        try:
            yield
        except OSError as error:
            raise RigFault(
                "the recording cannot be written",
                where=str(self.path),
                expected="a folder to write in, with room",
                found=error.strerror or str(error),
                hint="--record names another folder; `rig doctor` says how much room this one has",
            ) from error

    def _channel(self, entry: Entry) -> int:
        name = (entry.topic, entry.schema)  # a camera's image may be compressed at one time and raw at another
        if name not in self._channels:
            if entry.schema not in self._schemas:
                about = build_file_descriptor_set(_class_of(entry.schema)).SerializeToString()
                self._schemas[entry.schema] = self._writer.register_schema(entry.schema, "protobuf", about)
            self._channels[name] = self._writer.register_channel(
                topic=entry.topic, message_encoding="protobuf", schema_id=self._schemas[entry.schema]
            )
        return self._channels[name]


def written(record: Record) -> Iterator[Entry]:
    """Yield what is written for a record, without secrets; with the store come the calibrations that viewers need."""
    record = redacted(record)
    if isinstance(record, Setup):
        yield from map(calibration, record.layout.cameras)
    yield from entries(record)


def _class_of(schema: str) -> type[Message]:
    return _FOXGLOVE.get(schema) or ARCHIVE.message_class(schema.removeprefix("walkout.v1."))
