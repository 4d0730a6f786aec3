"""Where a device is, and who is there."""

import socket

import pytest

from contracts.clock import WallClock
from contracts.errors import DeviceUnavailable, PortInUse, UsageError
from devices.fd_line import pseudo_terminal
from devices.modbus.address import Address, parse
from devices.modbus.client import connect
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.serve import TcpPort, pump
from devices.modbus.types import read_holding
from tests.devices.modbus.bench import bank


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("tcp://192.0.2.7", Address("tcp", "192.0.2.7:502")),
        ("tcp://192.0.2.7:1502?unit=255", Address("tcp", "192.0.2.7:1502", 255)),
        ("tcp://[::1]:1502", Address("tcp", "[::1]:1502")),
        ("rtu:///dev/ttyUSB0?baud=19200&format=8E1&unit=3", Address("rtu", "/dev/ttyUSB0", 3, "baud=19200&format=8E1")),
        ("rtu+tcp://192.0.2.7:4001?unit=2", Address("rtu+tcp", "192.0.2.7:4001", 2)),
        ("rtu+rfc2217://192.0.2.7:2217?baud=9600", Address("rtu+rfc2217", "192.0.2.7:2217", 1, "baud=9600")),
    ],
)
def test_an_address_is_one_text(url: str, address: Address) -> None:
    assert parse(url) == address
    assert address.framing is (Framing.TCP if url.startswith("tcp:") else Framing.RTU)


@pytest.mark.parametrize(
    "url",
    ["192.0.2.7", "http://192.0.2.7", "tcp://", "tcp://h:99999", "tcp://h?unit=256", "tcp://h?unit=one", "rtu://h/x",
     "rtu://", "rtu+tcp://h", "tcp://h:502/path", "tcp://[::1"],
)  # fmt: skip
def test_what_is_no_address_is_told_with_examples(url: str) -> None:
    with pytest.raises(UsageError, match="rtu:///dev/ttyUSB0"):
        parse(url)


def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(DeviceUnavailable, match="502 as a rule"):
            connect(url, WallClock())


def test_a_serial_port_that_is_not_there() -> None:
    with pytest.raises(DeviceUnavailable, match="the line is not there"):
        connect("rtu:///dev/no-such-port", WallClock())


@pytest.mark.parametrize("scheme", ["tcp", "rtu+tcp"])
def test_two_hosts_on_one_port_and_one_that_goes_and_comes(scheme: str) -> None:
    clock = WallClock()
    framing = parse(f"{scheme}://h:1").framing
    port = TcpPort(lambda: Device({1: bank()}, framing), clock)
    with pytest.raises(PortInUse, match="the port is taken"):
        TcpPort(lambda: Device({}, framing), clock, port=port.port)
    clients = [connect(f"{scheme}://127.0.0.1:{port.port}", clock) for _ in range(2)]
    for _ in range(3):
        for client in clients:
            client.ask(read_holding(7, 4))
            values: list[object] = []
            while not client.idle:
                port.work()
                values += [answer.values for answer in client.work()]
            assert values == [(1, 2, 3, 0xFFFF)]
    clients[0].close()
    port.work()
    port.hang_up()
    while clients[1].unavailable() is None:
        clients[1].work()
    assert "the line to the module is lost" in str(clients[1].unavailable())
    clients[1].close()
    port.close()


def test_a_serial_port_of_this_machine() -> None:
    clock = WallClock()
    line, name = pseudo_terminal()
    device = Device({1: bank()}, Framing.RTU)
    client = connect(f"rtu://{name}?baud=19200&format=8N1&unit=1", clock)
    client.ask(read_holding(7, 4))
    values: list[object] = []
    while not client.idle:
        pump(device, line, clock)
        values += [answer.values for answer in client.work()]
    assert values == [(1, 2, 3, 0xFFFF)]
    client.close()
    line.close()
