from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GateKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    GATE_KIND_UNSPECIFIED: _ClassVar[GateKind]
    GATE_KIND_TURNSTILE: _ClassVar[GateKind]
    GATE_KIND_BEAM: _ClassVar[GateKind]

class Modality(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MODALITY_UNSPECIFIED: _ClassVar[Modality]
    MODALITY_FACE: _ClassVar[Modality]
    MODALITY_FINGERPRINT: _ClassVar[Modality]
    MODALITY_FINGERPRINT_CARD: _ClassVar[Modality]

class TillKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TILL_KIND_UNSPECIFIED: _ClassVar[TillKind]
    TILL_KIND_STAFFED: _ClassVar[TillKind]
    TILL_KIND_SELF: _ClassVar[TillKind]
    TILL_KIND_VENDING: _ClassVar[TillKind]
    TILL_KIND_PRINTED: _ClassVar[TillKind]

class PromotionKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PROMOTION_KIND_UNSPECIFIED: _ClassVar[PromotionKind]
    PROMOTION_KIND_PERCENTAGE: _ClassVar[PromotionKind]
    PROMOTION_KIND_N_FOR_M: _ClassVar[PromotionKind]
    PROMOTION_KIND_BUNDLE: _ClassVar[PromotionKind]
    PROMOTION_KIND_THRESHOLD: _ClassVar[PromotionKind]
    PROMOTION_KIND_PRICE: _ClassVar[PromotionKind]
    PROMOTION_KIND_MATCH: _ClassVar[PromotionKind]
GATE_KIND_UNSPECIFIED: GateKind
GATE_KIND_TURNSTILE: GateKind
GATE_KIND_BEAM: GateKind
MODALITY_UNSPECIFIED: Modality
MODALITY_FACE: Modality
MODALITY_FINGERPRINT: Modality
MODALITY_FINGERPRINT_CARD: Modality
TILL_KIND_UNSPECIFIED: TillKind
TILL_KIND_STAFFED: TillKind
TILL_KIND_SELF: TillKind
TILL_KIND_VENDING: TillKind
TILL_KIND_PRINTED: TillKind
PROMOTION_KIND_UNSPECIFIED: PromotionKind
PROMOTION_KIND_PERCENTAGE: PromotionKind
PROMOTION_KIND_N_FOR_M: PromotionKind
PROMOTION_KIND_BUNDLE: PromotionKind
PROMOTION_KIND_THRESHOLD: PromotionKind
PROMOTION_KIND_PRICE: PromotionKind
PROMOTION_KIND_MATCH: PromotionKind

class Vec3(_message.Message):
    __slots__ = ("v",)
    V_FIELD_NUMBER: _ClassVar[int]
    v: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, v: _Optional[_Iterable[float]] = ...) -> None: ...

class Pose(_message.Message):
    __slots__ = ("position", "quaternion")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    QUATERNION_FIELD_NUMBER: _ClassVar[int]
    position: _containers.RepeatedScalarFieldContainer[float]
    quaternion: _containers.RepeatedScalarFieldContainer[float]
    def __init__(self, position: _Optional[_Iterable[float]] = ..., quaternion: _Optional[_Iterable[float]] = ...) -> None: ...

class Plate(_message.Message):
    __slots__ = ("id", "pose", "width_m", "depth_m", "capacity_g")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_M_FIELD_NUMBER: _ClassVar[int]
    DEPTH_M_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_G_FIELD_NUMBER: _ClassVar[int]
    id: str
    pose: Pose
    width_m: float
    depth_m: float
    capacity_g: float
    def __init__(self, id: _Optional[str] = ..., pose: _Optional[_Union[Pose, _Mapping]] = ..., width_m: _Optional[float] = ..., depth_m: _Optional[float] = ..., capacity_g: _Optional[float] = ...) -> None: ...

class Shelf(_message.Message):
    __slots__ = ("id", "pose", "width_m", "depth_m", "clearance_m", "plates")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_M_FIELD_NUMBER: _ClassVar[int]
    DEPTH_M_FIELD_NUMBER: _ClassVar[int]
    CLEARANCE_M_FIELD_NUMBER: _ClassVar[int]
    PLATES_FIELD_NUMBER: _ClassVar[int]
    id: str
    pose: Pose
    width_m: float
    depth_m: float
    clearance_m: float
    plates: _containers.RepeatedCompositeFieldContainer[Plate]
    def __init__(self, id: _Optional[str] = ..., pose: _Optional[_Union[Pose, _Mapping]] = ..., width_m: _Optional[float] = ..., depth_m: _Optional[float] = ..., clearance_m: _Optional[float] = ..., plates: _Optional[_Iterable[_Union[Plate, _Mapping]]] = ...) -> None: ...

class Gondola(_message.Message):
    __slots__ = ("id", "pose", "width_m", "depth_m", "height_m", "shelves", "sample_rate_hz", "block")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_M_FIELD_NUMBER: _ClassVar[int]
    DEPTH_M_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_M_FIELD_NUMBER: _ClassVar[int]
    SHELVES_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_RATE_HZ_FIELD_NUMBER: _ClassVar[int]
    BLOCK_FIELD_NUMBER: _ClassVar[int]
    id: str
    pose: Pose
    width_m: float
    depth_m: float
    height_m: float
    shelves: _containers.RepeatedCompositeFieldContainer[Shelf]
    sample_rate_hz: float
    block: int
    def __init__(self, id: _Optional[str] = ..., pose: _Optional[_Union[Pose, _Mapping]] = ..., width_m: _Optional[float] = ..., depth_m: _Optional[float] = ..., height_m: _Optional[float] = ..., shelves: _Optional[_Iterable[_Union[Shelf, _Mapping]]] = ..., sample_rate_hz: _Optional[float] = ..., block: _Optional[int] = ...) -> None: ...

class Product(_message.Message):
    __slots__ = ("id", "gtin", "name", "mass_g", "mass_sd_g", "size_m", "price_minor", "tax_class")
    ID_FIELD_NUMBER: _ClassVar[int]
    GTIN_FIELD_NUMBER: _ClassVar[int]
    NAME_FIELD_NUMBER: _ClassVar[int]
    MASS_G_FIELD_NUMBER: _ClassVar[int]
    MASS_SD_G_FIELD_NUMBER: _ClassVar[int]
    SIZE_M_FIELD_NUMBER: _ClassVar[int]
    PRICE_MINOR_FIELD_NUMBER: _ClassVar[int]
    TAX_CLASS_FIELD_NUMBER: _ClassVar[int]
    id: str
    gtin: str
    name: str
    mass_g: float
    mass_sd_g: float
    size_m: _containers.RepeatedScalarFieldContainer[float]
    price_minor: int
    tax_class: str
    def __init__(self, id: _Optional[str] = ..., gtin: _Optional[str] = ..., name: _Optional[str] = ..., mass_g: _Optional[float] = ..., mass_sd_g: _Optional[float] = ..., size_m: _Optional[_Iterable[float]] = ..., price_minor: _Optional[int] = ..., tax_class: _Optional[str] = ...) -> None: ...

class Facing(_message.Message):
    __slots__ = ("product", "shelf", "plates", "x_m", "width_m", "stock")
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    SHELF_FIELD_NUMBER: _ClassVar[int]
    PLATES_FIELD_NUMBER: _ClassVar[int]
    X_M_FIELD_NUMBER: _ClassVar[int]
    WIDTH_M_FIELD_NUMBER: _ClassVar[int]
    STOCK_FIELD_NUMBER: _ClassVar[int]
    product: str
    shelf: str
    plates: _containers.RepeatedScalarFieldContainer[str]
    x_m: float
    width_m: float
    stock: int
    def __init__(self, product: _Optional[str] = ..., shelf: _Optional[str] = ..., plates: _Optional[_Iterable[str]] = ..., x_m: _Optional[float] = ..., width_m: _Optional[float] = ..., stock: _Optional[int] = ...) -> None: ...

class CameraInfo(_message.Message):
    __slots__ = ("id", "pose", "width", "height", "fx", "fy", "cx", "cy", "distortion", "colour", "depth", "rate_hz", "latency_ns", "distorted")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_FIELD_NUMBER: _ClassVar[int]
    FX_FIELD_NUMBER: _ClassVar[int]
    FY_FIELD_NUMBER: _ClassVar[int]
    CX_FIELD_NUMBER: _ClassVar[int]
    CY_FIELD_NUMBER: _ClassVar[int]
    DISTORTION_FIELD_NUMBER: _ClassVar[int]
    COLOUR_FIELD_NUMBER: _ClassVar[int]
    DEPTH_FIELD_NUMBER: _ClassVar[int]
    RATE_HZ_FIELD_NUMBER: _ClassVar[int]
    LATENCY_NS_FIELD_NUMBER: _ClassVar[int]
    DISTORTED_FIELD_NUMBER: _ClassVar[int]
    id: str
    pose: Pose
    width: int
    height: int
    fx: float
    fy: float
    cx: float
    cy: float
    distortion: _containers.RepeatedScalarFieldContainer[float]
    colour: bool
    depth: bool
    rate_hz: float
    latency_ns: int
    distorted: bool
    def __init__(self, id: _Optional[str] = ..., pose: _Optional[_Union[Pose, _Mapping]] = ..., width: _Optional[int] = ..., height: _Optional[int] = ..., fx: _Optional[float] = ..., fy: _Optional[float] = ..., cx: _Optional[float] = ..., cy: _Optional[float] = ..., distortion: _Optional[_Iterable[float]] = ..., colour: _Optional[bool] = ..., depth: _Optional[bool] = ..., rate_hz: _Optional[float] = ..., latency_ns: _Optional[int] = ..., distorted: _Optional[bool] = ...) -> None: ...

class GateInfo(_message.Message):
    __slots__ = ("id", "pose", "width_m", "kind", "entry", "exit", "scanner", "palm_reader", "screen", "bio_reader", "bio_reads")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    WIDTH_M_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    ENTRY_FIELD_NUMBER: _ClassVar[int]
    EXIT_FIELD_NUMBER: _ClassVar[int]
    SCANNER_FIELD_NUMBER: _ClassVar[int]
    PALM_READER_FIELD_NUMBER: _ClassVar[int]
    SCREEN_FIELD_NUMBER: _ClassVar[int]
    BIO_READER_FIELD_NUMBER: _ClassVar[int]
    BIO_READS_FIELD_NUMBER: _ClassVar[int]
    id: str
    pose: Pose
    width_m: float
    kind: GateKind
    entry: bool
    exit: bool
    scanner: str
    palm_reader: str
    screen: str
    bio_reader: str
    bio_reads: str
    def __init__(self, id: _Optional[str] = ..., pose: _Optional[_Union[Pose, _Mapping]] = ..., width_m: _Optional[float] = ..., kind: _Optional[_Union[GateKind, str]] = ..., entry: _Optional[bool] = ..., exit: _Optional[bool] = ..., scanner: _Optional[str] = ..., palm_reader: _Optional[str] = ..., screen: _Optional[str] = ..., bio_reader: _Optional[str] = ..., bio_reads: _Optional[str] = ...) -> None: ...

class Wall(_message.Message):
    __slots__ = ("start", "end", "height_m")
    START_FIELD_NUMBER: _ClassVar[int]
    END_FIELD_NUMBER: _ClassVar[int]
    HEIGHT_M_FIELD_NUMBER: _ClassVar[int]
    start: _containers.RepeatedScalarFieldContainer[float]
    end: _containers.RepeatedScalarFieldContainer[float]
    height_m: float
    def __init__(self, start: _Optional[_Iterable[float]] = ..., end: _Optional[_Iterable[float]] = ..., height_m: _Optional[float] = ...) -> None: ...

class Subject(_message.Message):
    __slots__ = ("modality", "reference")
    MODALITY_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    modality: Modality
    reference: str
    def __init__(self, modality: _Optional[_Union[Modality, str]] = ..., reference: _Optional[str] = ...) -> None: ...

class Account(_message.Message):
    __slots__ = ("id", "code_digests", "palm_handles", "loyalty", "handle", "instrument", "top_up", "subjects")
    ID_FIELD_NUMBER: _ClassVar[int]
    CODE_DIGESTS_FIELD_NUMBER: _ClassVar[int]
    PALM_HANDLES_FIELD_NUMBER: _ClassVar[int]
    LOYALTY_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_FIELD_NUMBER: _ClassVar[int]
    TOP_UP_FIELD_NUMBER: _ClassVar[int]
    SUBJECTS_FIELD_NUMBER: _ClassVar[int]
    id: str
    code_digests: _containers.RepeatedScalarFieldContainer[str]
    palm_handles: _containers.RepeatedScalarFieldContainer[str]
    loyalty: str
    handle: str
    instrument: str
    top_up: str
    subjects: _containers.RepeatedCompositeFieldContainer[Subject]
    def __init__(self, id: _Optional[str] = ..., code_digests: _Optional[_Iterable[str]] = ..., palm_handles: _Optional[_Iterable[str]] = ..., loyalty: _Optional[str] = ..., handle: _Optional[str] = ..., instrument: _Optional[str] = ..., top_up: _Optional[str] = ..., subjects: _Optional[_Iterable[_Union[Subject, _Mapping]]] = ...) -> None: ...

class Promotion(_message.Message):
    __slots__ = ("id", "kind", "products", "basis_points", "take", "pay", "price_minor", "from_minor", "off_minor", "members")
    ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    BASIS_POINTS_FIELD_NUMBER: _ClassVar[int]
    TAKE_FIELD_NUMBER: _ClassVar[int]
    PAY_FIELD_NUMBER: _ClassVar[int]
    PRICE_MINOR_FIELD_NUMBER: _ClassVar[int]
    FROM_MINOR_FIELD_NUMBER: _ClassVar[int]
    OFF_MINOR_FIELD_NUMBER: _ClassVar[int]
    MEMBERS_FIELD_NUMBER: _ClassVar[int]
    id: str
    kind: PromotionKind
    products: _containers.RepeatedScalarFieldContainer[str]
    basis_points: int
    take: int
    pay: int
    price_minor: int
    from_minor: int
    off_minor: int
    members: bool
    def __init__(self, id: _Optional[str] = ..., kind: _Optional[_Union[PromotionKind, str]] = ..., products: _Optional[_Iterable[str]] = ..., basis_points: _Optional[int] = ..., take: _Optional[int] = ..., pay: _Optional[int] = ..., price_minor: _Optional[int] = ..., from_minor: _Optional[int] = ..., off_minor: _Optional[int] = ..., members: _Optional[bool] = ...) -> None: ...

class TaxRate(_message.Message):
    __slots__ = ("tax_class", "ppm")
    TAX_CLASS_FIELD_NUMBER: _ClassVar[int]
    PPM_FIELD_NUMBER: _ClassVar[int]
    tax_class: str
    ppm: int
    def __init__(self, tax_class: _Optional[str] = ..., ppm: _Optional[int] = ...) -> None: ...

class TillInfo(_message.Message):
    __slots__ = ("id", "pose", "kind", "scanner", "palm_reader", "terminal", "screen", "printed", "bio_reader", "bio_reads")
    ID_FIELD_NUMBER: _ClassVar[int]
    POSE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    SCANNER_FIELD_NUMBER: _ClassVar[int]
    PALM_READER_FIELD_NUMBER: _ClassVar[int]
    TERMINAL_FIELD_NUMBER: _ClassVar[int]
    SCREEN_FIELD_NUMBER: _ClassVar[int]
    PRINTED_FIELD_NUMBER: _ClassVar[int]
    BIO_READER_FIELD_NUMBER: _ClassVar[int]
    BIO_READS_FIELD_NUMBER: _ClassVar[int]
    id: str
    pose: Pose
    kind: TillKind
    scanner: str
    palm_reader: str
    terminal: str
    screen: str
    printed: str
    bio_reader: str
    bio_reads: str
    def __init__(self, id: _Optional[str] = ..., pose: _Optional[_Union[Pose, _Mapping]] = ..., kind: _Optional[_Union[TillKind, str]] = ..., scanner: _Optional[str] = ..., palm_reader: _Optional[str] = ..., terminal: _Optional[str] = ..., screen: _Optional[str] = ..., printed: _Optional[str] = ..., bio_reader: _Optional[str] = ..., bio_reads: _Optional[str] = ...) -> None: ...

class Layout(_message.Message):
    __slots__ = ("name", "bounds_m", "inside_m", "gondolas", "products", "planogram", "cameras", "gates", "walls", "currency", "body_trackers", "tills", "provider", "hold_minor", "promotions", "tax_rates", "tax_included")
    NAME_FIELD_NUMBER: _ClassVar[int]
    BOUNDS_M_FIELD_NUMBER: _ClassVar[int]
    INSIDE_M_FIELD_NUMBER: _ClassVar[int]
    GONDOLAS_FIELD_NUMBER: _ClassVar[int]
    PRODUCTS_FIELD_NUMBER: _ClassVar[int]
    PLANOGRAM_FIELD_NUMBER: _ClassVar[int]
    CAMERAS_FIELD_NUMBER: _ClassVar[int]
    GATES_FIELD_NUMBER: _ClassVar[int]
    WALLS_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    BODY_TRACKERS_FIELD_NUMBER: _ClassVar[int]
    TILLS_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    HOLD_MINOR_FIELD_NUMBER: _ClassVar[int]
    PROMOTIONS_FIELD_NUMBER: _ClassVar[int]
    TAX_RATES_FIELD_NUMBER: _ClassVar[int]
    TAX_INCLUDED_FIELD_NUMBER: _ClassVar[int]
    name: str
    bounds_m: _containers.RepeatedScalarFieldContainer[float]
    inside_m: _containers.RepeatedScalarFieldContainer[float]
    gondolas: _containers.RepeatedCompositeFieldContainer[Gondola]
    products: _containers.RepeatedCompositeFieldContainer[Product]
    planogram: _containers.RepeatedCompositeFieldContainer[Facing]
    cameras: _containers.RepeatedCompositeFieldContainer[CameraInfo]
    gates: _containers.RepeatedCompositeFieldContainer[GateInfo]
    walls: _containers.RepeatedCompositeFieldContainer[Wall]
    currency: str
    body_trackers: _containers.RepeatedScalarFieldContainer[str]
    tills: _containers.RepeatedCompositeFieldContainer[TillInfo]
    provider: str
    hold_minor: int
    promotions: _containers.RepeatedCompositeFieldContainer[Promotion]
    tax_rates: _containers.RepeatedCompositeFieldContainer[TaxRate]
    tax_included: bool
    def __init__(self, name: _Optional[str] = ..., bounds_m: _Optional[_Iterable[float]] = ..., inside_m: _Optional[_Iterable[float]] = ..., gondolas: _Optional[_Iterable[_Union[Gondola, _Mapping]]] = ..., products: _Optional[_Iterable[_Union[Product, _Mapping]]] = ..., planogram: _Optional[_Iterable[_Union[Facing, _Mapping]]] = ..., cameras: _Optional[_Iterable[_Union[CameraInfo, _Mapping]]] = ..., gates: _Optional[_Iterable[_Union[GateInfo, _Mapping]]] = ..., walls: _Optional[_Iterable[_Union[Wall, _Mapping]]] = ..., currency: _Optional[str] = ..., body_trackers: _Optional[_Iterable[str]] = ..., tills: _Optional[_Iterable[_Union[TillInfo, _Mapping]]] = ..., provider: _Optional[str] = ..., hold_minor: _Optional[int] = ..., promotions: _Optional[_Iterable[_Union[Promotion, _Mapping]]] = ..., tax_rates: _Optional[_Iterable[_Union[TaxRate, _Mapping]]] = ..., tax_included: _Optional[bool] = ...) -> None: ...
