from contracts.proto.v1 import layout_pb2 as _layout_pb2
from contracts.proto.v1 import records_pb2 as _records_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class MoveKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MOVE_KIND_UNSPECIFIED: _ClassVar[MoveKind]
    MOVE_KIND_TAKE: _ClassVar[MoveKind]
    MOVE_KIND_PUT: _ClassVar[MoveKind]
    MOVE_KIND_HAND: _ClassVar[MoveKind]
    MOVE_KIND_DROP: _ClassVar[MoveKind]
    MOVE_KIND_TOPPLE: _ClassVar[MoveKind]
MOVE_KIND_UNSPECIFIED: MoveKind
MOVE_KIND_TAKE: MoveKind
MOVE_KIND_PUT: MoveKind
MOVE_KIND_HAND: MoveKind
MOVE_KIND_DROP: MoveKind
MOVE_KIND_TOPPLE: MoveKind

class TruePerson(_message.Message):
    __slots__ = ("shopper", "joints", "heading")
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    JOINTS_FIELD_NUMBER: _ClassVar[int]
    HEADING_FIELD_NUMBER: _ClassVar[int]
    shopper: str
    joints: _containers.RepeatedCompositeFieldContainer[_records_pb2.Joint]
    heading: float
    def __init__(self, shopper: _Optional[str] = ..., joints: _Optional[_Iterable[_Union[_records_pb2.Joint, _Mapping]]] = ..., heading: _Optional[float] = ...) -> None: ...

class TrueItem(_message.Message):
    __slots__ = ("item", "product", "pose")
    ITEM_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    item: str
    product: str
    pose: _layout_pb2.Pose
    def __init__(self, item: _Optional[str] = ..., product: _Optional[str] = ..., pose: _Optional[_Union[_layout_pb2.Pose, _Mapping]] = ...) -> None: ...

class TruePoses(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "people", "items")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    PEOPLE_FIELD_NUMBER: _ClassVar[int]
    ITEMS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    people: _containers.RepeatedCompositeFieldContainer[TruePerson]
    items: _containers.RepeatedCompositeFieldContainer[TrueItem]
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., people: _Optional[_Iterable[_Union[TruePerson, _Mapping]]] = ..., items: _Optional[_Iterable[_Union[TrueItem, _Mapping]]] = ...) -> None: ...

class TrueMove(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "kind", "shopper", "item", "product", "mass_g", "origin", "target", "plates")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    ITEM_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    MASS_G_FIELD_NUMBER: _ClassVar[int]
    ORIGIN_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    PLATES_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    kind: MoveKind
    shopper: str
    item: str
    product: str
    mass_g: float
    origin: str
    target: str
    plates: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., kind: _Optional[_Union[MoveKind, str]] = ..., shopper: _Optional[str] = ..., item: _Optional[str] = ..., product: _Optional[str] = ..., mass_g: _Optional[float] = ..., origin: _Optional[str] = ..., target: _Optional[str] = ..., plates: _Optional[_Iterable[str]] = ...) -> None: ...

class TruePassage(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shopper", "gate", "direction", "paying")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    GATE_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    PAYING_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shopper: str
    gate: str
    direction: _records_pb2.Direction
    paying: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shopper: _Optional[str] = ..., gate: _Optional[str] = ..., direction: _Optional[_Union[_records_pb2.Direction, str]] = ..., paying: _Optional[str] = ...) -> None: ...

class TrueStep(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shopper", "index", "text", "done", "problem")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    INDEX_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    DONE_FIELD_NUMBER: _ClassVar[int]
    PROBLEM_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shopper: str
    index: int
    text: str
    done: bool
    problem: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shopper: _Optional[str] = ..., index: _Optional[int] = ..., text: _Optional[str] = ..., done: _Optional[bool] = ..., problem: _Optional[str] = ...) -> None: ...

class TrueFault(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "device", "fault", "began", "applied")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    FAULT_FIELD_NUMBER: _ClassVar[int]
    BEGAN_FIELD_NUMBER: _ClassVar[int]
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    device: str
    fault: str
    began: bool
    applied: bool
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., device: _Optional[str] = ..., fault: _Optional[str] = ..., began: _Optional[bool] = ..., applied: _Optional[bool] = ...) -> None: ...

class TrueCast(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shoppers", "accounts")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHOPPERS_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shoppers: _containers.RepeatedScalarFieldContainer[str]
    accounts: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shoppers: _Optional[_Iterable[str]] = ..., accounts: _Optional[_Iterable[str]] = ...) -> None: ...

class TrueBio(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shopper", "reader", "owner", "shows", "known")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    READER_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    SHOWS_FIELD_NUMBER: _ClassVar[int]
    KNOWN_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shopper: str
    reader: str
    owner: str
    shows: str
    known: bool
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shopper: _Optional[str] = ..., reader: _Optional[str] = ..., owner: _Optional[str] = ..., shows: _Optional[str] = ..., known: _Optional[bool] = ...) -> None: ...

class TruePalm(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shopper", "reader", "owner", "shows", "known")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    READER_FIELD_NUMBER: _ClassVar[int]
    OWNER_FIELD_NUMBER: _ClassVar[int]
    SHOWS_FIELD_NUMBER: _ClassVar[int]
    KNOWN_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shopper: str
    reader: str
    owner: str
    shows: str
    known: bool
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shopper: _Optional[str] = ..., reader: _Optional[str] = ..., owner: _Optional[str] = ..., shows: _Optional[str] = ..., known: _Optional[bool] = ...) -> None: ...

class TruePayment(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "shopper", "till", "means", "paid", "shown_ns", "payer")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SHOPPER_FIELD_NUMBER: _ClassVar[int]
    TILL_FIELD_NUMBER: _ClassVar[int]
    MEANS_FIELD_NUMBER: _ClassVar[int]
    PAID_FIELD_NUMBER: _ClassVar[int]
    SHOWN_NS_FIELD_NUMBER: _ClassVar[int]
    PAYER_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    shopper: str
    till: str
    means: str
    paid: bool
    shown_ns: int
    payer: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., shopper: _Optional[str] = ..., till: _Optional[str] = ..., means: _Optional[str] = ..., paid: _Optional[bool] = ..., shown_ns: _Optional[int] = ..., payer: _Optional[str] = ...) -> None: ...
