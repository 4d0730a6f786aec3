"""The same key asked for twice: the answer comes again, and the card is charged once, also when the driver died."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.errors import UsageError
from devices.terminal.behaviour import Behaviour
from devices.terminal.control import Control
from devices.terminal.driver import ZvtTerminal
from devices.terminal.memory import FileMemory
from devices.terminal.profile import TCP
from tests.devices.terminal.bench import ANA, Bench
from tests.devices.terminal.test_driver import APPROVED, TIMED_OUT, kinds


def taken(bench: Bench) -> list[int]:
    return [booking.amount_minor for booking in bench.emulator.journal.bookings if booking.result == 0]


def begin(bench: Bench, file: Path) -> None:
    """Start a driver that remembers; the one before is gone with its line."""
    if bench.near:
        bench.near.close()
    bench.driver = ZvtTerminal("terminal-1", bench.connect, bench.clock, TCP, bench.log.append, memory=FileMemory(file))


def test_an_answer_that_was_lost_is_said_again_and_nothing_is_taken_twice() -> None:
    bench = Bench()
    bench.driver.request("k1", 1000, "EUR")
    first = bench.run(8 * SECOND, ANA)
    bench.driver.request("k1", 1000, "EUR")
    second = bench.run(8 * SECOND, ANA)
    assert kinds(first) == kinds(second) == [("k1", APPROVED)]
    assert first[0].token == second[0].token
    assert taken(bench) == [1000]


@pytest.mark.parametrize("late_ns", [0, 3 * SECOND])
def test_who_asks_again_while_it_is_under_way_gets_one_answer(late_ns: int) -> None:
    bench = Bench(behaviour=Behaviour(delay_ns=late_ns))
    bench.driver.request("k1", 1000, "EUR")
    bench.run(500 * MILLISECOND)
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(60 * SECOND, ANA)) == [("k1", APPROVED)]
    assert taken(bench) == [1000]


def test_a_key_is_never_used_for_another_amount() -> None:
    bench = Bench()
    bench.driver.request("k1", 1000, "EUR")
    with pytest.raises(UsageError, match="another amount"):
        bench.driver.request("k1", 999, "EUR")


@pytest.mark.parametrize("at_tenths", range(1, 80, 6))
def test_a_driver_that_dies_asks_what_became_of_it_before_anything_else(tmp_path: Path, at_tenths: int) -> None:
    bench = Bench()
    begin(bench, tmp_path / "k")
    bench.driver.request("k0", 1000, "EUR")  # the same amount as the next: must not be taken for it
    bench.run(10 * SECOND, ANA)
    bench.driver.request("k1", 1000, "EUR")
    bench.run(at_tenths * SECOND // 10, ANA)
    begin(bench, tmp_path / "k")
    bench.driver.request("k1", 1000, "EUR")
    events = bench.run(150 * SECOND)
    assert [event.key for event in events] == ["k1"]
    if events[0].kind is APPROVED:
        assert taken(bench) == [1000, 1000]
    else:
        assert bench.emulator.journal.taken_minor == 1000
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(20 * SECOND, ANA)) == kinds(events)


@pytest.mark.parametrize("cut", [Control.STATUS, Control.PRINT_LINE, Control.COMPLETION])
def test_what_was_paid_while_no_driver_was_there_is_found(tmp_path: Path, cut: Control) -> None:
    bench = Bench()
    begin(bench, tmp_path / "k")
    bench.run(SECOND)
    bench.emulator.behaviour.cut_before = cut
    bench.driver.request("k1", 1000, "EUR")
    while bench.connections < 2 and not bench.emulator.journal.bookings:
        bench.run(100 * MILLISECOND, ANA)
    begin(bench, tmp_path / "k")
    bench.driver.request("k1", 1000, "EUR")
    assert kinds(bench.run(20 * SECOND)) == [("k1", APPROVED)]
    assert taken(bench) == [1000]


def test_the_answer_of_a_driver_before_is_known(tmp_path: Path) -> None:
    bench = Bench()
    begin(bench, tmp_path / "k")
    bench.driver.request("k1", 1000, "EUR")
    first = bench.run(8 * SECOND, ANA)
    begin(bench, tmp_path / "k")
    bench.driver.request("k1", 1000, "EUR")
    second = bench.run(8 * SECOND, ANA)
    assert (kinds(second), second[0].token) == (kinds(first), first[0].token)
    assert taken(bench) == [1000]


def test_nobody_paid_and_the_driver_says_so_after_its_death(tmp_path: Path) -> None:
    bench = Bench()
    begin(bench, tmp_path / "k")
    bench.driver.request("k1", 1000, "EUR")
    bench.run(SECOND)
    begin(bench, tmp_path / "k")
    assert kinds(bench.run(150 * SECOND)) == [("k1", TIMED_OUT)]
    assert taken(bench) == []


def test_a_line_that_was_cut_off_is_no_line(tmp_path: Path) -> None:
    file = tmp_path / "k"
    bench = Bench()
    begin(bench, file)
    bench.driver.request("k1", 1000, "EUR")
    bench.run(8 * SECOND, ANA)
    file.write_text(file.read_text() + '{"key": "k2", "amo')
    assert [noted.key for noted in FileMemory(file).load()] == ["k1", "k1"]
    assert file.stat().st_mode & 0o077 == 0
