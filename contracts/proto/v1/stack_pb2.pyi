from contracts.proto.v1 import records_pb2 as _records_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Segment(_message.Message):
    __slots__ = ("path", "size", "token")
    PATH_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    path: str
    size: int
    token: bytes
    def __init__(self, path: _Optional[str] = ..., size: _Optional[int] = ..., token: _Optional[bytes] = ...) -> None: ...

class Tick(_message.Message):
    __slots__ = ("now_ns", "records", "shared")
    NOW_NS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    SHARED_FIELD_NUMBER: _ClassVar[int]
    now_ns: int
    records: _containers.RepeatedCompositeFieldContainer[_records_pb2.SensorRecord]
    shared: Segment
    def __init__(self, now_ns: _Optional[int] = ..., records: _Optional[_Iterable[_Union[_records_pb2.SensorRecord, _Mapping]]] = ..., shared: _Optional[_Union[Segment, _Mapping]] = ...) -> None: ...

class Answers(_message.Message):
    __slots__ = ("now_ns", "records", "attached")
    NOW_NS_FIELD_NUMBER: _ClassVar[int]
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    ATTACHED_FIELD_NUMBER: _ClassVar[int]
    now_ns: int
    records: _containers.RepeatedCompositeFieldContainer[_records_pb2.AnswerRecord]
    attached: bool
    def __init__(self, now_ns: _Optional[int] = ..., records: _Optional[_Iterable[_Union[_records_pb2.AnswerRecord, _Mapping]]] = ..., attached: _Optional[bool] = ...) -> None: ...
