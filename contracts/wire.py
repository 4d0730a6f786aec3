"""What passes between processes: sensor records to a stack, its answers, orders to devices. Never truth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, cast

import numpy as np
from google.protobuf.message import Message

from contracts import biometrics, checkout, geometry, layout, mapping, records, trade
from contracts.mapping import read_array, snake
from contracts.proto.v1 import checkout_pb2, layout_pb2, records_pb2
from contracts.record import Record
from contracts.records import AnswerRecord, SensorRecord
from contracts.shared.handle import Handle
from contracts.shared.reader import Segment

_ROOMS = (geometry, biometrics, trade, layout, records, checkout), (layout_pb2, records_pb2, checkout_pb2)
WIRE = mapping.Mapping(*_ROOMS)

to_message = WIRE.to_message
from_message = WIRE.from_message


def wrap_sensor(record: SensorRecord, handles: Mapping[str, Handle] | None = None) -> records_pb2.SensorRecord:
    """Return a sensor record in the envelope that goes to a stack.

    Args:
        record: what goes.
        handles: where those of its arrays lie that go through shared memory, by field.

    Raises:
        TypeError: it is none, such as a record of truth.
    """
    handles = handles or {}
    # An array that has a handle does not go as bytes too.
    bare = replace(cast(Any, record), **dict.fromkeys(handles)) if handles else record
    envelope = cast(records_pb2.SensorRecord, _wrap(records_pb2.SensorRecord(), bare))
    message = getattr(envelope, snake(type(record).__name__))
    for field, handle in handles.items():
        _put_handle(getattr(message, field), handle)
    return envelope


def wrap_answer(record: AnswerRecord) -> records_pb2.AnswerRecord:
    """Return an answer in the envelope that comes from a stack."""
    return cast(records_pb2.AnswerRecord, _wrap(records_pb2.AnswerRecord(), record))


def unwrap(envelopes: Iterable[records_pb2.SensorRecord | records_pb2.AnswerRecord]) -> list[Any]:
    """Return the records inside envelopes; an empty envelope is skipped."""
    return _unwrap(envelopes, WIRE)


class SharedWire:
    """Unwraps records whose arrays may lie in a segment.

    Args:
        segment: mapped; arrays are copied out of it, so that a record may be kept for as long as anybody likes.
    """

    def __init__(self, segment: Segment) -> None:
        self._segment = segment
        self._wire = mapping.Mapping(*_ROOMS, array=self._array)

    def unwrap(self, envelopes: Iterable[records_pb2.SensorRecord]) -> list[Any]:
        """Return the records inside envelopes; an empty envelope is skipped.

        Raises:
            RigFault: a handle is malformed or stale.
        """
        return _unwrap(envelopes, self._wire)

    def close(self) -> None:
        """Let go of the segment; may be called twice."""
        self._segment.close()

    def _array(self, message: records_pb2.Array) -> np.ndarray[Any, Any]:
        return self._segment.copy(handle_of(message)) if message.HasField("shared") else read_array(message)


def handle_of(message: records_pb2.Array) -> Handle:
    """Return the handle in an `Array` message that has one."""
    shared = message.shared
    return Handle(shared.segment, shared.offset, shared.size, tuple(message.shape), message.dtype, shared.generation)


def _put_handle(message: records_pb2.Array, handle: Handle) -> None:
    message.shape.extend(handle.shape)
    message.dtype = handle.dtype
    shared = message.shared
    shared.segment, shared.offset, shared.size = handle.segment, handle.offset, handle.size
    shared.generation = handle.generation


def _unwrap(envelopes: Iterable[Any], wire: mapping.Mapping) -> list[Any]:
    kinds = ((envelope, envelope.WhichOneof("record")) for envelope in envelopes)
    return [wire.from_message(getattr(envelope, kind)) for envelope, kind in kinds if kind]


def _wrap(envelope: Message, record: Record) -> Message:
    name = snake(type(record).__name__)
    if name not in envelope.DESCRIPTOR.fields_by_name:
        raise TypeError(f"a {type(record).__name__} has no place in a {envelope.DESCRIPTOR.name}")
    getattr(envelope, name).CopyFrom(to_message(record))
    return envelope
