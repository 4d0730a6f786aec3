"""The emulated turnstiles do what their makers' tables say."""

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.records import Direction
from contracts.seeds import stream
from devices.gate.emulate.contact import BOUNCE_NS, Contact
from devices.gate.emulate.gunnebo import Gunnebo
from devices.gate.emulate.mechanics import Mechanics
from devices.gate.emulate.perco import SHORTEST_NS, Perco
from devices.gate.turnstile import Order, Sense
from devices.gate.turnstiles import TURNSTILES
from tests.devices.gate.bench import IN, OUT

A, B, STOP = Order.OPEN_IN, Order.OPEN_OUT, Order.STOP
LONG = SHORTEST_NS + 50 * MILLISECOND


def at_rest(mechanics: Mechanics) -> Mechanics:
    mechanics.order(Order.HOLD_FIRE, 0, given=True)
    mechanics.advance(SECOND)
    return mechanics


def press(mechanics: Mechanics, *orders: Order, at_ns: int = SECOND, lasts_ns: int = LONG) -> int:
    """Give orders one after the other, hold all, let all go; return the time."""
    for number, order in enumerate(orders):
        mechanics.order(order, at_ns + number * LONG, given=True)
    over_ns = at_ns + (len(orders) - 1) * LONG + lasts_ns
    for order in orders:
        mechanics.order(order, over_ns, given=False)
    mechanics.advance(over_ns)
    return over_ns


def sides(mechanics: Mechanics, at_ns: int) -> set[Direction]:
    mechanics.advance(at_ns)
    return {side for side in Direction if mechanics.lets_through(side)}


# Appendix A of the TTR-04CW's manual: the orders, which sides open, and whether for good.
PULSES = [
    ((A,), {IN}, False),
    ((B,), {OUT}, False),
    ((B, A), {IN, OUT}, False),
    ((A, B), {IN, OUT}, False),
    ((STOP, A), {IN}, True),
    ((STOP, B), {OUT}, True),
    ((A, STOP), {IN}, True),
    ((B, STOP), {OUT}, True),
    ((A, B, STOP), {IN, OUT}, True),
    ((STOP, A, B), {IN, OUT}, True),
    ((STOP,), set(), False),
]


@pytest.mark.parametrize(("orders", "opens", "for_good"), PULSES)
def test_the_table_of_pulse_mode(orders: tuple[Order, ...], opens: set[Direction], for_good: bool) -> None:
    tripod = at_rest(Perco(TURNSTILES["perco-pulse"]))
    now_ns = press(tripod, *orders)
    assert sides(tripod, now_ns) == opens
    assert sides(tripod, now_ns + 6 * SECOND) == (opens if for_good else set())
    press(tripod, STOP, at_ns=now_ns + 7 * SECOND)
    assert sides(tripod, now_ns + 8 * SECOND) == set()


def test_a_pulse_opens_for_5_seconds_however_long_it_is_and_one_that_is_too_short_not_at_all() -> None:
    tripod = at_rest(Perco(TURNSTILES["perco-pulse"]))
    press(tripod, A, lasts_ns=SHORTEST_NS - 1)
    assert sides(tripod, 2 * SECOND) == set()
    press(tripod, A, at_ns=3 * SECOND, lasts_ns=3 * SECOND)
    assert sides(tripod, 8 * SECOND - 1) == {IN}
    assert sides(tripod, 8 * SECOND) == set()


def test_a_single_passage_is_for_one_and_a_free_side_for_all() -> None:
    tripod = at_rest(Perco(TURNSTILES["perco-pulse"]))
    now_ns = press(tripod, A)
    assert tripod.cross(IN, now_ns)
    assert not tripod.cross(IN, now_ns + SECOND)
    now_ns = press(tripod, STOP, A, at_ns=now_ns + 2 * SECOND)
    assert all(tripod.cross(IN, now_ns + number * SECOND) for number in range(3))
    # An order for a side that is free is not heard: it does not become a single passage.
    now_ns = press(tripod, A, at_ns=now_ns + 4 * SECOND)
    assert sides(tripod, now_ns + 9 * SECOND) == {IN}


def test_potential_mode_is_open_as_long_as_the_level_is_there_and_stop_overrides() -> None:
    tripod = at_rest(Perco(TURNSTILES["perco-potential"]))
    tripod.order(A, SECOND, given=True)
    assert sides(tripod, 20 * SECOND) == {IN}
    assert tripod.cross(IN, 20 * SECOND)
    assert tripod.cross(IN, 22 * SECOND)
    tripod.order(STOP, 23 * SECOND, given=True)
    assert sides(tripod, 24 * SECOND) == set()
    tripod.order(STOP, 25 * SECOND, given=False)
    assert sides(tripod, 26 * SECOND) == {IN}
    tripod.order(A, 27 * SECOND, given=False)
    assert sides(tripod, 28 * SECOND) == set()


@pytest.mark.parametrize("name", TURNSTILES)
def test_the_loss_of_the_fire_level_opens_and_orders_are_not_heard(name: str) -> None:
    kind = Gunnebo if name == "gunnebo-stack" else Perco
    lane = at_rest(kind(TURNSTILES[name]))
    assert sides(lane, SECOND) == set()
    lane.order(Order.HOLD_FIRE, 2 * SECOND, given=False)
    assert sides(lane, 2 * SECOND) == {IN, OUT}
    press(lane, STOP, at_ns=3 * SECOND)
    assert sides(lane, 4 * SECOND) == {IN, OUT}
    lane.order(Order.HOLD_FIRE, 5 * SECOND, given=True)
    assert sides(lane, 6 * SECOND) == set()


def test_a_stack_counts_up_by_pulses_and_down_by_people_and_by_time() -> None:
    lane = at_rest(Gunnebo(TURNSTILES["gunnebo-stack"]))
    now_ns = SECOND
    for _ in range(3):
        now_ns = press(lane, A, at_ns=now_ns + SECOND)
    assert lane.cross(IN, now_ns)
    assert sides(lane, now_ns + SECOND) == {IN}
    assert Sense.TIMED_OUT not in lane.says()
    lane.advance(now_ns + 5 * SECOND)
    assert Sense.TIMED_OUT in lane.says()
    assert lane.cross(IN, now_ns + 6 * SECOND)
    assert not lane.cross(IN, now_ns + 7 * SECOND)
    assert Sense.ALARM in lane.says()


def test_a_contact_bounces_then_rests_and_its_counter_counts_what_it_did() -> None:
    for seed in range(20):
        contact = Contact(stream(seed, "contact"))
        contact.set(SECOND, closed=True)
        levels = [contact.closed(t_ns) for t_ns in range(SECOND, SECOND + 50 * MILLISECOND, 100_000)]
        closings = sum(b and not a for a, b in zip([False, *levels], levels, strict=False))
        assert all(levels[BOUNCE_NS[1] // 100_000 :])
        assert contact.count(2 * SECOND) == closings > 1
        contact.set(3 * SECOND, closed=False)
        levels = [contact.closed(t_ns) for t_ns in range(3 * SECOND, 3 * SECOND + 50 * MILLISECOND, 100_000)]
        reclosings = sum(b and not a for a, b in zip([True, *levels], levels, strict=False))
        assert not any(levels[BOUNCE_NS[1] // 100_000 :])
        assert contact.count(4 * SECOND) == closings + reclosings
