from contracts.proto.v1 import layout_pb2 as _layout_pb2
from contracts.proto.v1 import records_pb2 as _records_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class DeviceId(_message.Message):
    __slots__ = ("id",)
    ID_FIELD_NUMBER: _ClassVar[int]
    id: str
    def __init__(self, id: _Optional[str] = ...) -> None: ...

class Empty(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class DeviceInfo(_message.Message):
    __slots__ = ("id", "kind", "model")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: str
    model: str
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[str] = ..., model: _Optional[str] = ...) -> None: ...

class DeviceList(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedCompositeFieldContainer[DeviceInfo]
    def __init__(self, devices: _Optional[_Iterable[_Union[DeviceInfo, _Mapping]]] = ...) -> None: ...

class ReadRequest(_message.Message):
    __slots__ = ("id", "until_ns")
    ID_FIELD_NUMBER: _ClassVar[int]
    UNTIL_NS_FIELD_NUMBER: _ClassVar[int]
    id: str
    until_ns: int
    def __init__(self, id: _Optional[str] = ..., until_ns: _Optional[int] = ...) -> None: ...

class ReadReply(_message.Message):
    __slots__ = ("records",)
    RECORDS_FIELD_NUMBER: _ClassVar[int]
    records: _containers.RepeatedCompositeFieldContainer[_records_pb2.SensorRecord]
    def __init__(self, records: _Optional[_Iterable[_Union[_records_pb2.SensorRecord, _Mapping]]] = ...) -> None: ...

class FaultRequest(_message.Message):
    __slots__ = ("id", "fault")
    ID_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    id: str
    fault: str
    def __init__(self, id: _Optional[str] = ..., fault: _Optional[str] = ...) -> None: ...

class FaultReply(_message.Message):
    __slots__ = ("applied",)
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    applied: bool
    def __init__(self, applied: _Optional[bool] = ...) -> None: ...

class PlateIds(_message.Message):
    __slots__ = ("plates",)
    PLATES_FIELD_NUMBER: _ClassVar[int]
    plates: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, plates: _Optional[_Iterable[str]] = ...) -> None: ...

class GateOrder(_message.Message):
    __slots__ = ("id", "command")
    ID_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    id: str
    command: _records_pb2.GateCommand
    def __init__(self, id: _Optional[str] = ..., command: _Optional[_Union[_records_pb2.GateCommand, _Mapping]] = ...) -> None: ...

class CodeShown(_message.Message):
    __slots__ = ("id", "code")
    ID_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    id: str
    code: bytes
    def __init__(self, id: _Optional[str] = ..., code: _Optional[bytes] = ...) -> None: ...

class PalmShown(_message.Message):
    __slots__ = ("id", "handle")
    ID_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    id: str
    handle: str
    def __init__(self, id: _Optional[str] = ..., handle: _Optional[str] = ...) -> None: ...

class PaymentRequest(_message.Message):
    __slots__ = ("id", "key", "amount_minor", "currency")
    ID_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    id: str
    key: str
    amount_minor: int
    currency: str
    def __init__(self, id: _Optional[str] = ..., key: _Optional[str] = ..., amount_minor: _Optional[int] = ..., currency: _Optional[str] = ...) -> None: ...

class ScreenText(_message.Message):
    __slots__ = ("id", "command")
    ID_FIELD_NUMBER: _ClassVar[int]
    COMMAND_FIELD_NUMBER: _ClassVar[int]
    id: str
    command: _records_pb2.ScreenCommand
    def __init__(self, id: _Optional[str] = ..., command: _Optional[_Union[_records_pb2.ScreenCommand, _Mapping]] = ...) -> None: ...
