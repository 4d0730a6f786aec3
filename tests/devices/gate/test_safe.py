"""The safe state of each turnstile: everybody can get out, and in only where its profile knows no other way."""

import pytest

from devices.gate.turnstile import Mode, Safe
from devices.gate.turnstiles import TURNSTILES
from tests.devices.gate.bench import CLOSED, IN, OPENED, OUT, PASSED_OUT, Bench


@pytest.mark.parametrize("turnstile", TURNSTILES)
def test_the_safe_state_lets_people_out_and_in_only_where_the_profile_says_so(turnstile: str) -> None:
    bench = Bench(turnstile=turnstile)
    bench.gate.safe_state()
    assert bench.run(1) == [OPENED]
    assert bench.device.lets_through(OUT)
    assert bench.device.lets_through(IN) is (TURNSTILES[turnstile].safe is Safe.BOTH)
    for _ in range(2):
        had_leave, told = bench.cross(OUT, seconds=1.5)
        assert (had_leave, list(told)) == (True, [PASSED_OUT])


def test_a_level_that_frees_one_side_is_what_potential_mode_has() -> None:
    modes = {turnstile.mode for turnstile in TURNSTILES.values() if turnstile.safe is Safe.OUT}
    assert modes == {Mode.POTENTIAL}


@pytest.mark.parametrize("turnstile", TURNSTILES)
def test_the_next_order_ends_it(turnstile: str) -> None:
    bench = Bench(turnstile=turnstile)
    bench.gate.safe_state()
    bench.run(1)
    assert CLOSED in bench.lock(1)
    assert bench.device.blocks
    assert OPENED in bench.open(IN, 1)


def test_without_its_host_it_opens_both_ways() -> None:
    bench = Bench(turnstile="perco-potential")
    bench.gate.safe_state()
    bench.run(1)
    bench.gate.close()
    for _ in range(60):
        bench.clock.wait_until(bench.clock.now_ns + 100_000_000)
        bench.device.advance()
    assert bench.device.lets_through(IN)
    assert bench.device.lets_through(OUT)
