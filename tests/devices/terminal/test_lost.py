"""A line that is lost while somebody pays: asked about, never paid twice, never kept when it was called off."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.ports import FaultKind
from devices.terminal.behaviour import Behaviour
from devices.terminal.control import Control
from devices.terminal.profile import TCP
from tests.devices.terminal.bench import ANA, Bench
from tests.devices.terminal.test_driver import APPROVED, TIMED_OUT, kinds


@pytest.mark.parametrize("cut", [Control.STATUS, Control.PRINT_LINE, Control.COMPLETION])
def test_what_was_paid_when_the_line_was_lost_is_asked_about(cut: Control) -> None:
    bench = Bench()
    bench.run(SECOND)
    bench.driver.request("k0", 700, "EUR")
    bench.run(6 * SECOND, ANA)
    bench.emulator.behaviour.cut_before = cut
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(20 * SECOND, ANA)) == [("k1", APPROVED)]
    assert bench.connections == 2
    assert [b.amount_minor for b in bench.emulator.journal.bookings] == [700, 1000]


def test_what_was_never_heard_by_the_terminal_is_not_paid() -> None:
    bench = Bench()
    bench.driver.request("k0", 1000, "EUR")
    bench.run(6 * SECOND, ANA)
    bench.driver.request("k1", 1000, "EUR")  # the same amount as the one before: must not be taken for it
    assert bench.far
    bench.far.close()
    assert kinds(bench.run(30 * SECOND)) == [("k1", TIMED_OUT)]
    assert bench.emulator.journal.taken_minor == 1000


def test_what_is_paid_after_it_was_called_off_is_given_back() -> None:
    bench = Bench()
    bench.driver.request("k1", 1000, "EUR")
    bench.run(SECOND)
    bench.emulator.behaviour.cut_before = Control.INTERMEDIATE
    bench.emulator.present(ANA)
    bench.run(SECOND // 5)
    bench.emulator.fault(FaultKind.OFF)
    assert kinds(bench.run(2 * TCP.silence_ns)) == [("k1", TIMED_OUT)]
    assert bench.emulator.journal.taken_minor == 1000
    bench.emulator.fault(None)
    assert bench.run(30 * SECOND) == []
    assert bench.emulator.journal.taken_minor == 0
    assert bench.driver.ready


FAULTS = st.sampled_from([None, *FaultKind])
CUTS = st.sampled_from([0, Control.STATUS, Control.INTERMEDIATE, Control.PRINT_LINE, Control.COMPLETION])


@settings(max_examples=40, deadline=None)
@given(FAULTS, CUTS, st.integers(1, 100), st.integers(0, 1000))
def test_whatever_fails_the_till_and_the_terminal_agree_in_the_end(
    fault: FaultKind | None, cut: int, at_tenths: int, seed: int
) -> None:
    bench = Bench(behaviour=Behaviour(cut_before=cut), seed=seed)
    bench.driver.request("k1", 1000, "EUR")
    events = bench.run(at_tenths * SECOND // 10, ANA)
    bench.emulator.fault(fault)
    events += bench.run(20 * SECOND, ANA)
    bench.emulator.fault(None)
    events += bench.run(200 * SECOND)
    assert len(events) == 1
    paid = 1000 if events[0].kind is APPROVED else 0
    assert bench.emulator.journal.taken_minor == paid
    assert bench.driver.ready
