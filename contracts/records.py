"""Everything that passes through a run: what sensors say and what a stack answers.

Every record carries `t_ns`, the bench time of its delivery, `source`, the device or part that made it, and
`seq`, the order that the run loop stamps when it merges the sources. Times are integer nanoseconds since the
start of the run. What really happened is in `contracts.truth`, which no stack may import.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from contracts.biometrics import BioScan
from contracts.checkout import (
    BalanceChange,
    Charge,
    PalmEnrolled,
    PalmOrder,
    PaymentOrder,
    PaymentResult,
    PhoneRequest,
    PhoneView,
    Receipt,
    TerminalEvent,
    TerminalOrder,
    TillEvent,
)
from contracts.geometry import Vec3
from contracts.layout import Account, Layout
from contracts.record import Record

# --- what the stack is told at the start ---------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Setup(Record):
    """The first record of every run: the store as installed and the accounts it serves.

    Args:
        layout: the store.
        accounts: customers.
        key: the deployment's key, from which the keys of phones derive; b"" without phones. Never recorded.
    """

    layout: Layout
    accounts: tuple[Account, ...] = ()
    key: bytes = field(default=b"", repr=False)


# --- what sensors say ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame(Record):
    """One camera frame; `source` is the camera.

    Args:
        captured_ns: when the shutter opened, by the camera's own clock.
        jpeg: the image as JPEG, b"" from a depth-only imager and from one that sends raw pictures.
        depth_mm: (H, W) uint16, distance along the optical axis, 0 = no reading; None without depth.
        rgb: (H, W, 3) uint8, the image of a camera that sends raw pictures, else None.
    """

    captured_ns: int
    jpeg: bytes = b""
    depth_mm: NDArray[np.uint16] | None = None
    rgb: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Weights(Record):
    """A block of plate samples; `source` is the gondola.

    Args:
        started_ns: time of the first sample.
        period_ns: time between samples.
        grams: (samples, plates) float32, columns in the order of `Gondola.plates`; NaN = no reading.
            Absolute values have an arbitrary offset and drift: only differences mean anything.
    """

    started_ns: int
    period_ns: int
    grams: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Joint:
    """One body joint.

    Args:
        name: "head", "neck", "left_wrist", "right_wrist", "left_elbow", ..., or "left_hand", "right_hand".
        position: metres, world.
        score: 0..1.
    """

    name: str
    position: Vec3
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Body:
    """One person as a third-party body tracker sees them.

    Args:
        target: the tracker's own id of the person.
        joints: what it sees; may lack any joint.
    """

    target: str
    joints: tuple[Joint, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bodies(Record):
    """All people that a third-party body tracker sees at one moment; `source` is the tracker."""

    captured_ns: int
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scan(Record):
    """A code read by a scanner; `source` is the scanner.

    Args:
        code: the bytes as read, without AIM id, prefix or suffix. Hidden in prints: it may be able to pay.
        symbology: AIM id ("]Q1" QR, "]E0" EAN-13), "" when the scanner does not tell.
    """

    code: bytes = field(repr=False)
    symbology: str = "]Q1"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PalmScan(Record):
    """A palm shown to a reader that matches on the device; `source` is the reader.

    Args:
        handle: opaque handle of the enrolled palm, "" when nobody matched.
        quality: 0..1.
        why: where nobody matched, what to tell the person, as far as the reader says.
    """

    handle: str
    quality: float = 1.0
    why: str = ""


class GateEventKind(StrEnum):
    """What a gate reports. Names after Gunnebo's relay flags and PERCo's PASS outputs."""

    OPENED = "opened"
    CLOSED = "closed"
    PASSED_IN = "passed_in"
    PASSED_OUT = "passed_out"
    TIMED_OUT = "timed_out"
    TAILGATED = "tailgated"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GateEvent(Record):
    """Something a gate noticed; `source` is the gate."""

    kind: GateEventKind


SensorRecord = (
    Setup
    | Frame
    | Weights
    | Bodies
    | Scan
    | PalmScan
    | GateEvent
    | TerminalEvent
    | TillEvent
    | PhoneRequest
    | PaymentResult
    | PalmEnrolled
    | BioScan
)


# --- what a stack answers ------------------------------------------------------------------------


class GateAction(StrEnum):
    """What a gate is told."""

    OPEN = "open"
    """Let one person through in the given direction."""
    LOCK = "lock"


class Direction(StrEnum):
    """Through a gate, seen from the street."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GateCommand(Record):
    """An order to a gate."""

    gate: str
    action: GateAction
    direction: Direction = Direction.IN
    visit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ScreenCommand(Record):
    """Text for a screen.

    Args:
        screen: device id.
        text: for people.
        code: to be shown as QR for phones to scan, b"" for none.
    """

    screen: str
    text: str
    code: bytes = b""


@dataclass(frozen=True, slots=True)
class TrackPoint:
    """Where the stack believes one person is.

    Args:
        track: the stack's id of the person, never reused.
        visit: the visit it is tied to, or "".
        head: top of the head, metres, world.
    """

    track: str
    visit: str
    head: Vec3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tracks(Record):
    """Everybody the stack follows at one capture time."""

    captured_ns: int
    tracks: tuple[TrackPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShelfEvent(Record):
    """A lasting change that the stack detected: of load, or of what cameras see on a board that does not weigh.

    Args:
        event: id, unique in the run ("e17").
        plates: plates that changed; none on a board that does not weigh.
        deltas_g: change of each plate, grams.
        started_ns: when the load left its old level, or the board was last seen as it was.
        ended_ns: when it had reached the new one, or the board was first seen as it is.
        place: shelf id of a board that does not weigh, "" for a change of load.
        came: on such a board: 1 when something has come to stand there, -1 when something has gone.
    """

    event: str
    plates: tuple[str, ...]
    deltas_g: tuple[float, ...]
    started_ns: int
    ended_ns: int
    place: str = ""
    came: int = 0


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reading of a shelf event.

    Args:
        visit: who, "" for nobody.
        product: what, "" for nothing.
        count: how many went into the visit's cart; negative when put back.
        probability: 0..1 among all readings of the event.
    """

    visit: str
    product: str
    count: int
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CartChange(Record):
    """What the stack concludes from one shelf event or hand-over, with its evidence.

    Args:
        event: id of the shelf event, "" for a hand-over.
        chosen: the reading it acts on.
        alternatives: the other readings, most likely first.
        hand: where the reaching hand was, metres, world; None when nobody was seen.
        hand_ns: capture time of that sighting.
        cameras: ids of the cameras that saw the hand at `hand_ns`.
        revises: id of an earlier event whose reading this one replaces, or "".
    """

    event: str
    chosen: Hypothesis
    alternatives: tuple[Hypothesis, ...] = ()
    hand: Vec3 | None = None
    hand_ns: int = 0
    cameras: tuple[str, ...] = ()
    revises: str = ""


class VisitState(StrEnum):
    """Where a visit stands; `stack.visits.visit` holds the table of transitions."""

    ADMITTED = "admitted"
    INSIDE = "inside"
    LEFT = "left"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VisitChange(Record):
    """A visit moved to another state."""

    visit: str
    state: VisitState
    account: str = ""
    track: str = ""


AnswerRecord = (
    GateCommand
    | ScreenCommand
    | Tracks
    | ShelfEvent
    | CartChange
    | VisitChange
    | Receipt
    | Charge
    | TerminalOrder
    | PhoneView
    | PaymentOrder
    | BalanceChange
    | PalmOrder
)
