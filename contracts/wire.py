"""The one mapping between records and protobuf messages.

Every dataclass of `layout`, `records`, `truth` and `run` has a message of the same name and fields, so the
mapping is driven by the message descriptors and has no line per type. A test holds both sides together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from enum import StrEnum
from functools import cache
from typing import Any, cast

import numpy as np
from google.protobuf.message import Message

from contracts import geometry, layout, records, run, truth
from contracts.proto.v1 import layout_pb2, records_pb2, run_pb2, truth_pb2
from contracts.records import AnswerRecord, Record, SensorRecord

# Descriptors come in two implementations (upb and pure Python) that share no type.
FieldDescriptor = Any
EnumDescriptor = Any

_PYTHON_ROOMS = (geometry, layout, records, truth, run)
_WIRE_ROOMS = (layout_pb2, records_pb2, truth_pb2, run_pb2)


def to_message(value: object) -> Message:
    """Return the message of a record (or of any dataclass inside one)."""
    message = message_class(type(value).__name__)()
    for name, encode in _encoders(type(value).__name__):
        encode(message, getattr(value, name))
    return message


def from_message(message: Message) -> Any:
    """Return the record (or inner dataclass) of a message."""
    name = message.DESCRIPTOR.name
    return _python_class(name)(**{field: decode(message) for field, decode in _decoders(name)})


def encode(record: Record) -> bytes:
    """Return the bytes of a record's message."""
    return to_message(record).SerializeToString(deterministic=True)


def decode(name: str, data: bytes) -> Record:
    """Return the record of a message's name ("Weights") and bytes."""
    message = message_class(name)()
    message.ParseFromString(data)
    return cast(Record, from_message(message))


def wrap_sensor(record: SensorRecord) -> records_pb2.SensorRecord:
    """Return a sensor record in the envelope that goes to a stack. Truth has no place in it."""
    return cast(records_pb2.SensorRecord, _wrap(records_pb2.SensorRecord(), record))


def wrap_answer(record: AnswerRecord) -> records_pb2.AnswerRecord:
    """Return an answer in the envelope that comes from a stack."""
    return cast(records_pb2.AnswerRecord, _wrap(records_pb2.AnswerRecord(), record))


def unwrap(envelopes: Iterable[records_pb2.SensorRecord | records_pb2.AnswerRecord]) -> list[Any]:
    """Return the records inside envelopes; an empty envelope is skipped."""
    kinds = ((envelope, envelope.WhichOneof("record")) for envelope in envelopes)
    return [from_message(getattr(envelope, kind)) for envelope, kind in kinds if kind]


def message_class(name: str) -> type[Message]:
    """Return the generated class of a message name."""
    for room in _WIRE_ROOMS:
        if hasattr(room, name):
            return cast(type[Message], getattr(room, name))
    raise LookupError(f"no message is called {name!r}")


def _wrap(envelope: Message, record: Record) -> Message:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(record).__name__).lower()
    if name not in envelope.DESCRIPTOR.fields_by_name:
        raise TypeError(f"a {type(record).__name__} has no place in a {envelope.DESCRIPTOR.name}")
    getattr(envelope, name).CopyFrom(to_message(record))
    return envelope


@cache
def _python_class(name: str) -> type[Any]:
    for room in _PYTHON_ROOMS:
        if hasattr(room, name):
            return cast(type[Any], getattr(room, name))
    raise LookupError(f"no record is called {name!r}")


@cache
def _encoders(name: str) -> Sequence[tuple[str, Callable[[Any, Any], None]]]:
    by_name = message_class(name).DESCRIPTOR.fields_by_name
    return [(field.name, _encoder(by_name[field.name])) for field in fields(_python_class(name))]


@cache
def _decoders(name: str) -> Sequence[tuple[str, Callable[[Any], Any]]]:
    return [(field.name, _decoder(field)) for field in message_class(name).DESCRIPTOR.fields]


def _encoder(field: FieldDescriptor) -> Callable[[Any, Any], None]:
    name = field.name
    if field.message_type is not None:
        return _message_encoder(field)
    if field.enum_type is not None:
        numbers = _numbers(field.enum_type)
        return lambda message, value: setattr(message, name, numbers[value])
    if field.is_repeated:
        return lambda message, value: getattr(message, name).extend(value)
    return lambda message, value: setattr(message, name, value)


def _message_encoder(field: FieldDescriptor) -> Callable[[Any, Any], None]:
    name, kind = field.name, field.message_type.name
    if field.is_repeated:
        return lambda message, values: getattr(message, name).extend(map(to_message, values))
    if kind == "Array":
        return lambda message, value: _put_array(getattr(message, name), value)
    if kind == "Vec3":
        return lambda message, value: None if value is None else getattr(message, name).v.extend(value)
    return lambda message, value: getattr(message, name).CopyFrom(to_message(value))


def _decoder(field: FieldDescriptor) -> Callable[[Any], Any]:
    name = field.name
    if field.message_type is not None:
        return _message_decoder(field)
    if field.enum_type is not None:
        members = {number: member for member, number in _numbers(field.enum_type).items()}
        enum = cast(type[StrEnum], _python_class(field.enum_type.name))
        return lambda message: enum(members[getattr(message, name)])
    if field.is_repeated:
        return lambda message: tuple(getattr(message, name))
    return lambda message: getattr(message, name)


def _message_decoder(field: FieldDescriptor) -> Callable[[Any], Any]:
    name, kind = field.name, field.message_type.name
    if field.is_repeated:
        return lambda message: tuple(map(from_message, getattr(message, name)))
    if kind == "Array":
        return lambda message: _get_array(getattr(message, name)) if message.HasField(name) else None
    if kind == "Vec3":
        return lambda message: tuple(getattr(message, name).v) if message.HasField(name) else None
    return lambda message: from_message(getattr(message, name))


@cache
def _numbers(enum: EnumDescriptor) -> dict[str, int]:
    """Return "open" -> 1 of GATE_ACTION_OPEN = 1."""
    prefix = re.sub(r"(?<!^)(?=[A-Z])", "_", enum.name).upper() + "_"
    return {value.name.removeprefix(prefix).lower(): value.number for value in enum.values}


def _put_array(message: Any, array: np.ndarray[Any, Any] | None) -> None:
    if array is None:
        return
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    message.data, message.dtype = little.tobytes(), array.dtype.name
    message.shape.extend(array.shape)


def _get_array(message: Any) -> np.ndarray[Any, Any]:
    return np.frombuffer(message.data, dtype=np.dtype(message.dtype).newbyteorder("<")).reshape(tuple(message.shape))
