"""Drivers and emulators on pseudo-terminals and TCP, lines that are lost, and what a person at the bench is told."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, VirtualClock, WallClock
from contracts.errors import BadFile, DeviceUnavailable
from contracts.records import PalmScan, Scan
from devices.fd_line import pseudo_terminal
from devices.line import Line, SerialLine
from devices.line_pair import LineEnd, line_pair
from devices.listening_line import ListeningLine
from devices.osdp import profiles
from devices.osdp.files import read_key_file, read_templates
from devices.osdp.harm import Harm
from devices.osdp.link import Link
from devices.osdp.wire import wire
from tests.devices.osdp.desk import SECURE, Desk
from tests.devices.osdp.pair import KEY, OTHER


class Served:
    """A clock that lets an emulator work while somebody waits."""

    def __init__(self, desk: Desk) -> None:
        self._clock, self._desk = desk.clock, desk

    @property
    def now_ns(self) -> int:
        return self._clock.now_ns

    def wait_until(self, t_ns: int) -> int:
        self._clock.wait_until(t_ns)
        self._desk.emulator.work()
        return 0


def test_a_code_comes_through_a_pseudo_terminal() -> None:
    far, name = pseudo_terminal()
    clock = WallClock(0)
    device = profiles.card_emulator("osdp-code", "reader-1", far, clock, SECURE)
    url = f"{name}?{profiles.LINE}"
    driver = profiles.code_reader("osdp-code", "reader-1", wire(lambda: SerialLine(url), clock, SECURE))
    device.present(b"a code")
    found: list[bytes] = []
    # As long as it takes on a busy machine, and no longer.
    while clock.now_ns < 30 * SECOND and not found:
        device.work()
        found += [scan.code for scan in driver.read(clock.now_ns)]
        clock.wait_until(clock.now_ns + 5 * MILLISECOND)
    assert found == [b"a code"]
    driver.close()
    device.close()


def test_a_palm_comes_over_tcp_and_again_after_the_line_was_lost() -> None:
    far, clock = ListeningLine("127.0.0.1", 0), WallClock(0)
    device = profiles.palm_emulator("osdp-palm", "reader-1", far, clock, SECURE)
    driver = profiles.palm_reader(
        "osdp-palm", "reader-1", wire(lambda: SerialLine(f"socket://127.0.0.1:{far.port}"), clock, SECURE)
    )
    found: list[str] = []
    for palm in ("palm-1", "palm-2"):
        device.present(palm)
        give_up_ns = clock.now_ns + 30 * SECOND
        while clock.now_ns < give_up_ns and palm not in found:
            device.work()
            device.present(palm)
            found += [scan.handle for scan in driver.read(clock.now_ns)]
            for _ in range(60):
                clock.wait_until(clock.now_ns + 5 * MILLISECOND)
                device.work()
                found += [scan.handle for scan in driver.read(clock.now_ns)]
        far.hang_up()
    assert {"palm-1", "palm-2"} <= set(found)
    driver.close()
    device.close()


def test_a_line_that_is_lost_is_opened_again_and_told_of_meanwhile() -> None:
    clock, ends = VirtualClock(), list[LineEnd]()

    def connect() -> Line:
        if len(ends) == 1:
            ends.append(ends[0])
            raise DeviceUnavailable("no such port", where="/dev/ttyUSB0")
        near, far = line_pair()
        ends[:] = [far]
        return near

    wired = wire(connect, clock, SECURE)
    driver = profiles.code_reader("osdp-code", "reader-1", wired)
    driver.read(0)
    assert wired.bus.line is not None
    wired.bus.line.close()
    driver.read(0)
    assert "the line is closed" in str(driver.complaint)
    clock.wait_until(SECOND)
    driver.read(SECOND)
    assert "no such port" in str(driver.complaint)
    clock.wait_until(2 * SECOND)
    driver.read(2 * SECOND)
    assert driver.complaint is None


@pytest.mark.parametrize(
    ("own", "told", "hint"),
    [
        (Link(4, key=KEY), "does not answer", "the address"),
        (Link(3, key=OTHER), "another key", "installation mode"),
        (Link(3, install=True), "another key", "`install`"),
    ],
)
def test_what_is_wrong_is_told_with_what_to_try(own: Link, told: str, hint: str) -> None:
    desk = Desk("osdp-code", SECURE, own)
    desk.driver._clock = Served(desk)
    with pytest.raises(DeviceUnavailable, match=told) as error:
        desk.driver.probe()
    assert hint in error.value.hint
    assert desk.driver.complaint is not None


def test_a_strict_reader_without_a_key_given_and_one_that_fell_silent() -> None:
    desk = Desk("osdp-code", Link(3), SECURE)
    desk.wait(4)
    assert "give its key" in str(desk.driver.complaint)
    desk = Desk("osdp-code")
    desk.wait(1)
    assert desk.driver.complaint is None
    desk.emulator.harm(Harm.SILENCE, times=1000)
    desk.wait(12)
    assert "fell silent" in str(desk.driver.complaint)
    desk.emulator.harm(Harm.BUSY, times=1000)
    desk.wait(12)
    assert "busy" in str(desk.driver.complaint)


def test_noise_is_taken_for_another_speed() -> None:
    ours, theirs = line_pair()
    clock = VirtualClock()
    driver = profiles.code_reader("osdp-code", "reader-1", wire(lambda: ours, clock, SECURE))
    for _ in range(40):
        clock.wait_until(clock.now_ns + 50 * MILLISECOND)
        if theirs.read():
            theirs.write(b"\x80\x1e\x00\x06\xf8\x78\x9e\x33")
        driver.read(clock.now_ns)
    assert "at this speed" in str(driver.complaint)


def test_a_probe_tells_who_it_is_and_how_long_it_took() -> None:
    desk = Desk("osdp-palm")
    desk.driver._clock = Served(desk)
    told = desk.driver.probe()
    assert told.identity == "vendor 00:52:47, model 1 version 1, serial 4711, firmware 2.2.0"
    assert (told.firmware, told.round_trip_ns) == ("2.2.0", MILLISECOND)
    assert desk.driver.probe().round_trip_ns == MILLISECOND


def test_keys_and_templates_come_from_files_and_are_not_quoted(tmp_path: Path) -> None:
    key, templates = tmp_path / "key", tmp_path / "templates.json"
    key.write_text(KEY.secret.hex() + "\n")
    templates.write_text('{"palm-1": "00ff"}')
    assert read_key_file(key) == KEY
    assert read_templates(templates) == {"palm-1": b"\0\xff"}
    for text in ("00112233", "secret-secret", "é"):
        key.write_text(text)
        templates.write_text(f'["{text}"]')
        for read, path in ((read_key_file, key), (read_templates, templates)):
            with pytest.raises(BadFile) as error:
                read(path)  # type: ignore[operator]
            assert text not in str(error.value)
    with pytest.raises(BadFile, match="cannot be read"):
        read_key_file(tmp_path / "none")
    assert {Scan, PalmScan}
