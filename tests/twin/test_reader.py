"""Scanner, palm reader and screen of the twin."""

from __future__ import annotations

import pytest

from contracts.ports import FaultKind, PalmReader, Scanner, Screen
from contracts.records import ScreenCommand
from twin.reader import DECODE_NS, TwinPalmReader, TwinScanner, TwinScreen


def test_they_are_ports() -> None:
    assert isinstance(TwinScanner("s", 1), Scanner)
    assert isinstance(TwinPalmReader("p", 1), PalmReader)
    assert isinstance(TwinScreen("x", 1), Screen)


def test_a_code_is_read_a_little_later_and_once() -> None:
    scanner = TwinScanner("scanner-in", 1)
    scanner.advance(1_000_000_000)
    scanner.present(b"\x00ana\xff")
    assert scanner.read(1_000_000_000 + DECODE_NS[0] - 1) == []
    (scan,) = scanner.read(1_000_000_000 + DECODE_NS[1])
    assert (scan.code, scan.source) == (b"\x00ana\xff", "scanner-in")
    assert DECODE_NS[0] <= scan.t_ns - 1_000_000_000 <= DECODE_NS[1]
    assert scanner.read(10**18) == []


def test_delays_are_the_devices_own_and_the_seeds() -> None:
    def delays(device: str, seed: int) -> list[int]:
        scanner = TwinScanner(device, seed)
        for _ in range(3):
            scanner.present(b"x")
        return [scan.t_ns for scan in scanner.read(10**18)]

    assert delays("a", 1) == delays("a", 1)
    assert delays("a", 1) != delays("b", 1)
    assert delays("a", 1) != delays("a", 2)


@pytest.mark.parametrize("handle", ["palm-7", ""])
def test_a_palm_reader_tells_only_the_handle(handle: str) -> None:
    reader = TwinPalmReader("palm-in", 1)
    reader.present(handle)
    (scan,) = reader.read(10**18)
    assert scan.handle == handle
    assert 0 < scan.quality <= 1


def test_a_screen_shows_the_last_text() -> None:
    screen = TwinScreen("screen-in", 1)
    screen.show(ScreenCommand(t_ns=0, source="stack", screen="screen-in", text="welcome"))
    assert screen.text == "welcome"
    assert screen.read(10**18) == []


def test_a_dead_scanner_is_silent_until_mended() -> None:
    scanner = TwinScanner("s", 1)
    assert scanner.fault(FaultKind.OFF)
    scanner.present(b"x")
    assert scanner.read(10**18) == []
    assert scanner.fault(None)
    scanner.present(b"x")
    assert len(scanner.read(10**18)) == 1
    assert not scanner.fault(FaultKind.STUCK)
