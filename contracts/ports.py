"""What a run is made of: sources, device ports and the stack. Protocols of at most five methods.

A port is a capability, not a product: the twin, a driver behind a shim, and a recording can each stand behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from contracts.checkout import PalmOrder, PaymentOrder
from contracts.layout import CameraInfo
from contracts.record import Record
from contracts.records import AnswerRecord, GateCommand, ScreenCommand, SensorRecord


@runtime_checkable
class Source(Protocol):
    """Anything that yields records as time passes: the twin, a bench, a recording."""

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return all records delivered after the last call and up to until_ns, oldest first."""

    def close(self) -> None:
        """Let go of everything; may be called twice."""


class FaultKind(StrEnum):
    """One vocabulary of faults for twin, emulator and shim (PX4's failure types)."""

    OFF = "off"
    STUCK = "stuck"
    GARBAGE = "garbage"
    WRONG = "wrong"
    SLOW = "slow"
    DELAYED = "delayed"
    INTERMITTENT = "intermittent"


class PortKind(StrEnum):
    """The capabilities."""

    CAMERA = "camera"
    SCALE = "scale"
    GATE = "gate"
    SCANNER = "scanner"
    PALM_READER = "palm_reader"
    BIO_READER = "bio_reader"
    CARD_TERMINAL = "card_terminal"
    SCREEN = "screen"
    PAYMENT_PROVIDER = "payment_provider"


@dataclass(frozen=True, slots=True)
class PortInfo:
    """What a port says of itself.

    Args:
        id: device id as in the layout.
        kind: its capability.
        model: maker and model, or "twin".
    """

    id: str
    kind: PortKind
    model: str = "twin"


@runtime_checkable
class Port(Protocol):
    """What every device has."""

    @property
    def info(self) -> PortInfo:
        """Who it is."""

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return what it reported after the last call and up to until_ns, oldest first."""

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""

    def safe_state(self) -> None:
        """Go where nothing can be hurt: a gate opens outwards, a scanner goes dark."""


@runtime_checkable
class Camera(Port, Protocol):
    """Delivers `Frame` records."""

    @property
    def calibration(self) -> CameraInfo:
        """Intrinsics and pose."""


@runtime_checkable
class Scale(Port, Protocol):
    """Delivers `Weights` records for all plates of one controller."""

    @property
    def plates(self) -> Sequence[str]:
        """Plate ids, the columns of its records."""


@runtime_checkable
class Gate(Port, Protocol):
    """Delivers `GateEvent` records and obeys `GateCommand`."""

    def command(self, command: GateCommand) -> None:
        """Take an order; it acts from now on."""


@runtime_checkable
class Scanner(Port, Protocol):
    """Delivers `Scan` records."""

    def present(self, code: bytes) -> None:
        """Hold a code in front of it: a simulated phone, or a bench display before a real scanner."""


@runtime_checkable
class PalmReader(Port, Protocol):
    """Delivers `PalmScan` records."""

    def present(self, handle: str) -> None:
        """Hold an enrolled palm over it."""


@runtime_checkable
class BioReader(Port, Protocol):
    """Delivers `BioScan` records: faces and fingerprints, matched on the device."""

    def present(self, subject: str) -> None:
        """Present the face or finger of somebody enrolled, with their card where it wants one; "" is a stranger's."""


@runtime_checkable
class Enrols(Protocol):
    """A palm reader or a biometric reader that enrols and forgets by order; `PalmEnrolled` says what came of it."""

    def order(self, order: PalmOrder) -> None:
        """Have the next palm, face or finger enrolled, or a reference forgotten."""


@runtime_checkable
class CardTerminal(Port, Protocol):
    """Delivers `TerminalEvent` records."""

    def request(self, key: str, amount_minor: int, currency: str) -> None:
        """Ask for a payment; the answer comes as a record with the same key."""


@runtime_checkable
class PaymentProvider(Port, Protocol):
    """Delivers `PaymentResult` records."""

    def request(self, order: PaymentOrder) -> None:
        """Take an order; the answer comes as a record with the same key."""


@runtime_checkable
class Screen(Port, Protocol):
    """Shows text to people."""

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next."""


class Stack(Protocol):
    """The system under test."""

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Take everything delivered up to now_ns and answer.

        Args:
            records: in order of (t_ns, seq); the first call begins with `Setup`.
            now_ns: the end of the tick; time passes even when nothing was delivered.
        """

    def close(self) -> None:
        """Let go of everything; may be called twice."""
