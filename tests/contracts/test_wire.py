"""Every record survives the wire, and nothing that is not for a stack fits its envelope."""

import dataclasses
import subprocess
import sys
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from contracts import biometrics, checkout, layout, records, run, trade, truth, wire
from contracts.archive import ARCHIVE
from contracts.geometry import Pose
from contracts.record import Record

ROOT = Path(__file__).parents[2]

PLATE = layout.Plate("gondola-1/shelf-1/plate-1", Pose.at(1, 2, 0.3, yaw=0.5), 0.1, 0.4)
SHELF = layout.Shelf("gondola-1/shelf-1", Pose.at(1, 2, 0.3), 1.2, 0.4, 0.25, (PLATE,))
STORE = layout.Layout(
    name="s",
    bounds_m=(-1, -2, 3, 4),
    inside_m=(0, 0, 1, 1),
    gondolas=(layout.Gondola("gondola-1", Pose.at(1, 2), 1.2, 0.4, 2.0, (SHELF,)),),
    products=(layout.Product("fiji-500", "0632565000012", "Fiji", 525.0, 4.2, (0.07, 0.07, 0.2), 199, "food"),),
    planogram=(layout.Facing("fiji-500", SHELF.id, (PLATE.id,), 0.0, 0.1, 4),),
    cameras=(layout.CameraInfo("c1", Pose.at(0, 0, 3), 320, 240, 200.0, 200.0, 160.0, 120.0, (0.1,), depth=True),),
    gates=(layout.GateInfo("gate-in", Pose.at(0, 0), 0.6, layout.GateKind.BEAM, scanner="scanner-in"),),
    walls=(layout.Wall((0, 0), (1, 0)),),
    tills=(trade.TillInfo("till-1", Pose.at(0, 0), trade.TillKind.SELF, terminal="terminal-1", printed="0002"),),
    provider="acquirer",
    hold_minor=2000,
    promotions=(trade.Promotion("3 for 2", trade.PromotionKind.N_FOR_M, ("fiji-500",), take=3, pay=2),),
    tax_rates=(trade.TaxRate("standard", 190_000),),
    tax_included=False,
)
SUBJECTS = (biometrics.Subject(biometrics.Modality.FACE, "s"),)
HEAD = {"t_ns": 5, "source": "x", "seq": 3}
EXAMPLES = [
    records.Setup(
        **HEAD,
        layout=STORE,
        accounts=(layout.Account("a", ("d",), ("p",), "prime", "12", "tok", "34", SUBJECTS),),
        key=b"k",
    ),
    records.Frame(**HEAD, captured_ns=4, jpeg=b"\xff", depth_mm=np.arange(6, dtype=np.uint16).reshape(2, 3)),
    records.Frame(**HEAD, captured_ns=4, jpeg=b"\xff"),
    records.Frame(**HEAD, captured_ns=4, rgb=np.arange(24, dtype=np.uint8).reshape(2, 4, 3)),
    records.Weights(**HEAD, started_ns=1, period_ns=2, grams=np.array([[1.5, np.nan]], np.float32)),
    records.Bodies(**HEAD, captured_ns=1, bodies=(records.Body("b", (records.Joint("head", (1.0, 2.0, 3.0)),)),)),
    records.Scan(**HEAD, code=b"\x00\xffcode"),
    records.PalmScan(**HEAD, handle="h"),
    records.PalmScan(**HEAD, handle="", quality=0.0, why="the fingers are not spread"),
    checkout.PalmEnrolled(**HEAD, key="k", handle="h"),
    biometrics.BioScan(
        **HEAD, modality=biometrics.Modality.FACE, outcome=biometrics.BioOutcome.MATCHED, subject="s", score=7.5
    ),
    biometrics.BioScan(
        **HEAD,
        modality=biometrics.Modality.FINGERPRINT_CARD,
        outcome=biometrics.BioOutcome.ATTACK,
        liveness=0.1,
        why="w",
    ),
    checkout.PalmOrder(
        **HEAD, key="k", action=checkout.PalmAction.ENROL, reader="palm-in", account="a", wording="palm-en-1"
    ),
    records.GateEvent(**HEAD, kind=records.GateEventKind.PASSED_IN),
    checkout.TerminalEvent(**HEAD, kind=checkout.TerminalEventKind.DECLINED, key="k"),
    records.GateCommand(**HEAD, gate="gate-in", action=records.GateAction.OPEN, direction=records.Direction.OUT),
    records.ScreenCommand(**HEAD, screen="s", text="hello"),
    records.Tracks(**HEAD, captured_ns=4, tracks=(records.TrackPoint("t1", "v1", (1.0, 2.0, 3.0)),)),
    records.ShelfEvent(**HEAD, event="e1", plates=("p",), deltas_g=(-5.5,), started_ns=1, ended_ns=2),
    records.CartChange(**HEAD, event="e1", chosen=records.Hypothesis("v", "p", -2, 0.5), hand=(1.0, 2.0, 3.0)),
    records.CartChange(**HEAD, event="e1", chosen=records.Hypothesis("v", "p", 1, 0.5), cameras=("c1",)),
    records.VisitChange(**HEAD, visit="v", state=records.VisitState.LEFT, account="a"),
    checkout.Receipt(
        **HEAD,
        visit="v",
        account="a",
        lines=(checkout.ReceiptLine("p", 1, 199, 0.99, ("e1",)),),
        total_minor=199,
        currency="USD",
        left_ns=4,
        status=checkout.ReceiptStatus.REVIEW,
        reason="r",
    ),
    checkout.Charge(**HEAD, visit="v", account="a", amount_minor=199, currency="USD", key="v"),
    checkout.PaymentOrder(
        **HEAD,
        provider="pay",
        key="v/1",
        payment="v",
        action=checkout.PaymentAction.CAPTURE,
        amount_minor=199,
        currency="USD",
        instrument="tok",
        of="v/0",
    ),
    checkout.PaymentResult(
        **HEAD,
        key="v/1",
        payment="v",
        action=checkout.PaymentAction.CAPTURE,
        outcome=checkout.PaymentOutcome.MISMATCH,
        reference="r",
        amount_minor=199,
        reason="w",
    ),
    checkout.PhoneRequest(**HEAD, account="a", action=checkout.PhoneAction.SCANNED, code=b"c"),
    checkout.PhoneRequest(
        **HEAD, account="a", action=checkout.PhoneAction.ENROL_PALM, device="palm-in", wording="palm-en-1"
    ),
    checkout.PhoneView(**HEAD, phone="p", text="hello", code=b"c", until_ns=9),
    checkout.BalanceChange(
        **HEAD, account="a", amount_minor=1500, balance_minor=1500, currency="USD", key="k", reason="w", till="t"
    ),
    checkout.TillEvent(**HEAD, key=checkout.TillKey.TOP_UP, amount_minor=1500, sale="s"),
    checkout.TerminalOrder(**HEAD, terminal="t", key="k", amount_minor=199, currency="USD"),
    truth.TruePoses(
        **HEAD,
        people=(truth.TruePerson("ana", (records.Joint("head", (0.0, 1.0, 2.0)),), 0.5),),
        items=(truth.TrueItem("i", "p", Pose.at(1, 2, 3)),),
    ),
    truth.TrueMove(**HEAD, kind=truth.MoveKind.HAND, shopper="ana", item="i", product="p", mass_g=5.0, plates=("x",)),
    truth.TruePassage(**HEAD, shopper="ana", gate="g", direction=records.Direction.IN, paying="ben"),
    truth.TrueStep(**HEAD, shopper="ana", index=2, text="take", done=True, problem=""),
    truth.TrueFault(**HEAD, device="d", fault="stuck", began=True, applied=False),
    truth.TrueCast(**HEAD, shoppers=("ana",), accounts=("",)),
    truth.TrueBio(**HEAD, shopper="ana", reader="face-in", owner="ben", shows="mask", known=True),
    truth.TruePalm(**HEAD, shopper="ana", reader="palm-in", owner="ben", shows="print", known=True),
    truth.TruePayment(**HEAD, shopper="ana", till="till-1", means="palm", paid=True),
    run.RunStart(**HEAD, scenario="s", store="n", seed=7, versions=(run.Version("numpy", "2"),)),
    run.RunEnd(**HEAD, status="finished"),
    run.Checkpoint(**HEAD, messages=9, digest="ab"),
]


def plain(value: object) -> object:
    """Turn records into nested plain data that == can compare, NaN included."""
    if isinstance(value, np.ndarray):
        return (value.dtype.name, value.shape, value.tobytes())
    if dataclasses.is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


@pytest.mark.parametrize("record", EXAMPLES, ids=lambda r: type(r).__name__)
def test_a_record_survives_the_wire(record: Record) -> None:
    again = ARCHIVE.decode(type(record).__name__, ARCHIVE.encode(record))
    assert type(again) is type(record)
    assert plain(again) == plain(record)


def test_every_record_type_has_an_example() -> None:
    rooms = (records.SensorRecord, records.AnswerRecord, truth.TruthRecord)
    known = {kind for room in rooms for kind in get_args(room)} | {run.RunStart, run.RunEnd, run.Checkpoint}
    assert {type(example) for example in EXAMPLES} == known


def test_every_dataclass_and_message_have_the_same_fields() -> None:
    for room in (trade, layout, records, checkout, truth, run):
        for name, kind in vars(room).items():
            if dataclasses.is_dataclass(kind) and kind.__module__ == room.__name__ and name != "Record":
                message = ARCHIVE.message_class(name).DESCRIPTOR
                assert sorted(f.name for f in dataclasses.fields(kind)) == sorted(f.name for f in message.fields), name


@pytest.mark.parametrize(
    "record", [r for r in EXAMPLES if isinstance(r, truth.TruthRecord)], ids=lambda r: type(r).__name__
)
def test_truth_does_not_fit_the_envelope_to_a_stack(record: Record) -> None:
    with pytest.raises(TypeError, match="has no place in a SensorRecord"):
        wire.wrap_sensor(record)


def test_sensor_and_answer_envelopes_return_what_went_in() -> None:
    sensors = [r for r in EXAMPLES if isinstance(r, records.SensorRecord)]
    answers = [r for r in EXAMPLES if isinstance(r, records.AnswerRecord)]
    assert [plain(r) for r in wire.unwrap(map(wire.wrap_sensor, sensors))] == [plain(r) for r in sensors]
    assert [plain(r) for r in wire.unwrap(map(wire.wrap_answer, answers))] == [plain(r) for r in answers]


def test_generated_code_is_what_the_protos_say(tmp_path: Path) -> None:
    pytest.importorskip("grpc_tools", reason="pip install grpcio-tools")
    subprocess.run([ROOT / "ci/protoc", tmp_path], check=True, env={"PYTHON": sys.executable, "PATH": "/usr/bin:/bin"})
    for made in sorted(tmp_path.rglob("*_pb2*")):
        committed = ROOT / made.relative_to(tmp_path)
        assert made.read_text() == committed.read_text(), f"{committed} is stale: run ci/protoc"
