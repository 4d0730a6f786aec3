"""The driver: what it makes of a codec's codes, faults, going dark, and a real serial port."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, VirtualClock, WallClock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import FaultKind, PortKind, Scanner
from devices.fd_line import FdLine, hidraw, pseudo_terminal
from devices.line import SerialLine
from devices.line_pair import LineEnd, line_pair
from devices.scanner.driver import LineScanner
from devices.scanner.hid_pos import POS, HidCodec, build
from devices.scanner.honeywell import HoneywellCodec
from devices.scanner.text import TextCodec, TextProfile
from devices.scanner.text_device import TextDevice
from tests.devices.scanner.stepping import Counter


def at_a_desk(profile: TextProfile | None = None) -> tuple[LineScanner, LineEnd, VirtualClock]:
    ours, theirs = line_pair()
    clock = VirtualClock()
    return LineScanner("scanner-1", ours, TextCodec(profile or TextProfile()), clock), theirs, clock


def test_a_code_becomes_a_scan_of_the_time_it_came() -> None:
    scanner, wire, clock = at_a_desk(TextProfile(aim=True))
    wire.write(b"]E05901234123457\r")
    clock.wait_until(70 * MILLISECOND)
    (scan,) = scanner.read(100 * MILLISECOND)
    assert (scan.t_ns, scan.source, scan.code, scan.symbology) == (
        70 * MILLISECOND,
        "scanner-1",
        b"5901234123457",
        "]E0",
    )
    assert scanner.read(200 * MILLISECOND) == []


def test_a_code_that_came_after_the_time_asked_for_waits() -> None:
    scanner, wire, clock = at_a_desk()
    wire.write(b"code\r")
    clock.wait_until(70 * MILLISECOND)
    assert scanner.read(50 * MILLISECOND) == []
    assert [scan.code for scan in scanner.read(100 * MILLISECOND)] == [b"code"]


def test_a_code_held_there_is_taken_once_and_another_at_once() -> None:
    scanner, wire, clock = at_a_desk()
    taken = []
    for tick, code in enumerate((b"a", b"a", b"b", b"a", b"a", b"a")):
        clock.wait_until((tick + 1) * 300 * MILLISECOND)
        wire.write(code + b"\r")
        taken += [scan.code for scan in scanner.read(10**12)]
    assert taken == [b"a", b"b", b"a"]
    clock.wait_until(clock.now_ns + 500 * MILLISECOND)
    wire.write(b"a\r")
    assert len(scanner.read(10**12)) == 1


def test_a_scanner_gone_dark_is_told_so_and_not_heard() -> None:
    ours, theirs = line_pair()
    scanner = LineScanner("scanner-1", ours, HoneywellCodec(), VirtualClock())
    assert theirs.read() == b"\x16T\r"
    scanner.safe_state()
    assert theirs.read() == b"\x16U\r"
    theirs.write(b"code\r")
    assert scanner.read(0) == []
    scanner.light(on=True)
    theirs.write(b"code\r")
    assert len(scanner.read(0)) == 1


def test_without_anything_that_shows_codes_only_off_is_a_fault() -> None:
    scanner, wire, _ = at_a_desk()
    assert [kind for kind in FaultKind if scanner.fault(kind)] == [FaultKind.OFF]
    scanner.fault(FaultKind.OFF)
    wire.write(b"unheard\r")
    assert scanner.read(0) == []
    assert scanner.fault(None)
    wire.write(b"heard\r")
    assert len(scanner.read(0)) == 1
    with pytest.raises(UsageError, match="nothing shows codes to this scanner"):
        scanner.present(b"code")


def test_it_is_a_scanner_and_a_lost_line_is_told() -> None:
    scanner, _, _ = at_a_desk()
    assert isinstance(scanner, Scanner)
    assert scanner.info.kind is PortKind.SCANNER
    scanner.close()
    with pytest.raises(DeviceUnavailable, match="the line is closed"):
        scanner.read(0)


@pytest.fixture
def terminal() -> Iterator[tuple[FdLine, str]]:
    line, name = pseudo_terminal()
    yield line, name
    line.close()
    line.close()


def test_a_code_comes_over_a_serial_port(terminal: tuple[FdLine, str]) -> None:
    theirs, name = terminal
    profile = TextProfile(acknowledged=True, aim=True)
    counter = Counter(TextCodec(profile), TextDevice(profile))
    emulator = counter.emulator
    emulator._line = theirs
    clock = WallClock()
    scanner = LineScanner("scanner-1", SerialLine(f"{name}?baud=9600"), TextCodec(profile), clock, presenter=emulator)
    scanner.present(b"\x00over the wire\xff")
    counter.clock.wait_until(200 * MILLISECOND)
    found = []
    for tick in range(400):
        emulator.work()
        found += scanner.read(clock.now_ns)
        if found:
            break
        clock.wait_until(tick * 5 * MILLISECOND)
    assert [(scan.code, scan.symbology) for scan in found] == [(b"\x00over the wire\xff", "]Q1")]
    scanner.close()


def test_a_hid_device_is_a_line(terminal: tuple[FdLine, str]) -> None:
    theirs, name = terminal
    # No HID device is at hand: a terminal set to raw passes the same bytes.
    line = hidraw(Path(name))
    clock = WallClock()
    scanner = LineScanner("scanner-1", line, HidCodec(), clock)
    theirs.write(build(b"x" * 60, "]Q1", POS)[0])
    theirs.write(build(b"x" * 60, "]Q1", POS)[1])
    found = []
    for tick in range(400):
        found += scanner.read(clock.now_ns)
        if found:
            break
        clock.wait_until(tick * 5 * MILLISECOND)
    assert [scan.code for scan in found] == [b"x" * 60]
    scanner.close()
    with pytest.raises(DeviceUnavailable, match="the line is not there"):
        hidraw(Path("/dev/hidraw-none"))
