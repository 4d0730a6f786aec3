"""A store of one rack, one entrance and one exit, and fakes of the parts that perceive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Pose, Vec3
from contracts.layout import Account, Facing, GateInfo, Gondola, Layout, Plate, Product, Shelf
from contracts.records import AnswerRecord, Bodies, GateEvent, GateEventKind, Scan, Setup, Weights
from stack.core import ReferenceStack
from stack.sightings import Person, Reach

LOW, HIGH = "gondola-1/shelf-1", "gondola-1/shelf-2"


def plate(number: int, shelf: str = LOW) -> str:
    return f"{shelf}/plate-{number}"


def _shelf(shelf: str, z: float) -> Shelf:
    plates = tuple(Plate(plate(i + 1, shelf), Pose.at(2.0 + (i - 2.5) * 0.1, 2.2, z), 0.1, 0.4) for i in range(6))
    return Shelf(shelf, Pose.at(2.0, 2.2, z), 0.6, 0.4, 0.35, plates)


def _facing(product: str, shelf: str, *numbers: int, stock: int = 8) -> Facing:
    return Facing(product, shelf, tuple(plate(n, shelf) for n in numbers), 0.0, 0.1 * len(numbers), stock)


GATES = (
    GateInfo("gate-in", Pose.at(0.0, 0.0), 0.9, scanner="scanner-in", palm_reader="palm-in", screen="screen-in"),
    # people go out in the direction of -x of its pose, as everywhere
    GateInfo("gate-out", Pose.at(0.0, -3.0), 0.9, entry=False, exit=True),
)

LAYOUT = Layout(
    name="small",
    bounds_m=(-3.0, -5.0, 6.0, 3.0),
    inside_m=(0.0, -5.0, 6.0, 3.0),
    gondolas=(Gondola("gondola-1", Pose.at(2.0, 2.0), 0.6, 0.45, 1.8, (_shelf(LOW, 0.5), _shelf(HIGH, 1.0))),),
    products=(
        Product("water-500", "2000000000015", "Water 0.5 l", 520.0, 3.0, price_minor=120),
        Product("water-1500", "2000000000022", "Water 1.5 l", 1530.0, 6.0, price_minor=210),
        Product("cola-500", "2000000000039", "Cola 0.5 l", 521.0, 3.0, price_minor=180),
        Product("crisps", "2000000000046", "Crisps", 150.0, 1.5, price_minor=250),
        Product("soap", "2000000000053", "Soap", 300.0, 2.0, price_minor=300),
    ),
    planogram=(
        _facing("water-500", LOW, 1, 2),
        _facing("water-1500", LOW, 3),
        _facing("cola-500", LOW, 5),
        _facing("crisps", HIGH, 1),
        _facing("soap", HIGH, 6),
    ),
    gates=GATES,
)

OPEN_LAYOUT = replace(LAYOUT, gates=(), body_trackers=("tracker",))
"""The same store without gates, as a third-party log sees it."""


def account(name: str) -> Account:
    return Account(name, (hashlib.sha256(name.encode()).hexdigest(),), (f"palm-{name}",))


ACCOUNTS = (account("ana"), account("ben"))


@dataclass(frozen=True)
class Change:
    """A change of load as `stack.weighing.weigh` gives it."""

    plates: tuple[str, ...]
    deltas_g: tuple[float, ...]
    sigma_g: float = 1.0
    started_ns: int = 0
    ended_ns: int = 500 * MILLISECOND


def change(delta_g: float, *plates: str, at_s: float = 0.0) -> Change:
    """One change that ends at a time; the load is spread evenly over the plates."""
    end = round(at_s * SECOND)
    return Change(plates, (delta_g / len(plates),) * len(plates), 1.0, end - 400 * MILLISECOND, end)


def person(track: str, x: float, y: float, t_ns: int = 0, born_ns: int = 0, *, seen: bool = True) -> Person:
    return Person(track, t_ns, (x, y, 1.7), (0.0, 0.0, 0.0), born_ns, seen)


def hand_at(place: str, track: str, t_ns: int, share: float = 1.0) -> Reach:
    x, y, z = LAYOUT.plate[place].pose.position
    return Reach(t_ns, "gondola-1", (x, y - 0.1, z + 0.1), 0.1, ((track, share),), ("c1",))


@dataclass
class Cast:
    """Says what a body tracker and the plates would have seen; feeds it to a stack at 10 Hz."""

    layout: Layout = LAYOUT
    accounts: Sequence[Account] = ACCOUNTS
    t_ns: int = 0
    at: dict[str, Vec3] = field(default_factory=dict)
    answers: list[AnswerRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reaches: list[tuple[str, str]] = []
        self.changes: list[Change] = []
        self.ill: dict[str, str] = {}
        self.bodies = self
        self.born: dict[str, int] = {}
        parts = {role: lambda _: self for role in ("people", "hands", "loads", "bodies")}
        self.stack = ReferenceStack(parts)
        self.feed(Setup(t_ns=0, source="rig", layout=self.layout, accounts=tuple(self.accounts)))

    def update(self, record: object, _: object = None) -> object:
        """Stand in for every part at once: bodies for a moment's people, else a block of samples."""
        if not isinstance(record, Bodies):
            found, self.changes = self.changes, []
            return found
        people = [
            Person(track, self.t_ns, head, (0.0, 0.0, 0.0), self.born.setdefault(track, self.t_ns))
            for track, head in self.at.items()
        ]
        return people, [hand_at(place, track, self.t_ns) for track, place in self.reaches]

    def health(self) -> dict[str, str]:
        """Stand in for the load watcher's word on its plates."""
        return self.ill

    def feed(self, *records: object) -> None:
        self.answers += self.stack.feed(records, self.t_ns)  # type: ignore[arg-type]

    def wait(self, seconds: float) -> None:
        """Let time pass, with the people where they are and the hands where they reach."""
        for _ in range(round(seconds * 10)):
            self.t_ns += SECOND // 10
            seen = Bodies(t_ns=self.t_ns, source="tracker", captured_ns=self.t_ns, bodies=())
            block = Weights(
                t_ns=self.t_ns, source="gondola-1", started_ns=0, period_ns=1, grams=np.zeros((0, 12), np.float32)
            )
            self.feed(seen, block)

    def walk(self, track: str, x: float, y: float, seconds: float = 1.0) -> None:
        """Walk in a straight line."""
        x0, y0, z = self.at.get(track, (x, y, 1.7))
        steps = max(1, round(seconds * 10))
        for step in range(1, steps + 1):
            self.at[track] = (x0 + (x - x0) * step / steps, y0 + (y - y0) * step / steps, z)
            self.wait(0.1)

    def enter(self, track: str, code: str = "") -> None:
        """Come in through the gate, showing a code or nothing."""
        self.at[track] = (-1.0, 0.0, 1.7)
        self.wait(0.5)
        if code:
            self.feed(Scan(t_ns=self.t_ns, source="scanner-in", code=code.encode()))
        self.walk(track, 0.0, 0.0)
        if code:
            self.feed(GateEvent(t_ns=self.t_ns, source="gate-in", kind=GateEventKind.PASSED_IN))
        self.walk(track, 1.2, 0.0)

    def leave(self, track: str, *, counted: bool = True) -> None:
        """Go out through the exit."""
        self.walk(track, 1.0, -3.0)
        self.walk(track, 0.0, -3.0)
        if counted:
            self.feed(GateEvent(t_ns=self.t_ns, source="gate-out", kind=GateEventKind.PASSED_OUT))
        self.walk(track, -1.0, -3.0)
        del self.at[track]

    def move(self, track: str, place: str, delta_g: float) -> None:
        """Reach to a plate and change its load."""
        self.walk(track, LAYOUT.plate[place].pose.position[0], 1.5)
        self.reaches = [(track, place)]
        self.wait(0.8)
        self.changes.append(change(delta_g, place, at_s=self.t_ns / SECOND))
        self.wait(0.3)
        self.reaches = []
        self.wait(1.0)

    def said(self, kind: type) -> list:  # type: ignore[type-arg]
        return [answer for answer in self.answers if isinstance(answer, kind)]
