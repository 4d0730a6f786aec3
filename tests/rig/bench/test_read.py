"""Reading bench files: what they say, and every complaint with its line."""

from pathlib import Path

import pytest

from contracts.clock import SECOND
from contracts.errors import BadFile
from rig.bench import BenchDevice, Exposed, read

GOOD = """\
about: Scanner and a shelf on wires.
tags: [serial]
listen: 127.0.0.1:50071
lease: {ttl: 2 s}
devices:
  scanner-in: {driver: scanner/zebra-ssi, line: /dev/ttyUSB0, options: {shown by: screen-1}, tags: [imager]}
  gondola-1: {driver: scale/hx711-80, line: "socket://127.0.0.1:4001"}
  gate-out: {at: "127.0.0.1:50072"}
exposed:
  gondola-1: {emulator: scale/hx711-80, line: "listen://127.0.0.1:4001", options: {block: 6}}
"""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "bench.yaml"
    path.write_text(text)
    return path


def complaints(tmp_path: Path, text: str) -> list[BadFile]:
    with pytest.raises(BadFile) as caught:
        read(written(tmp_path, text))
    return [caught.value, *caught.value.also]


def test_a_bench_is_read(tmp_path: Path) -> None:
    bench = read(written(tmp_path, GOOD))
    scanner, shelf, gate = bench.devices
    assert isinstance(scanner, BenchDevice)
    assert (scanner.driver, scanner.line) == ("scanner/zebra-ssi", "/dev/ttyUSB0")
    assert scanner.options.shown_by == "screen-1"  # type: ignore[attr-defined]
    assert gate.at == "127.0.0.1:50072"
    assert bench.hosted == (scanner, shelf)
    assert bench.addresses == ("127.0.0.1:50071", "127.0.0.1:50072")
    assert bench.ttl_ns == 2 * SECOND
    assert bench.tls is None
    assert bench.all_tags == {"serial", "imager"}
    (exposed,) = bench.exposed
    assert isinstance(exposed, Exposed)
    assert exposed.options.block == 6  # type: ignore[attr-defined]


def test_folders_and_recordings_are_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "night.mcap").touch()
    text = "about: x\ntls: certs\nlisten: 10.0.0.2:1\ndevices: {c1: {recording: night.mcap}}\n"
    bench = read(written(tmp_path, text))
    assert bench.tls == tmp_path / "certs"
    assert bench.devices[0].recording == tmp_path / "night.mcap"


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("listen:", "listne:", 3, "did you mean 'listen'?"),
        ("127.0.0.1:50071", "127.0.0.1:70000", 3, "a port from 1 to 65535"),
        ("127.0.0.1:50071", "127.0.0.1:0", 3, "a port from 1 to 65535"),
        ("127.0.0.1:50071", "10.0.0.2:50071", 3, "nothing tells friend from foe"),
        ("127.0.0.1:50072", "shim.example:50072", 8, "nothing tells friend from foe"),
        ("listen: 127.0.0.1:50071\n", "", 1, "missing key 'listen'"),
        ("2 s", "2 parsecs", 4, "expected a length of time"),
        ("2 s", "1 ms", 4, "greater than or equal"),
        ("scanner/zebra-ssi", "scanner/zebra-sii", 6, "did you mean 'scanner/zebra-ssi'?"),
        ("shown by", "shown bye", 6, "did you mean 'shown by'?"),
        ("block: 6", "block: no", 10, "exposed.gondola-1.options.block"),
        ("/dev/ttyUSB0", "pty:/tmp/x", 6, "that is an emulator's end"),
        ("/dev/ttyUSB0", '"socket://127.0.0.1:4001?baud=1"', 7, "two devices cannot share a line"),
        ('"socket://127.0.0.1:4001"', '"socket://127.0.0.1"', 7, "it names no port"),
        ("listen://127.0.0.1:4001", "socket://127.0.0.1:4001", 10, "an emulator cannot be put there"),
        ("listen://127.0.0.1:4001", "listen://127.0.0.1:99999", 10, "Port out of range"),
        ("emulator: scale/hx711-80", "emulator: scanner/text", 10, "the driver of gondola-1 cannot talk to it"),
        ("at: ", "driver: scanner/text, at: ", 8, "it has driver and at"),
        ("at: ", "line: /dev/x, at: ", 8, "a line and options belong to a driver"),
        ('{at: "127.0.0.1:50072"}', "{recording: day.mcap}", 8, "no such recording"),
        ("imager", "An Imager", 6, "tags"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    found = complaints(tmp_path, GOOD.replace(old, new, 1))
    assert any(said in str(each) and each.line == line for each in found), "\n".join(map(str, found))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("zebra-ssi", "zebra-sii").replace("127.0.0.1:50071", "10.0.0.2:1").replace("block", "blok")
    assert [each.line for each in complaints(tmp_path, text)] == [3, 6, 10]


def test_two_that_cannot_be_told_apart_share_no_line_whatever_its_url_says(tmp_path: Path) -> None:
    text = GOOD.replace("/dev/ttyUSB0", '"/dev/ttyUSB0?unit=1"').replace(
        "socket://127.0.0.1:4001", "/dev/ttyUSB0?unit=2"
    )
    assert "two devices cannot share a line" in str(complaints(tmp_path, text)[0])
