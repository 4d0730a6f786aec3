"""The stack of the documentation: a process of its own, driven over the wire and by the fourth page of the tutorial."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grpc
import pytest

from contracts.proto.v1 import checkout_pb2 as checkout
from contracts.proto.v1 import layout_pb2 as layout
from contracts.proto.v1 import records_pb2 as records
from contracts.proto.v1 import stack_pb2, stack_pb2_grpc
from tests.docs.pages import DOCS
from tests.docs.reader import Reader

EXAMPLE = DOCS / "examples" / "own_stack.py"


@pytest.fixture
def address() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, str(EXAMPLE), "0"], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().removeprefix("listening on ").strip()
    finally:
        process.kill()
        process.communicate()


def test_it_uses_nothing_of_this_project_but_the_generated_code() -> None:
    tree = ast.parse(EXAMPLE.read_text())
    modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    modules |= {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    assert modules == {"sys", "grpc", "concurrent.futures", "contracts.proto.v1"}


def test_it_lets_in_whoever_shows_something_and_bills_nobody(address: str) -> None:
    gate = layout.GateInfo(id="gate-in", scanner="scanner-in", palm_reader="palm-in")
    account = layout.Account(id="ana", handle="12345678")
    setup = records.Setup(layout=layout.Layout(gates=[gate], currency="EUR"), accounts=[account])
    out = records.GateEvent(source="gate-out", kind=records.GATE_EVENT_KIND_PASSED_OUT)
    said = [
        records.SensorRecord(setup=setup),
        records.SensorRecord(scan=records.Scan(source="scanner-in", code=b"701123456780011987654321")),
        records.SensorRecord(palm_scan=records.PalmScan(source="palm-in", handle="unknown")),
        records.SensorRecord(gate_event=out),
        records.SensorRecord(gate_event=out),
    ]
    ticks = (stack_pb2.Tick(now_ns=now_ns, records=[record]) for now_ns, record in enumerate(said))
    with grpc.insecure_channel(address) as channel:
        answers = list(stack_pb2_grpc.WalkoutStackStub(channel).Run(ticks, timeout=30))
    assert [answer.now_ns for answer in answers] == [0, 1, 2, 3, 4]
    orders = [record.gate_command for answer in answers[:3] for record in answer.records]
    assert [(order.gate, order.action, order.visit) for order in orders] == [
        ("gate-in", records.GATE_ACTION_OPEN, "visit-1"),
        ("gate-in", records.GATE_ACTION_OPEN, "visit-2"),
    ]
    receipts = [record.receipt for answer in answers[3:] for record in answer.records]
    assert [(r.visit, r.account, r.total_minor, r.status) for r in receipts] == [
        ("visit-1", "ana", 0, checkout.RECEIPT_STATUS_FINAL),
        ("visit-2", "", 0, checkout.RECEIPT_STATUS_FINAL),
    ]


@pytest.mark.slow
@pytest.mark.timeout(900)  # whole runs, on a machine that may be busy
def test_the_page_that_starts_it_and_runs_scenarios_against_it(tmp_path: Path) -> None:
    """Buying nothing passes, buying something ends with exit code 1; the page says so."""
    with Reader(tmp_path) as reader:
        reader.read(DOCS / "tutorial" / "4-bring-your-own-stack.md")
    assert all(server.poll() is not None for server in reader.servers)
