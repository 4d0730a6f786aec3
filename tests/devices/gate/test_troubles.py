"""What goes wrong between a gate's driver and its turnstile is told, and nobody is shut in."""

from dataclasses import replace

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.gate_states import State
from contracts.ports import FaultKind
from devices.gate.modules import MODULES
from devices.gate.troubles import GateTrouble
from devices.gate.turnstile import Contact, Order
from devices.gate.turnstiles import TURNSTILES
from devices.modbus.bank import Table
from devices.modbus.framing import Framing
from devices.modbus.harm import Harm
from devices.modbus.types import Code, Refusal, Reply
from tests.devices.gate.bench import CLOSED, IN, OPENED, OUT, PASSED_IN, PASSED_OUT, TAILGATED, TIMED_OUT, Bench

EVERY = pytest.mark.parametrize("turnstile", TURNSTILES)


@EVERY
@pytest.mark.parametrize("module", MODULES)
def test_a_relay_that_does_not_obey_is_told_and_nothing_is_said_to_be_open(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    bench.gate.fault(FaultKind.WRONG)
    assert bench.open(seconds=1.5) == []
    assert bench.gate.log.counts[GateTrouble.MISMATCH] >= 1
    assert bench.gate.state is State.LOCKED
    assert "open: let one in" not in "".join(bench.gate.log.notes)
    bench.gate.fault(None)
    assert bench.run(7) == []
    assert bench.open() == [OPENED]


def test_a_relay_that_closes_late_does_not_open_the_gate_behind_everybodys_back() -> None:
    bench = Bench()
    bench.device.module.welded = True
    bench.open(seconds=0.2)
    bench.device.module.welded = False
    bench.run(1)
    assert bench.device.blocks


@EVERY
def test_fire_opens_both_ways_whatever_it_is_told_and_is_over_when_it_is_over(turnstile: str) -> None:
    bench = Bench(turnstile=turnstile)
    bench.device.fire(burns=True)
    assert bench.run(0.3) == [OPENED]
    assert bench.gate.state is State.FREE
    assert bench.open() == []
    assert bench.lock() == []
    assert bench.gate.log.counts[GateTrouble.NOT_OBEYED] == 1
    assert bench.cross(OUT) == (True, [PASSED_OUT])
    assert bench.run(1) == []
    assert bench.cross(IN) == (True, [PASSED_IN])
    bench.run(1)
    bench.device.fire(burns=False)
    assert bench.run(0.5) == [CLOSED]
    assert bench.device.blocks


@EVERY
def test_the_safe_state_opens_until_the_next_order(turnstile: str) -> None:
    bench = Bench(turnstile=turnstile)
    bench.gate.safe_state()
    assert bench.run(8) == [OPENED]
    assert bench.device.lets_through(OUT)
    assert bench.lock(1) == [CLOSED]
    assert bench.device.blocks
    bench.gate.safe_state()
    bench.run(1)
    assert bench.open() == [CLOSED, OPENED]


@EVERY
@pytest.mark.parametrize("module", MODULES)
def test_a_host_that_is_gone_leaves_the_gate_open(module: str, turnstile: str) -> None:
    bench = Bench(module, turnstile)
    if module == "pet-7060":
        assert bench.gate.armed
    for _ in range(7 * 20):
        # Nobody reads the driver any more: its process is dead.
        bench.clock.wait_until(bench.clock.now_ns + 50 * MILLISECOND)
        bench.serve()
    assert bench.device.lets_through(OUT)
    assert bench.device.lets_through(IN)


def test_a_watchdog_that_is_on_already_is_not_written_again() -> None:
    bench = Bench("pet-7060", ready=False)
    writes: list[int] = []
    bank = bench.device.module.bank
    bank.define(Table.HOLDING, 256, [5])
    inner = bank._written
    bank._written = lambda request, now_ns: (writes.append(request.code), inner(request, now_ns))[1]
    bench.run(1)
    assert bench.gate.armed
    assert Code.WRITE_REGISTER not in writes


def test_a_watchdog_that_cannot_be_switched_on_is_told() -> None:
    bench = Bench("pet-7060", ready=False)
    bank = bench.device.module.bank
    bank._special = lambda request, _now_ns: Reply(refusal=Refusal.ADDRESS) if request.address == 256 else None
    bench.run(1)
    assert bench.gate.armed is False
    assert bench.gate.log.counts[GateTrouble.NOT_ARMED] == 1


def test_a_module_that_starts_anew_is_told_and_the_gate_closes_again() -> None:
    bench = Bench()
    bench.device.module.restart(bench.clock.now_ns)
    assert bench.run(1) == [OPENED, CLOSED]
    assert bench.gate.log.counts[GateTrouble.DROPPED] == 1
    assert bench.device.blocks


@pytest.mark.parametrize("tick_ms", [1, 7, 20])
def test_contacts_bounce_and_one_body_is_one_body(tick_ms: int) -> None:
    bench = Bench(tick_ms=tick_ms)
    for _ in range(5):
        assert bench.open() == [OPENED]
        assert bench.cross(seconds=2.5) == (True, [PASSED_IN, CLOSED])


@pytest.mark.parametrize("module", ["adam-6060", "moxa-e1214"])
@pytest.mark.parametrize("turnstile", ["perco-pulse", "perco-ttr-10a"])
def test_a_pulse_between_two_looks_is_told_by_the_counter_and_a_long_one_only_once(module: str, turnstile: str) -> None:
    short = replace(TURNSTILES[turnstile], passing_ns=60 * MILLISECOND)
    bench = Bench(module, short, tick_ms=50, counters=True)
    bench.device.module.contacts[0]._bounces = False
    assert bench.open() == [OPENED]
    assert bench.cross(seconds=2) == (True, [PASSED_IN, CLOSED])
    counted = Bench(module, turnstile, tick_ms=10, counters=True)
    for _ in range(3):
        counted.open()
        assert counted.cross(seconds=3) == (True, [PASSED_IN, CLOSED])
    assert not counted.gate.log.counts


@EVERY
def test_whoever_follows_is_told_where_somebody_looks(turnstile: str) -> None:
    bench = Bench(turnstile=turnstile, detector=True)
    assert bench.cross() == (False, [TAILGATED])
    bench.run(2)
    bench.open()
    assert bench.cross()[1] == [PASSED_IN]
    had_leave, said = bench.cross(seconds=2)
    assert not had_leave
    assert said == [TAILGATED, CLOSED]


def test_a_refused_order_is_told() -> None:
    bench = Bench("waveshare-io-8ch")
    bank = bench.device.module.bank
    inner = bank._special

    def busy(request, now_ns):
        refuses = request.code == Code.WRITE_COIL and request.address == 0x0200
        return Reply(refusal=Refusal.BUSY) if refuses else inner(request, now_ns)

    bank._special = busy
    assert bench.open(seconds=1) == []
    assert bench.gate.log.counts == {GateTrouble.REFUSED: 1}
    assert "exception 6 (busy)" in bench.gate.log.notes[0]
    assert bench.gate.state is State.LOCKED


# In RTU nothing tells a late duplicate from an answer.
BAD = [(harm, framing) for harm in (Harm.SOME, Harm.SLOW) for framing in Framing] + [(Harm.TWICE, Framing.TCP)]


@pytest.mark.parametrize(("harm", "framing"), BAD)
def test_a_bad_line_costs_time_and_no_passage(harm: Harm, framing: Framing) -> None:
    bench = Bench(framing=framing)
    bench.device.begin(harm)
    said = bench.open(seconds=3)
    assert OPENED in said
    assert bench.cross(seconds=4)[0]


@pytest.mark.parametrize("harm", [Harm.HALF, Harm.BITS, Harm.STRANGE, Harm.LATE])
@pytest.mark.parametrize("framing", Framing)
def test_a_line_that_is_broken_for_good_is_not_ready_and_comes_back(harm: Harm, framing: Framing) -> None:
    bench = Bench(framing=framing)
    bench.device.begin(harm)
    bench.run(6)
    if harm is not Harm.BITS or framing is Framing.RTU:
        assert bench.gate.complaint is not None
        assert bench.gate.state is State.NOT_READY
    bench.device.begin(None)
    bench.run(4)
    assert bench.gate.state is State.LOCKED
    assert bench.open() == [OPENED]


def test_inputs_that_are_stuck_tell_of_no_passage() -> None:
    bench = Bench()
    bench.open()
    bench.gate.fault(FaultKind.STUCK)
    assert bench.cross() == (True, [])
    assert bench.run(6) == [TIMED_OUT, CLOSED]


def test_a_lane_that_is_wired_the_other_way_round_is_another_entry() -> None:
    contacts = {**TURNSTILES["perco-pulse"].relays, Order.OPEN_IN: Contact(5, closed=False), Order.STOP: Contact(0)}
    bench = Bench("moxa-e1214", replace(TURNSTILES["perco-pulse"], relays=contacts))
    assert bench.open() == [OPENED]
    assert bench.cross(seconds=2) == (True, [PASSED_IN, CLOSED])


def test_a_modules_own_long_pulse_is_used_where_it_fits() -> None:
    bench = Bench("moxa-e1214", replace(TURNSTILES["perco-pulse"], pulse_ns=1500 * MILLISECOND))
    assert bench.device.module.bank.get(Table.HOLDING, 52) == (1,)
    assert bench.open(seconds=1) == [OPENED]
    assert bench.device.module.bank.obey(bench.module.read_relays(), bench.clock.now_ns).values[0] == 1
    bench.run(1)
    assert bench.device.module.bank.obey(bench.module.read_relays(), bench.clock.now_ns).values[0] == 0
    assert bench.cross(seconds=3) == (True, [PASSED_IN, CLOSED])
    assert not bench.gate.log.counts
    assert bench.clock.now_ns > SECOND
