"""Programs nobody here wrote talk to our device, and our client talks to theirs."""

import json
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from devices.fd_line import pseudo_terminal
from devices.modbus.bank import Bank, Table
from devices.modbus.client import Client, connect
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.serve import TcpPort, pump
from devices.modbus.types import (
    read_coils,
    read_holding,
    read_input_registers,
    read_inputs,
    write_coil,
    write_coils,
    write_register,
    write_registers,
)
from tests.devices.modbus.bench import bank
from tests.devices.modbus.peers import beside, compiled, node, program

pytestmark = pytest.mark.peer
Served = tuple[Bank, Callable[[], None], str, str]


@pytest.fixture(params=["tcp", "rtu"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    """A device on a free port, or at the other end of a pseudo-terminal, and what lets it work."""
    clock, registers = WallClock(), bank()
    if request.param == "tcp":
        port = TcpPort(lambda: Device({1: registers}, Framing.TCP), clock)
        yield registers, port.work, "tcp", str(port.port)
        port.close()
        return
    line, name = pseudo_terminal()
    device = Device({1: registers}, Framing.RTU)
    yield registers, lambda: pump(device, line, clock), "rtu", name
    line.close()


def polled(served: Served, *words: str) -> tuple[int, str]:
    """Return how mbpoll ended and what it said; values to be written come after the device."""
    _, work, how, where = served
    options, values = [word for word in words if word[:1] != "="], [word[1:] for word in words if word[:1] == "="]
    line = ["-m", "tcp", "-p", where] if how == "tcp" else ["-m", "rtu", "-b", "19200", "-P", "none"]
    target = "127.0.0.1" if how == "tcp" else where
    return beside(work, [program("mbpoll", "mbpoll"), *line, "-a", "1", "-0", "-1", *options, target, *values])


def test_mbpoll_reads_registers_as_big_endian_numbers(served: Served) -> None:
    rc, said = polled(served, "-r", "7", "-c", "2", "-t", "4:int", "-B")
    assert rc == 0, said
    assert f"[7]: \t{1 << 16 | 2}" in said
    assert f"[9]: \t{3 << 16 | 0xFFFF}" in said


def test_mbpoll_switches_a_coil_and_reads_inputs(served: Served) -> None:
    rc, said = polled(served, "-r", "3", "-t", "0", "=1")
    assert rc == 0, said
    assert served[0].get(Table.COILS, 0, 8) == (0, 0, 0, 1, 0, 0, 0, 0)
    rc, said = polled(served, "-r", "0", "-c", "6", "-t", "1")
    assert rc == 0, said
    assert [line.split()[-1] for line in said.splitlines() if line.startswith("[")] == list("101010")


def test_mbpoll_writes_registers_and_is_told_of_what_is_not_there(served: Served) -> None:
    rc, said = polled(served, "-r", "7", "-t", "4", "=40", "=50")
    assert rc == 0, said
    assert served[0].get(Table.HOLDING, 7, 3) == (40, 50, 3)
    rc, said = polled(served, "-r", "500", "-t", "4")
    assert rc == 1
    assert "Illegal data address" in said


def test_modbus_serial_reads_and_writes_everything(served: Served) -> None:
    registers, work, how, where = served
    words, env = node("modbus_client.js", how, where)
    rc, said = beside(work, words, env)
    assert rc == 0, said
    assert json.loads(said) == [
        [1, 2, 3, 65535],
        [5, 6],
        [True, False] * 3,
        True,
        3,
        [True, False, True, True, False, False, False, False],
        4711,
        2,
        [1, 4711, 1, 2],
        2,
    ]
    assert registers.get(Table.HOLDING, 8) == (4711,)


@pytest.fixture(params=["tcp", "rtu"])
def theirs(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Client]:
    """Our client, connected to a device by libmodbus."""
    server = compiled("modbus_server.c", tmp_path)
    line = None
    if request.param == "tcp":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            where = str(probe.getsockname()[1])
        url = f"tcp://127.0.0.1:{where}"
    else:
        line, name = pseudo_terminal()
        where, url = name, ""
    with subprocess.Popen([server, request.param, where], stdout=subprocess.PIPE, text=True) as peer:
        assert peer.stdout is not None
        assert peer.stdout.readline() == "ready\n"
        clock = WallClock()
        if line is None:
            client = connect(url, clock, reply_ns=5 * SECOND)
        else:
            client = Client("a pseudo-terminal", lambda: line, Framing.RTU, clock, reply_ns=5 * SECOND)
        yield client
        client.close()
        peer.kill()


def test_our_client_reads_and_writes_everything_at_a_device_by_libmodbus(theirs: Client) -> None:
    asked = (
        read_holding(7, 4),
        read_input_registers(2),
        read_inputs(0, 8),
        write_coil(16, True),
        write_coils(18, (1, 0, 1)),
        read_coils(16, 6),
        write_register(8, 4711),
        write_registers(9, (1, 2)),
        read_holding(7, 4),
        read_holding(500),
    )
    answers = theirs.exchange(*asked, within_ns=30 * SECOND)
    assert [answer.values for answer in answers] == [
        (7, 8, 9, 10),
        (2,),
        (0, 1) * 4,
        (0xFF00,),
        (1, 0, 1),
        (1, 0, 1, 0, 1, 0),
        (4711,),
        (1, 2),
        (7, 4711, 1, 2),
        None,
    ]
    assert answers[-1].why == "exception 2 (address)"
    assert not {trouble: count for trouble, count in theirs.troubles.items() if trouble != "an exception"}
    assert answers[-1].at_ns > MILLISECOND
