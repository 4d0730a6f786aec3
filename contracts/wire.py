"""What passes between processes: sensor records to a stack, its answers, orders to devices. Never truth."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from google.protobuf.message import Message

from contracts import geometry, layout, records
from contracts.mapping import Mapping, snake
from contracts.proto.v1 import layout_pb2, records_pb2
from contracts.records import AnswerRecord, Record, SensorRecord

WIRE = Mapping((geometry, layout, records), (layout_pb2, records_pb2))

to_message = WIRE.to_message
from_message = WIRE.from_message


def wrap_sensor(record: SensorRecord) -> records_pb2.SensorRecord:
    """Return a sensor record in the envelope that goes to a stack.

    Raises:
        TypeError: it is none, such as a record of truth.
    """
    return cast(records_pb2.SensorRecord, _wrap(records_pb2.SensorRecord(), record))


def wrap_answer(record: AnswerRecord) -> records_pb2.AnswerRecord:
    """Return an answer in the envelope that comes from a stack."""
    return cast(records_pb2.AnswerRecord, _wrap(records_pb2.AnswerRecord(), record))


def unwrap(envelopes: Iterable[records_pb2.SensorRecord | records_pb2.AnswerRecord]) -> list[Any]:
    """Return the records inside envelopes; an empty envelope is skipped."""
    kinds = ((envelope, envelope.WhichOneof("record")) for envelope in envelopes)
    return [from_message(getattr(envelope, kind)) for envelope, kind in kinds if kind]


def _wrap(envelope: Message, record: Record) -> Message:
    name = snake(type(record).__name__)
    if name not in envelope.DESCRIPTOR.fields_by_name:
        raise TypeError(f"a {type(record).__name__} has no place in a {envelope.DESCRIPTOR.name}")
    getattr(envelope, name).CopyFrom(to_message(record))
    return envelope
