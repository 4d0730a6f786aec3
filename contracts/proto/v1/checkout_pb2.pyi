from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class PaymentAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAYMENT_ACTION_UNSPECIFIED: _ClassVar[PaymentAction]
    PAYMENT_ACTION_AUTHORISE: _ClassVar[PaymentAction]
    PAYMENT_ACTION_CAPTURE: _ClassVar[PaymentAction]
    PAYMENT_ACTION_VOID: _ClassVar[PaymentAction]
    PAYMENT_ACTION_REFUND: _ClassVar[PaymentAction]
    PAYMENT_ACTION_STATUS: _ClassVar[PaymentAction]

class PaymentOutcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PAYMENT_OUTCOME_UNSPECIFIED: _ClassVar[PaymentOutcome]
    PAYMENT_OUTCOME_APPROVED: _ClassVar[PaymentOutcome]
    PAYMENT_OUTCOME_DECLINED: _ClassVar[PaymentOutcome]
    PAYMENT_OUTCOME_UNKNOWN: _ClassVar[PaymentOutcome]
    PAYMENT_OUTCOME_NOT_FOUND: _ClassVar[PaymentOutcome]
    PAYMENT_OUTCOME_MISMATCH: _ClassVar[PaymentOutcome]

class PhoneAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PHONE_ACTION_UNSPECIFIED: _ClassVar[PhoneAction]
    PHONE_ACTION_SHOW_CODE: _ClassVar[PhoneAction]
    PHONE_ACTION_SCANNED: _ClassVar[PhoneAction]
    PHONE_ACTION_CONFIRMED: _ClassVar[PhoneAction]
    PHONE_ACTION_TOP_UP: _ClassVar[PhoneAction]
    PHONE_ACTION_FORGET_PALM: _ClassVar[PhoneAction]
    PHONE_ACTION_CHOSE: _ClassVar[PhoneAction]
    PHONE_ACTION_ENROL_PALM: _ClassVar[PhoneAction]

class PalmAction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PALM_ACTION_UNSPECIFIED: _ClassVar[PalmAction]
    PALM_ACTION_ENROL: _ClassVar[PalmAction]
    PALM_ACTION_FORGET: _ClassVar[PalmAction]

class TillKey(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TILL_KEY_UNSPECIFIED: _ClassVar[TillKey]
    TILL_KEY_TOTAL: _ClassVar[TillKey]
    TILL_KEY_CARD: _ClassVar[TillKey]
    TILL_KEY_TOP_UP: _ClassVar[TillKey]
    TILL_KEY_CANCEL: _ClassVar[TillKey]

class TerminalEventKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TERMINAL_EVENT_KIND_UNSPECIFIED: _ClassVar[TerminalEventKind]
    TERMINAL_EVENT_KIND_APPROVED: _ClassVar[TerminalEventKind]
    TERMINAL_EVENT_KIND_DECLINED: _ClassVar[TerminalEventKind]
    TERMINAL_EVENT_KIND_TIMED_OUT: _ClassVar[TerminalEventKind]

class ReceiptStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    RECEIPT_STATUS_UNSPECIFIED: _ClassVar[ReceiptStatus]
    RECEIPT_STATUS_FINAL: _ClassVar[ReceiptStatus]
    RECEIPT_STATUS_REVIEW: _ClassVar[ReceiptStatus]
    RECEIPT_STATUS_VOID: _ClassVar[ReceiptStatus]
PAYMENT_ACTION_UNSPECIFIED: PaymentAction
PAYMENT_ACTION_AUTHORISE: PaymentAction
PAYMENT_ACTION_CAPTURE: PaymentAction
PAYMENT_ACTION_VOID: PaymentAction
PAYMENT_ACTION_REFUND: PaymentAction
PAYMENT_ACTION_STATUS: PaymentAction
PAYMENT_OUTCOME_UNSPECIFIED: PaymentOutcome
PAYMENT_OUTCOME_APPROVED: PaymentOutcome
PAYMENT_OUTCOME_DECLINED: PaymentOutcome
PAYMENT_OUTCOME_UNKNOWN: PaymentOutcome
PAYMENT_OUTCOME_NOT_FOUND: PaymentOutcome
PAYMENT_OUTCOME_MISMATCH: PaymentOutcome
PHONE_ACTION_UNSPECIFIED: PhoneAction
PHONE_ACTION_SHOW_CODE: PhoneAction
PHONE_ACTION_SCANNED: PhoneAction
PHONE_ACTION_CONFIRMED: PhoneAction
PHONE_ACTION_TOP_UP: PhoneAction
PHONE_ACTION_FORGET_PALM: PhoneAction
PHONE_ACTION_CHOSE: PhoneAction
PHONE_ACTION_ENROL_PALM: PhoneAction
PALM_ACTION_UNSPECIFIED: PalmAction
PALM_ACTION_ENROL: PalmAction
PALM_ACTION_FORGET: PalmAction
TILL_KEY_UNSPECIFIED: TillKey
TILL_KEY_TOTAL: TillKey
TILL_KEY_CARD: TillKey
TILL_KEY_TOP_UP: TillKey
TILL_KEY_CANCEL: TillKey
TERMINAL_EVENT_KIND_UNSPECIFIED: TerminalEventKind
TERMINAL_EVENT_KIND_APPROVED: TerminalEventKind
TERMINAL_EVENT_KIND_DECLINED: TerminalEventKind
TERMINAL_EVENT_KIND_TIMED_OUT: TerminalEventKind
RECEIPT_STATUS_UNSPECIFIED: ReceiptStatus
RECEIPT_STATUS_FINAL: ReceiptStatus
RECEIPT_STATUS_REVIEW: ReceiptStatus
RECEIPT_STATUS_VOID: ReceiptStatus

class PaymentOrder(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "provider", "key", "payment", "action", "amount_minor", "currency", "instrument", "of")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    PROVIDER_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_FIELD_NUMBER: _ClassVar[int]
    OF_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    provider: str
    key: str
    payment: str
    action: PaymentAction
    amount_minor: int
    currency: str
    instrument: str
    of: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., provider: _Optional[str] = ..., key: _Optional[str] = ..., payment: _Optional[str] = ..., action: _Optional[_Union[PaymentAction, str]] = ..., amount_minor: _Optional[int] = ..., currency: _Optional[str] = ..., instrument: _Optional[str] = ..., of: _Optional[str] = ...) -> None: ...

class PaymentResult(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "key", "payment", "action", "outcome", "reference", "amount_minor", "reason")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    PAYMENT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    REFERENCE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    key: str
    payment: str
    action: PaymentAction
    outcome: PaymentOutcome
    reference: str
    amount_minor: int
    reason: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., key: _Optional[str] = ..., payment: _Optional[str] = ..., action: _Optional[_Union[PaymentAction, str]] = ..., outcome: _Optional[_Union[PaymentOutcome, str]] = ..., reference: _Optional[str] = ..., amount_minor: _Optional[int] = ..., reason: _Optional[str] = ...) -> None: ...

class PhoneRequest(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "account", "action", "code", "amount_minor", "device", "wording")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    DEVICE_FIELD_NUMBER: _ClassVar[int]
    WORDING_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    account: str
    action: PhoneAction
    code: bytes
    amount_minor: int
    device: str
    wording: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., account: _Optional[str] = ..., action: _Optional[_Union[PhoneAction, str]] = ..., code: _Optional[bytes] = ..., amount_minor: _Optional[int] = ..., device: _Optional[str] = ..., wording: _Optional[str] = ...) -> None: ...

class PalmOrder(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "key", "action", "reader", "account", "wording", "handle")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    ACTION_FIELD_NUMBER: _ClassVar[int]
    READER_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    WORDING_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    key: str
    action: PalmAction
    reader: str
    account: str
    wording: str
    handle: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., key: _Optional[str] = ..., action: _Optional[_Union[PalmAction, str]] = ..., reader: _Optional[str] = ..., account: _Optional[str] = ..., wording: _Optional[str] = ..., handle: _Optional[str] = ...) -> None: ...

class PalmEnrolled(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "key", "handle", "why")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    HANDLE_FIELD_NUMBER: _ClassVar[int]
    WHY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    key: str
    handle: str
    why: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., key: _Optional[str] = ..., handle: _Optional[str] = ..., why: _Optional[str] = ...) -> None: ...

class PhoneView(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "phone", "text", "code", "until_ns", "asks")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    PHONE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    CODE_FIELD_NUMBER: _ClassVar[int]
    UNTIL_NS_FIELD_NUMBER: _ClassVar[int]
    ASKS_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    phone: str
    text: str
    code: bytes
    until_ns: int
    asks: bool
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., phone: _Optional[str] = ..., text: _Optional[str] = ..., code: _Optional[bytes] = ..., until_ns: _Optional[int] = ..., asks: _Optional[bool] = ...) -> None: ...

class TillEvent(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "key", "amount_minor", "sale")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    SALE_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    key: TillKey
    amount_minor: int
    sale: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., key: _Optional[_Union[TillKey, str]] = ..., amount_minor: _Optional[int] = ..., sale: _Optional[str] = ...) -> None: ...

class TerminalOrder(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "terminal", "key", "amount_minor", "currency")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    TERMINAL_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    terminal: str
    key: str
    amount_minor: int
    currency: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., terminal: _Optional[str] = ..., key: _Optional[str] = ..., amount_minor: _Optional[int] = ..., currency: _Optional[str] = ...) -> None: ...

class TerminalEvent(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "kind", "key", "token")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    TOKEN_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    kind: TerminalEventKind
    key: str
    token: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., kind: _Optional[_Union[TerminalEventKind, str]] = ..., key: _Optional[str] = ..., token: _Optional[str] = ...) -> None: ...

class ReceiptLine(_message.Message):
    __slots__ = ("product", "count", "unit_minor", "probability", "events")
    PRODUCT_FIELD_NUMBER: _ClassVar[int]
    COUNT_FIELD_NUMBER: _ClassVar[int]
    UNIT_MINOR_FIELD_NUMBER: _ClassVar[int]
    PROBABILITY_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    product: str
    count: int
    unit_minor: int
    probability: float
    events: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, product: _Optional[str] = ..., count: _Optional[int] = ..., unit_minor: _Optional[int] = ..., probability: _Optional[float] = ..., events: _Optional[_Iterable[str]] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "visit", "account", "lines", "total_minor", "currency", "left_ns", "status", "reason", "till", "discount_minor", "tax_minor", "agreed_minor", "balance_minor", "instrument")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    VISIT_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    TOTAL_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    LEFT_NS_FIELD_NUMBER: _ClassVar[int]
    STATUS_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TILL_FIELD_NUMBER: _ClassVar[int]
    DISCOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    TAX_MINOR_FIELD_NUMBER: _ClassVar[int]
    AGREED_MINOR_FIELD_NUMBER: _ClassVar[int]
    BALANCE_MINOR_FIELD_NUMBER: _ClassVar[int]
    INSTRUMENT_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    visit: str
    account: str
    lines: _containers.RepeatedCompositeFieldContainer[ReceiptLine]
    total_minor: int
    currency: str
    left_ns: int
    status: ReceiptStatus
    reason: str
    till: str
    discount_minor: int
    tax_minor: int
    agreed_minor: int
    balance_minor: int
    instrument: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., visit: _Optional[str] = ..., account: _Optional[str] = ..., lines: _Optional[_Iterable[_Union[ReceiptLine, _Mapping]]] = ..., total_minor: _Optional[int] = ..., currency: _Optional[str] = ..., left_ns: _Optional[int] = ..., status: _Optional[_Union[ReceiptStatus, str]] = ..., reason: _Optional[str] = ..., till: _Optional[str] = ..., discount_minor: _Optional[int] = ..., tax_minor: _Optional[int] = ..., agreed_minor: _Optional[int] = ..., balance_minor: _Optional[int] = ..., instrument: _Optional[str] = ...) -> None: ...

class BalanceChange(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "account", "amount_minor", "balance_minor", "currency", "key", "reason", "till")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    BALANCE_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TILL_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    account: str
    amount_minor: int
    balance_minor: int
    currency: str
    key: str
    reason: str
    till: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., account: _Optional[str] = ..., amount_minor: _Optional[int] = ..., balance_minor: _Optional[int] = ..., currency: _Optional[str] = ..., key: _Optional[str] = ..., reason: _Optional[str] = ..., till: _Optional[str] = ...) -> None: ...

class Charge(_message.Message):
    __slots__ = ("t_ns", "source", "seq", "visit", "account", "amount_minor", "currency", "key")
    T_NS_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    VISIT_FIELD_NUMBER: _ClassVar[int]
    ACCOUNT_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_MINOR_FIELD_NUMBER: _ClassVar[int]
    CURRENCY_FIELD_NUMBER: _ClassVar[int]
    KEY_FIELD_NUMBER: _ClassVar[int]
    t_ns: int
    source: str
    seq: int
    visit: str
    account: str
    amount_minor: int
    currency: str
    key: str
    def __init__(self, t_ns: _Optional[int] = ..., source: _Optional[str] = ..., seq: _Optional[int] = ..., visit: _Optional[str] = ..., account: _Optional[str] = ..., amount_minor: _Optional[int] = ..., currency: _Optional[str] = ..., key: _Optional[str] = ...) -> None: ...
