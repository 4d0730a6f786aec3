"""The driver against the emulator over TCP on loopback."""

import socket
from collections.abc import Callable, Iterator

import pytest

from contracts.checkout import TerminalEvent, TerminalEventKind
from contracts.clock import MILLISECOND, VirtualClock, WallClock
from contracts.errors import PortInUse
from devices.line import SerialLine
from devices.terminal.behaviour import Behaviour
from devices.terminal.control import Control
from devices.terminal.driver import ZvtTerminal
from devices.terminal.emulator import ZvtEmulator
from devices.terminal.profile import Profile
from devices.terminal.server import TcpServer
from tests.devices.terminal.bench import ANA, TICK_NS

QUICK = Behaviour(think_ns=(50 * MILLISECOND, 100 * MILLISECOND))
MOST_TICKS = 4000


class Shop:
    """A terminal that listens, and a till that talks to it; bench time passes as fast as it goes."""

    def __init__(self, port: int = 0) -> None:
        self.emulator = ZvtEmulator(behaviour=QUICK)
        self.server = TcpServer(self.emulator, port=port)
        self.clock, self.wall = VirtualClock(), WallClock()
        url = f"socket://127.0.0.1:{self.server.port}"
        self.driver = ZvtTerminal("terminal-1", lambda: SerialLine(url), self.clock, Profile())

    def until(self, done: Callable[[list[TerminalEvent]], object]) -> list[TerminalEvent]:
        """Let time pass until something is so; bytes get a millisecond on their way, each tick."""
        found: list[TerminalEvent] = []
        for _ in range(MOST_TICKS):
            if done(found):
                return found
            self.clock.wait_until(self.clock.now_ns + TICK_NS)
            self.wall.wait_until(self.wall.now_ns + MILLISECOND)
            found += self.driver.read(self.clock.now_ns)
            if self.emulator.wants_card:
                self.emulator.present(ANA)
            self.server.pump(self.clock.now_ns)
        raise AssertionError(f"not within {MOST_TICKS} ticks; so far: {found}")

    def close(self) -> None:
        self.driver.close()
        self.server.close()


@pytest.fixture
def shop() -> Iterator[Shop]:
    shop = Shop()
    yield shop
    shop.close()


def test_a_card_pays_over_tcp(shop: Shop) -> None:
    shop.driver.request("k1", 1000, "EUR")
    (event,) = shop.until(len)
    assert (event.kind, event.key) == (TerminalEventKind.APPROVED, "k1")
    assert shop.emulator.journal.taken_minor == 1000


def test_a_terminal_that_hangs_up_is_called_again_and_asked(shop: Shop) -> None:
    shop.until(lambda _: shop.driver.ready)
    shop.emulator.behaviour.cut_before = Control.COMPLETION
    shop.driver.request("k1", 1000, "EUR")
    (event,) = shop.until(len)
    assert event.kind is TerminalEventKind.APPROVED
    assert shop.emulator.journal.taken_minor == 1000
    shop.until(lambda _: shop.driver.ready)


def test_a_till_that_hangs_up_leaves_the_terminal_ready(shop: Shop) -> None:
    shop.until(lambda _: shop.driver.ready)
    shop.driver.close()
    shop.driver.request("k1", 1000, "EUR")
    (event,) = shop.until(len)
    assert event.kind is TerminalEventKind.APPROVED


def test_a_port_that_is_taken_says_so(shop: Shop) -> None:
    with pytest.raises(PortInUse, match="the port is taken"):
        Shop(shop.server.port)


def test_garbage_on_the_port_does_not_stop_the_terminal(shop: Shop) -> None:
    with socket.create_connection(("127.0.0.1", shop.server.port)) as stranger:
        stranger.sendall(bytes(range(256)) * 40)
        for tick in range(20):
            shop.server.pump(tick * TICK_NS)
    shop.driver.request("k1", 1000, "EUR")
    assert [event.key for event in shop.until(len)] == ["k1"]
