"""A stack cannot see the truth: not in its hands, not through them, not on the wire, not by an import."""

import gc
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import pytest

from contracts import truth
from contracts.clock import VirtualClock
from contracts.proto.v1 import records_pb2, stack_pb2
from contracts.record import Record
from contracts.records import AnswerRecord, Scan, SensorRecord, Setup
from contracts.run import RunStart
from contracts.truth import TrueCast, TruthRecord
from contracts.wire import wrap_sensor
from rig.keys import deployment_key
from rig.run import drive
from rig.scenario import Expect, Scenario, read_scenario
from rig.scenario.ready import ready
from stack.core import ReferenceStack
from tests.rig.kiosk import LOOK, ROOT, write_scenario
from twin.source import TwinSource
from twin.store import load_store

ALLOWED = ("builtins", "numpy", "contracts.records", "contracts.layout", "contracts.geometry", "enum")


class Spy:
    """A stack that keeps everything it is given, and lets the reference stack answer."""

    def __init__(self) -> None:
        self.given: list[SensorRecord] = []
        self._answers = ReferenceStack()

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        self.given.extend(records)
        return self._answers.feed(records, now_ns)

    def close(self) -> None:
        self._answers.close()


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Spy, Scenario]:
    folder = tmp_path_factory.mktemp("spy")
    scenario, store_path = ready(read_scenario(write_scenario(folder, LOOK)))
    store, spy = load_store(store_path), Spy()
    with closing(TwinSource(store, scenario.shoppers, seed=1)) as twin:
        drive(
            RunStart(t_ns=0, source="rig", scenario="spied", store=store.layout.name, seed=1),
            Setup(
                t_ns=0,
                source="rig",
                layout=store.layout,
                accounts=scenario.accounts,
                key=deployment_key(scenario.seed),
            ),
            twin,
            spy,
            obey=twin.command,
            finished=lambda: twin.finished,
            limit_ns=scenario.limit_ns,
            expect=Expect(),
            record_dir=folder,
            clock=VirtualClock(),
        )
    return spy, scenario


def test_a_stack_is_given_what_sensors_say_and_nothing_else(played: tuple[Spy, Scenario]) -> None:
    kinds = {type(record) for record in played[0].given}
    assert kinds <= set(SensorRecord.__args__)
    assert len(kinds) >= 4
    assert not any(isinstance(record, TruthRecord) for record in played[0].given)


def test_nothing_that_it_is_given_leads_to_the_truth(played: tuple[Spy, Scenario]) -> None:
    """Follow every reference from every record: only plain data, arrays and the public records are reached."""
    homes = {type(thing).__module__.removesuffix("._core.multiarray") for thing in reached(played[0].given)}
    strangers = {home for home in homes if not home.startswith(ALLOWED)}
    assert strangers == set()


def reached(records: Sequence[Record]) -> Iterator[Any]:
    seen: dict[int, Any] = {}
    todo: list[Any] = list(records)
    while todo:
        thing = todo.pop()
        # What a class or a module refers to is code, which imports are judged by, below.
        if id(thing) in seen or isinstance(thing, type | ModuleType | FunctionType):
            continue
        seen[id(thing)] = thing
        yield thing
        todo.extend(gc.get_referents(thing))


def test_names_and_codes_of_shoppers_are_in_nothing_that_it_is_given(played: tuple[Spy, Scenario]) -> None:
    spy, scenario = played
    (plan,) = scenario.shoppers
    assert plan.name == "zebulon"
    for record in spy.given:
        sent = wrap_sensor(record).SerializeToString()
        assert b"zebulon" not in sent
        assert plan.phone is not None
        assert plan.phone.handle.secret not in sent
        assert plan.code not in sent or isinstance(record, Scan)


def test_truth_has_no_place_on_the_wire() -> None:
    with pytest.raises(TypeError, match="TrueCast has no place in a SensorRecord"):
        wrap_sensor(TrueCast(t_ns=0, source="truth", shoppers=("ana",), accounts=("a",)))  # type: ignore[arg-type]
    reachable = {message.name for message in messages(stack_pb2.Tick.DESCRIPTOR)}
    assert {"SensorRecord", "Setup", "Frame", "Weights", "Layout"} <= reachable
    kinds = {name for name, kind in vars(truth).items() if isinstance(kind, type) and kind.__module__ == truth.__name__}
    assert not reachable & kinds
    assert {message.file.name for message in messages(stack_pb2.Tick.DESCRIPTOR)} == {
        f"contracts/proto/v1/{name}.proto" for name in ("stack", "records", "checkout", "layout")
    }


def messages(top: Any) -> set[Any]:
    found, todo = set(), [top]
    while todo:
        message = todo.pop()
        if message not in found:
            found.add(message)
            todo += [field.message_type for field in message.fields if field.message_type is not None]
    return found


def test_the_wire_carries_what_the_records_carry_and_no_more() -> None:
    places = records_pb2.SensorRecord.DESCRIPTOR.fields
    assert {place.message_type.name for place in places} == {kind.__name__ for kind in SensorRecord.__args__}
    carried = {place.message_type.name: place.message_type for place in places}
    for kind in SensorRecord.__args__:
        message = carried[kind.__name__]
        assert {field.name for field in message.fields} == {field.name for field in fields(kind)}


@pytest.mark.parametrize("module", ["stack.core", "stack.server"])
def test_a_stack_loads_no_truth(module: str) -> None:
    """In a fresh process, since this one has loaded everything."""
    code = (
        f"import sys, {module}; "
        "print(sorted(m for m in sys.modules if m.startswith(('twin', 'rig', 'contracts.truth', 'contracts.steps',"
        " 'contracts.archive', 'contracts.proto.v1.truth'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"


def test_the_contracts_between_rooms_are_kept() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint, "--no-cache"], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout
    assert "a stack can never see truth, nor the script KEPT" in done.stdout
