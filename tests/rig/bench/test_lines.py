"""Devices that share a line: who may, and what is told of those who may not, at the line of the second."""

from pathlib import Path

import pytest

from contracts.errors import BadFile
from rig.bench import read

HEAD = """about: Two on one line.
listen: 127.0.0.1:50071
devices:
"""
FIRST = {"in": 0, "out": 1, "stop": 2, "fire": 3}
SECOND = {"in": 4, "out": 5, "stop": 6, "fire": 7}
LANE = (
    "gate-{n}: {{driver: gate/perco-pulse, line: {line}, "
    "options: {{module: {module}, relays: {relays}, inputs: {inputs}}}}}"
)
BUS = "/dev/ttyUSB0"


def lane(n: int, line: str, relays: dict[str, int], inputs: dict[str, int], module: str = "waveshare-io-8ch") -> str:
    """Return a gate of a bench file."""
    flow = [str(each).replace("'", "") for each in (relays, inputs)]
    return LANE.format(n=n, line=f'"{line}"', module=module, relays=flow[0], inputs=flow[1])


def reader(n: int, address: int, line: str = BUS, port: str = "scanner") -> str:
    """Return an OSDP reader of a bench file."""
    name = {"scanner": "osdp-code", "palm": "osdp-palm"}[port]
    return f'reader-{n}: {{driver: {port}/{name}, line: "{line}", options: {{address: {address}}}}}'


LANE_1 = lane(1, "tcp://127.0.0.1:502", FIRST, {"in": 0, "out": 1, "fire": 2})
LANE_2 = lane(2, "tcp://127.0.0.1:502", SECOND, {"in": 3, "out": 4, "fire": 5})
RACK = 'rack-1: {driver: scale/flintec, line: "tcp://127.0.0.1:502", options: {units: [2, 3]}}'


def bench(tmp_path: Path, *devices: str) -> Path:
    path = tmp_path / "bench.yaml"
    path.write_text(HEAD + "".join(f"  {device}\n" for device in devices))
    return path


@pytest.mark.parametrize(
    "devices",
    [
        (LANE_1, LANE_2),
        (LANE_1, LANE_2, RACK),
        (LANE_1, lane(2, "tcp://127.0.0.1:502?unit=2", {}, {}, "adam-6060")),
        (reader(1, 1), reader(2, 2, port="palm"), reader(3, 3)),
        (lane(1, f"{BUS}?unit=1&baud=9600", {}, {}), lane(2, f"{BUS}?baud=9600&unit=2", {}, {})),
    ],
    ids=[
        "two gates on one module",
        "and a rack",
        "two modules on one line",
        "three readers on one bus",
        "two modules in RTU",
    ],
)
def test_places_of_their_own_share_a_line(tmp_path: Path, devices: tuple[str, ...]) -> None:
    assert len(read(bench(tmp_path, *devices)).hosted) == len(devices)


@pytest.mark.parametrize(
    ("devices", "said"),
    [
        ((LANE_1, LANE_1.replace("gate-1", "gate-2")), "has modbus, unit 1=waveshare-io-8ch, relay 0"),
        ((LANE_1, LANE_2.replace("in: 3", "in: 2")), "input 2"),
        ((LANE_1, lane(2, "tcp://127.0.0.1:502", {}, {}, "adam-6060")), "unit 1=waveshare-io-8ch"),
        ((LANE_1, RACK.replace("[2, 3]", "[1]")), "relay 0"),
        ((LANE_1, RACK.replace("{units: [2, 3]}", "{}")), "relay 0"),
        ((reader(1, 1), reader(2, 1, port="palm")), "has osdp, address 1"),
        ((reader(1, 1), reader(2, 127)), "that of reader-1"),
        ((reader(1, 1), lane(2, BUS, {}, {})), "that of reader-1"),
        ((reader(1, 1), reader(2, 2, f"{BUS}?baud=115200")), "set up otherwise"),
        ((reader(1, 1), f"scanner-2: {{driver: scanner/text, line: {BUS}}}"), "that of reader-1"),
    ],
)
def test_a_collision_is_told_at_the_line_of_the_second(tmp_path: Path, devices: tuple[str, ...], said: str) -> None:
    with pytest.raises(BadFile) as found:
        read(bench(tmp_path, *devices))
    assert "two devices cannot share a line" in str(found.value)
    assert said in str(found.value)
    assert found.value.line == 5


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("relays: {in: 0, out: 1}", "expected a channel for stop, fire too"),
        ("relays: {in: 0, out: 1, stop: 2, fire: 8}", "channels 0 to 7 of the relays"),
        ("inputs: {in: 0, out: 0}", "each of the inputs once"),
        ("inputs: {into: 0, out: 1}", "'in'"),
    ],
)
def test_an_impossible_wiring_is_told(tmp_path: Path, options: str, said: str) -> None:
    gate = f"gate-1: {{driver: gate/perco-pulse, line: {BUS}, options: {{module: waveshare-io-8ch, {options}}}}}"
    with pytest.raises(BadFile) as found:
        read(bench(tmp_path, gate))
    assert said in str(found.value)
