"""Bench time at a shim: what a run sets is what drivers stamp by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.ports import Scanner
from devices.shim.client import Bench
from devices.shim.clock import ShimClock
from devices.shim.host import serve
from devices.shim.offset import Exchange, Offset, best, offset_of
from tests.devices.shim.desk import Drawer

NS = st.integers(0, 10**15)
TRIP = st.integers(0, 10**9)


@given(NS, st.integers(-(10**15), 10**15), TRIP, TRIP, TRIP)
def test_an_offset_is_wrong_by_half_the_round_trip_at_most(
    asked: int, ahead: int, out: int, work: int, back: int
) -> None:
    received = asked + out + ahead
    found = offset_of(Exchange(asked, received, received + work, asked + out + work + back))
    assert found.round_trip_ns == out + back
    assert abs(found.offset_ns - ahead) <= (out + back) / 2 + 1


def test_the_exchange_that_took_least_time_counts() -> None:
    assert best([Exchange(0, 50, 50, 10), Exchange(0, 3, 3, 2), Exchange(0, 90, 90, 100)]) == Offset(2, 2)


def test_a_shims_clock_runs_on_what_it_was_set_to() -> None:
    own = VirtualClock()
    clock = ShimClock(own)
    own.wait_until(SECOND)
    clock.shift(9 * SECOND)
    assert clock.now_ns == 10 * SECOND
    assert clock.wait_until(12 * SECOND) == 0
    assert own.now_ns == 3 * SECOND


def test_drivers_stamp_by_the_time_that_the_run_sets() -> None:
    drawer = Drawer()
    with serve({"scanner-1": drawer.offer}) as shim, Bench(shim.address) as bench:
        before_ns = bench.shim.clock.now_ns
        bench.synchronise(3600 * SECOND)
        port = bench.ports["scanner-1"]
        assert isinstance(port, Scanner)
        port.present(b"x")
        (scan,) = port.read(3600 * SECOND)
        spent_ns = bench.shim.clock.now_ns - before_ns
        offset = bench.offset()
        assert 3600 * SECOND - offset.round_trip_ns < scan.t_ns < 3600 * SECOND + spent_ns + offset.round_trip_ns
        assert abs(offset.offset_ns) < SECOND
        assert offset.round_trip_ns > 0


def test_a_driver_never_sees_its_time_jump() -> None:
    drawer = Drawer()
    with serve({"scanner-1": drawer.offer}) as shim:
        for hours in (2, 1):  # the second run begins earlier than the first
            with Bench(shim.address) as bench:
                opened = len(drawer.opened)
                bench.synchronise(hours * 3600 * SECOND)
                assert len(drawer.opened) == opened + 1
                bench.synchronise(bench.shim.clock.now_ns + bench._ahead_ns + 20 * MILLISECOND)
                assert len(drawer.opened) == opened + 1, "a small correction is none"


def test_two_runs_at_one_shim_have_each_its_own_time() -> None:
    drawers = {id_: Drawer(id_) for id_ in ("a", "b")}
    offers = {id_: drawer.offer for id_, drawer in drawers.items()}
    with serve(offers) as shim, Bench(shim.address, ids=["a"]) as ana, Bench(shim.address, ids=["b"]) as ben:
        ana.synchronise(100 * SECOND)
        ben.synchronise(9000 * SECOND)
        apart = drawers["b"].opened[-1].clock.now_ns - drawers["a"].opened[-1].clock.now_ns
        assert apart > 8000 * SECOND
        assert abs(ana.offset().offset_ns) < 100 * MILLISECOND
        assert abs(ben.offset().offset_ns) < 100 * MILLISECOND


def test_the_worlds_time_is_told_to_one_who_has_no_lease() -> None:
    with serve({}) as shim, Bench(shim.address) as bench:
        assert bench.ports == {}
        assert abs(bench.shim.unix_offset().offset_ns) < SECOND
        with pytest.raises(TypeError):
            Bench(shim.address, "holder")  # type: ignore[misc]  # by name only
