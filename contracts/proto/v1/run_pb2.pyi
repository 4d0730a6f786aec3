from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Version(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: str
    def __init__(self, name: _Optional[str] = ..., version: _Optional[str] = ...) -> None: ...

class RunStart(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "scenario", "script", "store", "seed", "renderer", "stack", "versions")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SCENARIO_FIELD_NUMBER: _ClassVar[int]
    SCRIPT_FIELD_NUMBER: _ClassVar[int]
    STORE_FIELD_NUMBER: _ClassVar[int]
    SEED_FIELD_NUMBER: _ClassVar[int]
    RENDERER_FIELD_NUMBER: _ClassVar[int]
    STACK_FIELD_NUMBER: _ClassVar[int]
    VERSIONS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    scenario: str
    script: str
    store: str
    seed: int
    renderer: str
    stack: str
    versions: _containers.RepeatedCompositeFieldContainer[Version]
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., scenario: _Optional[str] = ..., script: _Optional[str] = ..., store: _Optional[str] = ..., seed: _Optional[int] = ..., renderer: _Optional[str] = ..., stack: _Optional[str] = ..., versions: _Optional[_Iterable[_Union[Version, _Mapping]]] = ...) -> None: ...

class RunEnd(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "status", "reason")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    status: str
    reason: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., status: _Optional[str] = ..., reason: _Optional[str] = ...) -> None: ...

class Checkpoint(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "messages", "digest")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MESSAGES_FIELD_NUMBER: _ClassVar[int]
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    messages: int
    digest: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., messages: _Optional[int] = ..., digest: _Optional[str] = ...) -> None: ...

class ClockOffset(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shim", "offset_ns", "round_trip_ns")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHIM_FIELD_NUMBER: _ClassVar[int]
    OFFSET_NS_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_NS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shim: str
    offset_ns: int
    round_trip_ns: int
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shim: _Optional[str] = ..., offset_ns: _Optional[int] = ..., round_trip_ns: _Optional[int] = ...) -> None: ...
