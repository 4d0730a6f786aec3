"""A gate's driver on every module, in every mode: what it is told happens at the turnstile, and comes back."""

import pytest

from contracts.gate_states import State
from contracts.ports import FaultKind
from devices.gate.modules import MODULES
from devices.gate.turnstiles import TURNSTILES
from devices.modbus.framing import Framing
from tests.devices.gate.bench import CLOSED, IN, OPENED, OUT, PASSED_IN, PASSED_OUT, TIMED_OUT, Bench

EVERY = pytest.mark.parametrize(
    ("module", "turnstile"), [(module, turnstile) for module in MODULES for turnstile in TURNSTILES]
)


@EVERY
def test_one_is_let_in_and_the_gate_locks_again(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    assert bench.device.blocks
    assert bench.open() == [OPENED]
    assert bench.device.lets_through(IN)
    assert not bench.device.lets_through(OUT)
    assert bench.cross() == (True, [PASSED_IN])
    assert bench.run(2) == [CLOSED]
    assert bench.device.blocks
    assert not bench.gate.log.counts
    assert not bench.gate.wire


@EVERY
def test_one_is_let_out(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    assert bench.open(OUT) == [OPENED]
    assert bench.cross(OUT) == (True, [PASSED_OUT])
    assert bench.run(2) == [CLOSED]


@EVERY
def test_nobody_comes(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    assert bench.open() == [OPENED]
    assert bench.run(4) == []
    assert bench.run(3) == [TIMED_OUT, CLOSED]
    assert bench.device.blocks


@EVERY
def test_a_gate_that_is_locked_lets_nobody_through(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    assert bench.open() == [OPENED]
    assert bench.lock(1.5) == [CLOSED]
    assert bench.device.blocks
    assert bench.run(7) == []
    assert bench.gate.state is State.LOCKED


@EVERY
def test_two_are_told_of_and_two_come(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    assert bench.open(seconds=0.1) + bench.open(seconds=2) == [OPENED]
    assert bench.cross(seconds=1.5) == (True, [PASSED_IN])
    had_leave, said = bench.cross(seconds=3)
    assert (had_leave, said) == (True, [PASSED_IN, CLOSED])
    assert bench.cross()[0] is False
    assert not bench.gate.log.counts


@EVERY
def test_an_order_right_after_a_lock_opens_for_one_and_no_more(module: str, turnstile: str) -> None:
    # On a PERCo, an edge while Stop is low would open it for good.
    bench = Bench(module, turnstile)
    bench.open(seconds=0.1)
    bench.lock(seconds=0.02)
    assert OPENED in bench.open(seconds=1.5)
    assert bench.cross(seconds=2) == (True, [PASSED_IN, CLOSED])
    assert bench.cross() == (False, [])


@pytest.mark.parametrize("framing", Framing)
@pytest.mark.parametrize("tick_ms", [5, 50])
def test_it_works_at_the_runs_own_pace_and_in_both_framings(framing: Framing, tick_ms: int) -> None:
    bench = Bench(framing=framing, tick_ms=tick_ms)
    assert bench.open() == [OPENED]
    assert bench.cross(seconds=0.5) == (True, [PASSED_IN])
    assert bench.run(2) == [CLOSED]


@pytest.mark.parametrize("turnstile", TURNSTILES)
def test_a_turnstile_that_loses_its_line_is_open_only_after_the_watchdog_and_tells_when_it_is_back(
    turnstile: str,
) -> None:
    bench = Bench(turnstile=turnstile)
    bench.gate.fault(FaultKind.OFF)
    assert bench.run(4) == []
    assert bench.gate.state is State.NOT_READY
    assert bench.device.blocks
    told = bench.gate.complaint
    assert told is not None
    assert "does not answer" in str(told)
    assert bench.run(2) == []
    assert bench.device.lets_through(IN)
    assert bench.device.lets_through(OUT)
    assert bench.device.module.tripped == 1
    bench.gate.fault(None)
    assert bench.run(3) == []
    assert bench.gate.state is State.LOCKED
    assert bench.device.blocks
    assert bench.open() == [OPENED]
