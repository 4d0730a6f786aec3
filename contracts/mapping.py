"""The one mapping between records and protobuf messages.

A dataclass has a message of the same name and fields, so the mapping is driven by the message descriptors and has
no line per type. A test holds both sides together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from enum import StrEnum
from types import ModuleType
from typing import Any, cast

import numpy as np
from google.protobuf.message import Message

from contracts.errors import RigFault
from contracts.record import Record

# Descriptors come in two implementations (upb and pure Python) that share no type.
FieldDescriptor = Any
EnumDescriptor = Any
Encoder = Callable[[Any, Any], None]
Decoder = Callable[[Any], Any]
ArrayReader = Callable[[Any], np.ndarray[Any, Any]]


def read_array(message: Any) -> np.ndarray[Any, Any]:
    """Return the array whose bytes an `Array` message holds.

    Raises:
        RigFault: it holds a handle, and here is nothing to look it up in.
    """
    if message.HasField("shared"):
        raise RigFault(
            "an array came as a handle of shared memory",
            where=message.shared.segment,
            expected="bytes, for no segment is mapped here",
            found=f"a handle of generation {message.shared.generation}",
            hint="only a stack that has answered `attached` is sent handles",
        )
    return np.frombuffer(message.data, dtype=np.dtype(message.dtype).newbyteorder("<")).reshape(tuple(message.shape))


class Mapping:
    """Maps the dataclasses of some modules to the messages of some generated modules.

    Args:
        python: modules with dataclasses and enums.
        generated: modules with messages of the same names.
        array: how the array of an `Array` message is found.
    """

    def __init__(
        self, python: Sequence[ModuleType], generated: Sequence[ModuleType], array: ArrayReader = read_array
    ) -> None:
        self._python, self._generated, self._array = tuple(python), tuple(generated), array
        self._encoders: dict[str, list[tuple[str, Encoder]]] = {}
        self._decoders: dict[str, list[tuple[str, Decoder]]] = {}

    def to_message(self, value: object) -> Message:
        """Return the message of a record (or of any dataclass inside one)."""
        name = type(value).__name__
        message = self.message_class(name)()
        for field, encode in self._encoders.get(name) or self._learn_encoders(name):
            encode(message, getattr(value, field))
        return message

    def from_message(self, message: Message) -> Any:
        """Return the record (or inner dataclass) of a message."""
        name = message.DESCRIPTOR.name
        decoders = self._decoders.get(name) or self._learn_decoders(name)
        return self._python_class(name)(**{field: decode(message) for field, decode in decoders})

    def encode(self, record: Record) -> bytes:
        """Return the bytes of a record's message."""
        return self.to_message(record).SerializeToString(deterministic=True)

    def decode(self, name: str, data: bytes) -> Record:
        """Return the record of a message's name ("Weights") and bytes."""
        message = self.message_class(name)()
        message.ParseFromString(data)
        return cast(Record, self.from_message(message))

    def message_class(self, name: str) -> type[Message]:
        """Return the generated class of a message name.

        Raises:
            LookupError: this mapping has no such message.
        """
        return cast(type[Message], _find(self._generated, name, "message"))

    def _python_class(self, name: str) -> type[Any]:
        return cast(type[Any], _find(self._python, name, "record"))

    def _learn_encoders(self, name: str) -> list[tuple[str, Encoder]]:
        by_name = self.message_class(name).DESCRIPTOR.fields_by_name
        made = [(field.name, self._encoder(by_name[field.name])) for field in fields(self._python_class(name))]
        return self._encoders.setdefault(name, made)

    def _learn_decoders(self, name: str) -> list[tuple[str, Decoder]]:
        made = [(field.name, self._decoder(field)) for field in self.message_class(name).DESCRIPTOR.fields]
        return self._decoders.setdefault(name, made)

    def _encoder(self, field: FieldDescriptor) -> Encoder:
        name = field.name
        if field.message_type is not None:
            return self._message_encoder(field)
        if field.enum_type is not None:
            numbers = enum_numbers(field.enum_type)
            return lambda message, value: setattr(message, name, numbers[value])
        if field.is_repeated:
            return lambda message, value: getattr(message, name).extend(value)
        return lambda message, value: setattr(message, name, value)

    def _message_encoder(self, field: FieldDescriptor) -> Encoder:
        name, kind = field.name, field.message_type.name
        if field.is_repeated:
            return lambda message, values: getattr(message, name).extend(map(self.to_message, values))
        if kind == "Array":
            return lambda message, value: _put_array(getattr(message, name), value)
        if kind == "Vec3":
            return lambda message, value: None if value is None else getattr(message, name).v.extend(value)
        return lambda message, value: getattr(message, name).CopyFrom(self.to_message(value))

    def _decoder(self, field: FieldDescriptor) -> Decoder:
        name = field.name
        if field.message_type is not None:
            return self._message_decoder(field)
        if field.enum_type is not None:
            members = {number: member for member, number in enum_numbers(field.enum_type).items()}
            enum = cast(type[StrEnum], self._python_class(field.enum_type.name))
            return lambda message: enum(members[getattr(message, name)])
        if field.is_repeated:
            return lambda message: tuple(getattr(message, name))
        return lambda message: getattr(message, name)

    def _message_decoder(self, field: FieldDescriptor) -> Decoder:
        name, kind = field.name, field.message_type.name
        if field.is_repeated:
            return lambda message: tuple(map(self.from_message, getattr(message, name)))
        if kind == "Array":
            return lambda message: self._array(getattr(message, name)) if message.HasField(name) else None
        if kind == "Vec3":
            return lambda message: tuple(getattr(message, name).v) if message.HasField(name) else None
        return lambda message: self.from_message(getattr(message, name))


def snake(name: str) -> str:
    """Return "gate_event" of "GateEvent"."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def enum_numbers(enum: EnumDescriptor) -> dict[str, int]:
    """Return {"open": 1} of GATE_ACTION_OPEN = 1."""
    prefix = snake(enum.name).upper() + "_"
    return {value.name.removeprefix(prefix).lower(): value.number for value in enum.values}


def _find(modules: Sequence[ModuleType], name: str, what: str) -> object:
    for module in modules:
        if hasattr(module, name):
            return getattr(module, name)
    raise LookupError(f"no {what} is called {name!r} here")


def _put_array(message: Any, array: np.ndarray[Any, Any] | None) -> None:
    if array is None:
        return
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    message.data, message.dtype = little.tobytes(), array.dtype.name
    message.shape.extend(array.shape)
