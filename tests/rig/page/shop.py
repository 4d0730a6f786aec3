"""A made-up visit to a small shop, as records and as a recording: ana takes a cola, and ben pays for it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from contracts.checkout import Charge, Receipt, ReceiptLine
from contracts.clock import MILLISECOND, SECOND
from contracts.geometry import Pose
from contracts.layout import Account, CameraInfo, Facing, GateInfo, Gondola, Layout, Plate, Product, Shelf, Wall
from contracts.record import Record
from contracts.records import (
    CartChange,
    Direction,
    Frame,
    GateEvent,
    GateEventKind,
    Hypothesis,
    Joint,
    Scan,
    Setup,
    ShelfEvent,
    TrackPoint,
    Tracks,
    VisitChange,
    VisitState,
    Weights,
)
from contracts.run import RunStart
from contracts.truth import MoveKind, TrueCast, TrueMove, TruePassage, TruePerson, TruePoses, TrueStep
from rig.recording.recorder import Recorder

TAKEN_NS = 6 * SECOND
LEFT_NS = 12 * SECOND
END_NS = 15 * SECOND
SECRET = b"SECRET-CODE-4711"
KEY = b"SECRET-KEY-0815-"
EVIL = '</script><img src="https://evil.example/x" onerror="alert(1)">'
SCRIPT = (
    "about: A cola that somebody else pays for.\nstore: corner-shop\nseed: 3\nshoppers:\n"
    "  ana:\n    does:\n    - enter\n    - leave\n  ben:\n    does:\n    - enter\n    - leave\n"
)
PLATES = ("gondola-1/shelf-1/plate-1", "gondola-1/shelf-1/plate-2")
CAMERAS = ("c1", "c2")


def layout() -> Layout:
    """A room of 4 m by 3 m with one rack, two gates and two ceiling cameras."""
    plates = tuple(Plate(name, Pose.at(1.8 + 0.4 * i, 2.7, 1.0), 0.4, 0.4) for i, name in enumerate(PLATES))
    shelf = Shelf("gondola-1/shelf-1", Pose.at(2.0, 2.7, 1.0), 0.8, 0.4, 0.3, plates)
    down = np.array([[1.0, 0, 0, 2], [0, -1, 0, 1.5], [0, 0, -1, 2.8], [0, 0, 0, 1]])
    return Layout(
        name="corner-shop",
        bounds_m=(-3.0, 0.0, 4.0, 3.0),
        inside_m=(0.0, 0.0, 4.0, 3.0),
        gondolas=(Gondola("gondola-1", Pose.at(2.0, 2.5), 0.8, 0.4, 1.6, (shelf,)),),
        products=(Product("cola", "4000000000037", EVIL, 350.0, 3.0, price_minor=119),),
        planogram=(Facing("cola", shelf.id, (PLATES[0],), 0.0, 0.4),),
        cameras=tuple(CameraInfo(n, Pose.from_matrix(down), 320, 240, 150, 150, 160, 120) for n in CAMERAS),
        gates=(
            GateInfo("gate-in", Pose.at(0.0, 0.7), 0.7, scanner="scanner-in"),
            GateInfo("gate-out", Pose.at(0.0, 1.6), 0.7, entry=False, exit=True),
        ),
        walls=(Wall((0.0, 0.0), (4.0, 0.0)), Wall((4.0, 0.0), (4.0, 3.0))),
        currency="EUR",
    )


def records(*, owner: str = "v2") -> list[Record]:
    """Everything of the visit, in order of time; the stack puts the cola into the cart of `owner`."""
    told = [*_ticks(), *_moments(owner)]
    return [replace(record, seq=i) for i, record in enumerate(sorted(told, key=lambda record: record.t_ns))]


def record(path: Path, *, owner: str = "v2", script: str = SCRIPT) -> Path:
    """Write the visit as a recording."""
    start = RunStart(t_ns=0, source="rig", scenario=path.stem, script=script, store="corner-shop", seed=3)
    with Recorder(path, start) as recorder:
        for one in records(owner=owner):
            recorder.write([one])
            recorder.tick(one.t_ns)
        recorder.close("finished", now_ns=END_NS)
    return path


def picture(t_ns: int) -> bytes:
    """A grey room with a disc that walks through it, as JPEG."""
    image = np.full((240, 320, 3), 90, np.uint8)
    cv2.rectangle(image, (120, 10), (200, 40), (40, 90, 160), cv2.FILLED)
    cv2.circle(image, (20 + int(280 * t_ns / END_NS), 150), 18, (30, 160, 40), cv2.FILLED)
    return bytes(cv2.imencode(".jpg", image)[1].tobytes())


def _ticks() -> Iterator[Record]:
    """What comes ten times a second, and five times."""
    for t_ns in range(0, END_NS, 100 * MILLISECOND):
        share = min(1.0, t_ns / TAKEN_NS)
        at = (0.2 + 1.6 * share, 0.7 + 1.3 * share)
        ana = _person("ana", *at)
        ben = _person("ben", 3.0, 0.8 + 0.2 * math.sin(t_ns / SECOND))
        yield TruePoses(t_ns=t_ns, source="truth", people=(ana, ben))
        heads = tuple(TrackPoint(f"t{i}", f"v{i}", person.joints[0].position) for i, person in enumerate((ana, ben), 1))
        yield Tracks(t_ns=t_ns + 50 * MILLISECOND, source="stack", captured_ns=t_ns, tracks=heads)
        for camera in CAMERAS:
            yield Frame(t_ns=t_ns, source=camera, captured_ns=t_ns, jpeg=picture(t_ns))
    for t_ns in range(0, END_NS, 200 * MILLISECOND):
        grams = np.zeros((12, 2), np.float32)
        grams[:, 0] = 700 if t_ns < TAKEN_NS else 350
        yield Weights(
            t_ns=t_ns + 200 * MILLISECOND, source="gondola-1", started_ns=t_ns, period_ns=16_666_667, grams=grams
        )


def _person(name: str, x: float, y: float) -> TruePerson:
    joints = (
        Joint("head", (x, y, 1.7)),
        Joint("left_hand", (x - 0.2, y + 0.2, 1.0)),
        Joint("right_hand", (x + 0.2, y + 0.3, 1.1)),
    )
    return TruePerson(name, joints, math.pi / 2)


def _moments(owner: str) -> Iterator[Record]:
    accounts = tuple(Account(f"account-{name}") for name in ("ana", "ben"))
    yield Setup(t_ns=0, source="rig", layout=layout(), accounts=accounts, key=KEY)
    yield TrueCast(t_ns=0, source="truth", shoppers=("ana", "ben"), accounts=("account-ana", "account-ben"))
    yield Scan(t_ns=900 * MILLISECOND, source="scanner-in", code=SECRET)
    yield GateEvent(t_ns=SECOND, source="gate-in", kind=GateEventKind.OPENED)
    yield GateEvent(t_ns=3 * SECOND, source="gate-in", kind=GateEventKind.CLOSED)
    for name, visit in (("ana", "v1"), ("ben", "v2")):
        yield TrueStep(t_ns=0, source="truth", shopper=name, index=0, text="enter", done=False)
        yield TrueStep(t_ns=2 * SECOND, source="truth", shopper=name, index=0, text="enter", done=True)
        yield TruePassage(
            t_ns=2 * SECOND, source="truth", shopper=name, gate="gate-in", direction=Direction.IN, paying=name
        )
        yield VisitChange(
            t_ns=2 * SECOND, source="stack", visit=visit, state=VisitState.INSIDE, account=f"account-{name}"
        )
        yield TruePassage(
            t_ns=LEFT_NS, source="truth", shopper=name, gate="gate-out", direction=Direction.OUT, paying=name
        )
        lines = (ReceiptLine("cola", 1, 119, 0.9, ("e1",)),) if visit == owner else ()
        yield Receipt(
            t_ns=LEFT_NS + SECOND, source="stack", visit=visit, account=f"account-{name}", lines=lines,
            total_minor=119 * len(lines), currency="EUR", left_ns=LEFT_NS,
        )  # fmt: skip
    yield Charge(
        t_ns=LEFT_NS + SECOND, source="stack", visit=owner, account={"v1": "account-ana", "v2": "account-ben"}[owner],
        amount_minor=119, currency="EUR", key="charge-1",
    )  # fmt: skip
    yield TrueMove(
        t_ns=TAKEN_NS, source="truth", kind=MoveKind.TAKE, shopper="ana", item="cola#1", product="cola", mass_g=350.0,
        origin="gondola-1/shelf-1", plates=(PLATES[0],),
    )  # fmt: skip
    yield ShelfEvent(
        t_ns=TAKEN_NS + SECOND, source="stack", event="e1", plates=(PLATES[0],), deltas_g=(-350.0,),
        started_ns=TAKEN_NS - 100 * MILLISECOND, ended_ns=TAKEN_NS + 100 * MILLISECOND,
    )  # fmt: skip
    chosen = Hypothesis(owner, "cola", 1, 0.6)
    other = Hypothesis("v1", "cola", 1, 0.35)
    yield CartChange(
        t_ns=TAKEN_NS + SECOND, source="stack", event="e1", chosen=chosen, alternatives=(other,), hand=(1.8, 2.4, 1.1),
        hand_ns=TAKEN_NS, cameras=("c1",),
    )  # fmt: skip
