from contracts.proto.v1 import records_pb2 as _records_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Tick(_message.Message):
    __slots__ = ("now_ns", "records")
    NOW_NS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    now_ns: int
    records: _containers.RepeatedCompositeFieldContainer[_records_pb2.SensorRecord]
    def __init__(self, now_ns: _Optional[int] = ..., records: _Optional[_Iterable[_Union[_records_pb2.SensorRecord, _Mapping]]] = ...) -> None: ...

class Answers(_message.Message):
    __slots__ = ("now_ns", "records")
    NOW_NS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    now_ns: int
    records: _containers.RepeatedCompositeFieldContainer[_records_pb2.AnswerRecord]
    def __init__(self, now_ns: _Optional[int] = ..., records: _Optional[_Iterable[_Union[_records_pb2.AnswerRecord, _Mapping]]] = ...) -> None: ...
