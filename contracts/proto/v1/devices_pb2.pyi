from contracts.proto.v1 import checkout_pb2 as _checkout_pb2
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

class Trouble(_message.Message):
    __slots__ = ("kind", "what", "where", "expected", "found", "hint")
    KIND_FIELD_NUMBER: _ClassVar[int]
    WHAT_FIELD_NUMBER: _ClassVar[int]
    WHERE_FIELD_NUMBER: _ClassVar[int]
    EXPECTED_FIELD_NUMBER: _ClassVar[int]
    FOUND_FIELD_NUMBER: _ClassVar[int]
    HINT_FIELD_NUMBER: _ClassVar[int]
    kind: str
    what: str
    where: str
    expected: str
    found: str
    hint: str
    def __init__(self, kind: _Optional[str] = ..., what: _Optional[str] = ..., where: _Optional[str] = ..., expected: _Optional[str] = ..., found: _Optional[str] = ..., hint: _Optional[str] = ...) -> None: ...

class DeviceInfo(_message.Message):
    __slots__ = ("id", "kind", "model", "line", "protocol", "open", "trouble")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    MODEL_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    PROTOCOL_FIELD_NUMBER: _ClassVar[int]
    OPEN_FIELD_NUMBER: _ClassVar[int]
    TROUBLE_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: str
    model: str
    line: str
    protocol: str
    open: bool
    trouble: Trouble
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[str] = ..., model: _Optional[str] = ..., line: _Optional[str] = ..., protocol: _Optional[str] = ..., open: _Optional[bool] = ..., trouble: _Optional[_Union[Trouble, _Mapping]] = ...) -> None: ...

class DeviceList(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedCompositeFieldContainer[DeviceInfo]
    def __init__(self, devices: _Optional[_Iterable[_Union[DeviceInfo, _Mapping]]] = ...) -> None: ...

class ProbeRequest(_message.Message):
    __slots__ = ("ids",)
    IDS_FIELD_NUMBER: _ClassVar[int]
    ids: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, ids: _Optional[_Iterable[str]] = ...) -> None: ...

class Probed(_message.Message):
    __slots__ = ("device", "identity", "firmware", "round_trip_ns", "busy", "trouble")
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    IDENTITY_FIELD_NUMBER: _ClassVar[int]
    FIRMWARE_FIELD_NUMBER: _ClassVar[int]
    ROUND_TRIP_NS_FIELD_NUMBER: _ClassVar[int]
    BUSY_FIELD_NUMBER: _ClassVar[int]
    TROUBLE_FIELD_NUMBER: _ClassVar[int]
    device: DeviceInfo
    identity: str
    firmware: str
    round_trip_ns: int
    busy: str
    trouble: Trouble
    def __init__(self, device: _Optional[_Union[DeviceInfo, _Mapping]] = ..., identity: _Optional[str] = ..., firmware: _Optional[str] = ..., round_trip_ns: _Optional[int] = ..., busy: _Optional[str] = ..., trouble: _Optional[_Union[Trouble, _Mapping]] = ...) -> None: ...

class ProbeReply(_message.Message):
    __slots__ = ("devices",)
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedCompositeFieldContainer[Probed]
    def __init__(self, devices: _Optional[_Iterable[_Union[Probed, _Mapping]]] = ...) -> None: ...

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

class PalmOrdered(_message.Message):
    __slots__ = ("id", "order")
    ID_FIELD_NUMBER: _ClassVar[int]
    ORDER_FIELD_NUMBER: _ClassVar[int]
    id: str
    order: _checkout_pb2.PalmOrder
    def __init__(self, id: _Optional[str] = ..., order: _Optional[_Union[_checkout_pb2.PalmOrder, _Mapping]] = ...) -> None: ...

class BioShown(_message.Message):
    __slots__ = ("id", "subject")
    ID_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    id: str
    subject: str
    def __init__(self, id: _Optional[str] = ..., subject: _Optional[str] = ...) -> None: ...

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

class LeaseRequest(_message.Message):
    __slots__ = ("devices", "holder", "ttl_ns", "wait_ns", "ticket")
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    TTL_NS_FIELD_NUMBER: _ClassVar[int]
    WAIT_NS_FIELD_NUMBER: _ClassVar[int]
    TICKET_FIELD_NUMBER: _ClassVar[int]
    devices: _containers.RepeatedScalarFieldContainer[str]
    holder: str
    ttl_ns: int
    wait_ns: int
    ticket: int
    def __init__(self, devices: _Optional[_Iterable[str]] = ..., holder: _Optional[str] = ..., ttl_ns: _Optional[int] = ..., wait_ns: _Optional[int] = ..., ticket: _Optional[int] = ...) -> None: ...

class Lease(_message.Message):
    __slots__ = ("token", "devices", "holder", "ttl_ns", "since_unix_ns")
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    TTL_NS_FIELD_NUMBER: _ClassVar[int]
    SINCE_UNIX_NS_FIELD_NUMBER: _ClassVar[int]
    token: int
    devices: _containers.RepeatedScalarFieldContainer[str]
    holder: str
    ttl_ns: int
    since_unix_ns: int
    def __init__(self, token: _Optional[int] = ..., devices: _Optional[_Iterable[str]] = ..., holder: _Optional[str] = ..., ttl_ns: _Optional[int] = ..., since_unix_ns: _Optional[int] = ...) -> None: ...

class Queued(_message.Message):
    __slots__ = ("ticket", "place", "held")
    TICKET_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    HELD_FIELD_NUMBER: _ClassVar[int]
    ticket: int
    place: int
    held: str
    def __init__(self, ticket: _Optional[int] = ..., place: _Optional[int] = ..., held: _Optional[str] = ...) -> None: ...

class LeaseReply(_message.Message):
    __slots__ = ("lease", "queued")
    LEASE_FIELD_NUMBER: _ClassVar[int]
    QUEUED_FIELD_NUMBER: _ClassVar[int]
    lease: Lease
    queued: Queued
    def __init__(self, lease: _Optional[_Union[Lease, _Mapping]] = ..., queued: _Optional[_Union[Queued, _Mapping]] = ...) -> None: ...

class ReleaseRequest(_message.Message):
    __slots__ = ("force", "devices", "by")
    FORCE_FIELD_NUMBER: _ClassVar[int]
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    BY_FIELD_NUMBER: _ClassVar[int]
    force: bool
    devices: _containers.RepeatedScalarFieldContainer[str]
    by: str
    def __init__(self, force: _Optional[bool] = ..., devices: _Optional[_Iterable[str]] = ..., by: _Optional[str] = ...) -> None: ...

class ReleaseReply(_message.Message):
    __slots__ = ("ended",)
    ENDED_FIELD_NUMBER: _ClassVar[int]
    ended: _containers.RepeatedCompositeFieldContainer[Lease]
    def __init__(self, ended: _Optional[_Iterable[_Union[Lease, _Mapping]]] = ...) -> None: ...

class Waiting(_message.Message):
    __slots__ = ("holder", "devices", "since_unix_ns")
    HOLDER_FIELD_NUMBER: _ClassVar[int]
    DEVICES_FIELD_NUMBER: _ClassVar[int]
    SINCE_UNIX_NS_FIELD_NUMBER: _ClassVar[int]
    holder: str
    devices: _containers.RepeatedScalarFieldContainer[str]
    since_unix_ns: int
    def __init__(self, holder: _Optional[str] = ..., devices: _Optional[_Iterable[str]] = ..., since_unix_ns: _Optional[int] = ...) -> None: ...

class LeaseList(_message.Message):
    __slots__ = ("leases", "waiting")
    LEASES_FIELD_NUMBER: _ClassVar[int]
    WAITING_FIELD_NUMBER: _ClassVar[int]
    leases: _containers.RepeatedCompositeFieldContainer[Lease]
    waiting: _containers.RepeatedCompositeFieldContainer[Waiting]
    def __init__(self, leases: _Optional[_Iterable[_Union[Lease, _Mapping]]] = ..., waiting: _Optional[_Iterable[_Union[Waiting, _Mapping]]] = ...) -> None: ...

class ClockReading(_message.Message):
    __slots__ = ("received_ns", "sent_ns", "unix_ns")
    RECEIVED_NS_FIELD_NUMBER: _ClassVar[int]
    SENT_NS_FIELD_NUMBER: _ClassVar[int]
    UNIX_NS_FIELD_NUMBER: _ClassVar[int]
    received_ns: int
    sent_ns: int
    unix_ns: int
    def __init__(self, received_ns: _Optional[int] = ..., sent_ns: _Optional[int] = ..., unix_ns: _Optional[int] = ...) -> None: ...

class ClockShift(_message.Message):
    __slots__ = ("shift_ns",)
    SHIFT_NS_FIELD_NUMBER: _ClassVar[int]
    shift_ns: int
    def __init__(self, shift_ns: _Optional[int] = ...) -> None: ...
