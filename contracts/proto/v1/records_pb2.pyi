from contracts.proto.v1 import checkout_pb2 as _checkout_pb2
from contracts.proto.v1 import layout_pb2 as _layout_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BioOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    BIO_OUTCOME_UNSPECIFIED: _ClassVar[BioOutcome]
    BIO_OUTCOME_MATCHED: _ClassVar[BioOutcome]
    BIO_OUTCOME_NO_MATCH: _ClassVar[BioOutcome]
    BIO_OUTCOME_ATTACK: _ClassVar[BioOutcome]
    BIO_OUTCOME_NOT_ACQUIRED: _ClassVar[BioOutcome]

class GateEventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GATE_EVENT_KIND_UNSPECIFIED: _ClassVar[GateEventKind]
    GATE_EVENT_KIND_OPENED: _ClassVar[GateEventKind]
    GATE_EVENT_KIND_CLOSED: _ClassVar[GateEventKind]
    GATE_EVENT_KIND_PASSED_IN: _ClassVar[GateEventKind]
    GATE_EVENT_KIND_PASSED_OUT: _ClassVar[GateEventKind]
    GATE_EVENT_KIND_TIMED_OUT: _ClassVar[GateEventKind]
    GATE_EVENT_KIND_TAILGATED: _ClassVar[GateEventKind]

class GateAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GATE_ACTION_UNSPECIFIED: _ClassVar[GateAction]
    GATE_ACTION_OPEN: _ClassVar[GateAction]
    GATE_ACTION_LOCK: _ClassVar[GateAction]

class Direction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DIRECTION_UNSPECIFIED: _ClassVar[Direction]
    DIRECTION_IN: _ClassVar[Direction]
    DIRECTION_OUT: _ClassVar[Direction]

class VisitState(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VISIT_STATE_UNSPECIFIED: _ClassVar[VisitState]
    VISIT_STATE_ADMITTED: _ClassVar[VisitState]
    VISIT_STATE_INSIDE: _ClassVar[VisitState]
    VISIT_STATE_LEFT: _ClassVar[VisitState]
    VISIT_STATE_CLOSED: _ClassVar[VisitState]
BIO_OUTCOME_UNSPECIFIED: BioOutcome
BIO_OUTCOME_MATCHED: BioOutcome
BIO_OUTCOME_NO_MATCH: BioOutcome
BIO_OUTCOME_ATTACK: BioOutcome
BIO_OUTCOME_NOT_ACQUIRED: BioOutcome
GATE_EVENT_KIND_UNSPECIFIED: GateEventKind
GATE_EVENT_KIND_OPENED: GateEventKind
GATE_EVENT_KIND_CLOSED: GateEventKind
GATE_EVENT_KIND_PASSED_IN: GateEventKind
GATE_EVENT_KIND_PASSED_OUT: GateEventKind
GATE_EVENT_KIND_TIMED_OUT: GateEventKind
GATE_EVENT_KIND_TAILGATED: GateEventKind
GATE_ACTION_UNSPECIFIED: GateAction
GATE_ACTION_OPEN: GateAction
GATE_ACTION_LOCK: GateAction
DIRECTION_UNSPECIFIED: Direction
DIRECTION_IN: Direction
DIRECTION_OUT: Direction
VISIT_STATE_UNSPECIFIED: VisitState
VISIT_STATE_ADMITTED: VisitState
VISIT_STATE_INSIDE: VisitState
VISIT_STATE_LEFT: VisitState
VISIT_STATE_CLOSED: VisitState

class Shared(_message.Message):
    __slots__ = ("segment", "offset", "size", "generation")
    SEGMENT_FIELD_NUMBER: _ClassVar[int]
    OFFSET_FIELD_NUMBER: _ClassVar[int]
    SIZE_FIELD_NUMBER: _ClassVar[int]
    GENERATION_FIELD_NUMBER: _ClassVar[int]
    segment: str
    offset: int
    size: int
    generation: int
    def __init__(self, segment: _Optional[str] = ..., offset: _Optional[int] = ..., size: _Optional[int] = ..., generation: _Optional[int] = ...) -> None: ...

class Array(_message.Message):
    __slots__ = ("data", "shape", "dtype", "shared")
    DATA_FIELD_NUMBER: _ClassVar[int]
    SHAPE_FIELD_NUMBER: _ClassVar[int]
    DTYPE_FIELD_NUMBER: _ClassVar[int]
    SHARED_FIELD_NUMBER: _ClassVar[int]
    data: bytes
    shape: _containers.RepeatedScalarFieldContainer[int]
    dtype: str
    shared: Shared
    def __init__(self, data: _Optional[bytes] = ..., shape: _Optional[_Iterable[int]] = ..., dtype: _Optional[str] = ..., shared: _Optional[_Union[Shared, _Mapping]] = ...) -> None: ...

class Setup(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "layout", "accounts", "key")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    LAYOUT_FIELD_NUMBER: _ClassVar[int]
    ACCOUNTS_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    layout: _layout_pb2.Layout
    accounts: _containers.RepeatedCompositeFieldContainer[_layout_pb2.Account]
    key: bytes
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., layout: _Optional[_Union[_layout_pb2.Layout, _Mapping]] = ..., accounts: _Optional[_Iterable[_Union[_layout_pb2.Account, _Mapping]]] = ..., key: _Optional[bytes] = ...) -> None: ...

class Frame(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "captured_ns", "jpeg", "depth_mm", "rgb")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_NS_FIELD_NUMBER: _ClassVar[int]
    JPEG_FIELD_NUMBER: _ClassVar[int]
    DEPTH_MM_FIELD_NUMBER: _ClassVar[int]
    RGB_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    captured_ns: int
    jpeg: bytes
    depth_mm: Array
    rgb: Array
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., captured_ns: _Optional[int] = ..., jpeg: _Optional[bytes] = ..., depth_mm: _Optional[_Union[Array, _Mapping]] = ..., rgb: _Optional[_Union[Array, _Mapping]] = ...) -> None: ...

class Weights(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "started_ns", "period_ns", "grams")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    STARTED_NS_FIELD_NUMBER: _ClassVar[int]
    PERIOD_NS_FIELD_NUMBER: _ClassVar[int]
    GRAMS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    started_ns: int
    period_ns: int
    grams: Array
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., started_ns: _Optional[int] = ..., period_ns: _Optional[int] = ..., grams: _Optional[_Union[Array, _Mapping]] = ...) -> None: ...

class Joint(_message.Message):
    __slots__ = ("name", "position", "score")
    NAME_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    name: str
    position: _containers.RepeatedScalarFieldContainer[float]
    score: float
    def __init__(self, name: _Optional[str] = ..., position: _Optional[_Iterable[float]] = ..., score: _Optional[float] = ...) -> None: ...

class Body(_message.Message):
    __slots__ = ("target", "joints")
    TARGET_FIELD_NUMBER: _ClassVar[int]
    JOINTS_FIELD_NUMBER: _ClassVar[int]
    target: str
    joints: _containers.RepeatedCompositeFieldContainer[Joint]
    def __init__(self, target: _Optional[str] = ..., joints: _Optional[_Iterable[_Union[Joint, _Mapping]]] = ...) -> None: ...

class Bodies(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "captured_ns", "bodies")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_NS_FIELD_NUMBER: _ClassVar[int]
    BODIES_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    captured_ns: int
    bodies: _containers.RepeatedCompositeFieldContainer[Body]
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., captured_ns: _Optional[int] = ..., bodies: _Optional[_Iterable[_Union[Body, _Mapping]]] = ...) -> None: ...

class Scan(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "code", "symbology")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    SYMBOLOGY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    code: bytes
    symbology: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., code: _Optional[bytes] = ..., symbology: _Optional[str] = ...) -> None: ...

class PalmScan(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "handle", "quality", "why")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    QUALITY_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    handle: str
    quality: float
    why: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., handle: _Optional[str] = ..., quality: _Optional[float] = ..., why: _Optional[str] = ...) -> None: ...

class BioScan(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "modality", "outcome", "subject", "score", "threshold", "liveness", "why")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    MODALITY_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUBJECT_FIELD_NUMBER: _ClassVar[int]
    SCORE_FIELD_NUMBER: _ClassVar[int]
    THRESHOLD_FIELD_NUMBER: _ClassVar[int]
    LIVENESS_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    modality: _layout_pb2.Modality
    outcome: BioOutcome
    subject: str
    score: float
    threshold: float
    liveness: float
    why: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., modality: _Optional[_Union[_layout_pb2.Modality, str]] = ..., outcome: _Optional[_Union[BioOutcome, str]] = ..., subject: _Optional[str] = ..., score: _Optional[float] = ..., threshold: _Optional[float] = ..., liveness: _Optional[float] = ..., why: _Optional[str] = ...) -> None: ...

class GateEvent(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "kind")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    kind: GateEventKind
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., kind: _Optional[_Union[GateEventKind, str]] = ...) -> None: ...

class SensorRecord(_message.Message):
    __slots__ = ("setup", "frame", "weights", "bodies", "scan", "palm_scan", "gate_event", "terminal_event", "till_event", "phone_request", "payment_result", "palm_enrolled", "bio_scan")
    SETUP_FIELD_NUMBER: _ClassVar[int]
    FRAME_FIELD_NUMBER: _ClassVar[int]
    WEIGHTS_FIELD_NUMBER: _ClassVar[int]
    BODIES_FIELD_NUMBER: _ClassVar[int]
    SCAN_FIELD_NUMBER: _ClassVar[int]
    PALM_SCAN_FIELD_NUMBER: _ClassVar[int]
    GATE_EVENT_FIELD_NUMBER: _ClassVar[int]
    TERMINAL_EVENT_FIELD_NUMBER: _ClassVar[int]
    TILL_EVENT_FIELD_NUMBER: _ClassVar[int]
    PHONE_REQUEST_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_RESULT_FIELD_NUMBER: _ClassVar[int]
    PALM_ENROLLED_FIELD_NUMBER: _ClassVar[int]
    BIO_SCAN_FIELD_NUMBER: _ClassVar[int]
    setup: Setup
    frame: Frame
    weights: Weights
    bodies: Bodies
    scan: Scan
    palm_scan: PalmScan
    gate_event: GateEvent
    terminal_event: _checkout_pb2.TerminalEvent
    till_event: _checkout_pb2.TillEvent
    phone_request: _checkout_pb2.PhoneRequest
    payment_result: _checkout_pb2.PaymentResult
    palm_enrolled: _checkout_pb2.PalmEnrolled
    bio_scan: BioScan
    def __init__(self, setup: _Optional[_Union[Setup, _Mapping]] = ..., frame: _Optional[_Union[Frame, _Mapping]] = ..., weights: _Optional[_Union[Weights, _Mapping]] = ..., bodies: _Optional[_Union[Bodies, _Mapping]] = ..., scan: _Optional[_Union[Scan, _Mapping]] = ..., palm_scan: _Optional[_Union[PalmScan, _Mapping]] = ..., gate_event: _Optional[_Union[GateEvent, _Mapping]] = ..., terminal_event: _Optional[_Union[_checkout_pb2.TerminalEvent, _Mapping]] = ..., till_event: _Optional[_Union[_checkout_pb2.TillEvent, _Mapping]] = ..., phone_request: _Optional[_Union[_checkout_pb2.PhoneRequest, _Mapping]] = ..., payment_result: _Optional[_Union[_checkout_pb2.PaymentResult, _Mapping]] = ..., palm_enrolled: _Optional[_Union[_checkout_pb2.PalmEnrolled, _Mapping]] = ..., bio_scan: _Optional[_Union[BioScan, _Mapping]] = ...) -> None: ...

class GateCommand(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "gate", "action", "direction", "visit")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    GATE_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    VISIT_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    gate: str
    action: GateAction
    direction: Direction
    visit: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., gate: _Optional[str] = ..., action: _Optional[_Union[GateAction, str]] = ..., direction: _Optional[_Union[Direction, str]] = ..., visit: _Optional[str] = ...) -> None: ...

class ScreenCommand(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "screen", "text", "code")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    SCREEN_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    screen: str
    text: str
    code: bytes
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., screen: _Optional[str] = ..., text: _Optional[str] = ..., code: _Optional[bytes] = ...) -> None: ...

class TrackPoint(_message.Message):
    __slots__ = ("track", "visit", "head")
    TRACK_FIELD_NUMBER: _ClassVar[int]
    VISIT_FIELD_NUMBER: _ClassVar[int]
    HEAD_FIELD_NUMBER: _ClassVar[int]
    track: str
    visit: str
    head: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, track: _Optional[str] = ..., visit: _Optional[str] = ..., head: _Optional[_Iterable[float]] = ...) -> None: ...

class Tracks(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "captured_ns", "tracks")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    CAPTURED_NS_FIELD_NUMBER: _ClassVar[int]
    TRACKS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    captured_ns: int
    tracks: _containers.RepeatedCompositeFieldContainer[TrackPoint]
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., captured_ns: _Optional[int] = ..., tracks: _Optional[_Iterable[_Union[TrackPoint, _Mapping]]] = ...) -> None: ...

class ShelfEvent(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "event", "plates", "deltas_g", "started_ns", "ended_ns", "place", "came")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    PLATES_FIELD_NUMBER: _ClassVar[int]
    DELTAS_G_FIELD_NUMBER: _ClassVar[int]
    STARTED_NS_FIELD_NUMBER: _ClassVar[int]
    ENDED_NS_FIELD_NUMBER: _ClassVar[int]
    PLACE_FIELD_NUMBER: _ClassVar[int]
    CAME_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    event: str
    plates: _containers.RepeatedScalarFieldContainer[str]
    deltas_g: _containers.RepeatedScalarFieldContainer[float]
    started_ns: int
    ended_ns: int
    place: str
    came: int
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., event: _Optional[str] = ..., plates: _Optional[_Iterable[str]] = ..., deltas_g: _Optional[_Iterable[float]] = ..., started_ns: _Optional[int] = ..., ended_ns: _Optional[int] = ..., place: _Optional[str] = ..., came: _Optional[int] = ...) -> None: ...

class Hypothesis(_message.Message):
    __slots__ = ("visit", "product", "count", "probability")
    VISIT_FIELD_NUMBER: _ClassVar[int]
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    visit: str
    product: str
    count: int
    probability: float
    def __init__(self, visit: _Optional[str] = ..., product: _Optional[str] = ..., count: _Optional[int] = ..., probability: _Optional[float] = ...) -> None: ...

class CartChange(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "event", "chosen", "alternatives", "hand", "hand_ns", "cameras", "revises")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    EVENT_FIELD_NUMBER: _ClassVar[int]
    CHOSEN_FIELD_NUMBER: _ClassVar[int]
    ALTERNATIVES_FIELD_NUMBER: _ClassVar[int]
    HAND_FIELD_NUMBER: _ClassVar[int]
    HAND_NS_FIELD_NUMBER: _ClassVar[int]
    CAMERAS_FIELD_NUMBER: _ClassVar[int]
    REVISES_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    event: str
    chosen: Hypothesis
    alternatives: _containers.RepeatedCompositeFieldContainer[Hypothesis]
    hand: _layout_pb2.Vec3
    hand_ns: int
    cameras: _containers.RepeatedScalarFieldContainer[str]
    revises: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., event: _Optional[str] = ..., chosen: _Optional[_Union[Hypothesis, _Mapping]] = ..., alternatives: _Optional[_Iterable[_Union[Hypothesis, _Mapping]]] = ..., hand: _Optional[_Union[_layout_pb2.Vec3, _Mapping]] = ..., hand_ns: _Optional[int] = ..., cameras: _Optional[_Iterable[str]] = ..., revises: _Optional[str] = ...) -> None: ...

class VisitChange(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "visit", "state", "account", "track")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    VISIT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    TRACK_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    visit: str
    state: VisitState
    account: str
    track: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., visit: _Optional[str] = ..., state: _Optional[_Union[VisitState, str]] = ..., account: _Optional[str] = ..., track: _Optional[str] = ...) -> None: ...

class AnswerRecord(_message.Message):
    __slots__ = ("gate_command", "screen_command", "tracks", "shelf_event", "cart_change", "visit_change", "receipt", "charge", "terminal_order", "phone_view", "payment_order", "balance_change", "palm_order")
    GATE_COMMAND_FIELD_NUMBER: _ClassVar[int]
    SCREEN_COMMAND_FIELD_NUMBER: _ClassVar[int]
    TRACKS_FIELD_NUMBER: _ClassVar[int]
    SHELF_EVENT_FIELD_NUMBER: _ClassVar[int]
    CART_CHANGE_FIELD_NUMBER: _ClassVar[int]
    VISIT_CHANGE_FIELD_NUMBER: _ClassVar[int]
    RECEIPT_FIELD_NUMBER: _ClassVar[int]
    CHARGE_FIELD_NUMBER: _ClassVar[int]
    TERMINAL_ORDER_FIELD_NUMBER: _ClassVar[int]
    PHONE_VIEW_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_ORDER_FIELD_NUMBER: _ClassVar[int]
    BALANCE_CHANGE_FIELD_NUMBER: _ClassVar[int]
    PALM_ORDER_FIELD_NUMBER: _ClassVar[int]
    gate_command: GateCommand
    screen_command: ScreenCommand
    tracks: Tracks
    shelf_event: ShelfEvent
    cart_change: CartChange
    visit_change: VisitChange
    receipt: _checkout_pb2.Receipt
    charge: _checkout_pb2.Charge
    terminal_order: _checkout_pb2.TerminalOrder
    phone_view: _checkout_pb2.PhoneView
    payment_order: _checkout_pb2.PaymentOrder
    balance_change: _checkout_pb2.BalanceChange
    palm_order: _checkout_pb2.PalmOrder
    def __init__(self, gate_command: _Optional[_Union[GateCommand, _Mapping]] = ..., screen_command: _Optional[_Union[ScreenCommand, _Mapping]] = ..., tracks: _Optional[_Union[Tracks, _Mapping]] = ..., shelf_event: _Optional[_Union[ShelfEvent, _Mapping]] = ..., cart_change: _Optional[_Union[CartChange, _Mapping]] = ..., visit_change: _Optional[_Union[VisitChange, _Mapping]] = ..., receipt: _Optional[_Union[_checkout_pb2.Receipt, _Mapping]] = ..., charge: _Optional[_Union[_checkout_pb2.Charge, _Mapping]] = ..., terminal_order: _Optional[_Union[_checkout_pb2.TerminalOrder, _Mapping]] = ..., phone_view: _Optional[_Union[_checkout_pb2.PhoneView, _Mapping]] = ..., payment_order: _Optional[_Union[_checkout_pb2.PaymentOrder, _Mapping]] = ..., balance_change: _Optional[_Union[_checkout_pb2.BalanceChange, _Mapping]] = ..., palm_order: _Optional[_Union[_checkout_pb2.PalmOrder, _Mapping]] = ...) -> None: ...
