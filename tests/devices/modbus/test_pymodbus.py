"""pymodbus, which has no part in our codec, asks our device and answers our client."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from contracts.clock import SECOND, WallClock
from devices.modbus.bank import Table
from devices.modbus.client import connect
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.serve import TcpPort
from devices.modbus.types import read_coils, read_holding, read_inputs, write_coil, write_register
from tests.devices.modbus.bench import bank

pymodbus = pytest.importorskip("pymodbus", reason="pymodbus comes with the extra 'dev'")


@contextmanager
def working(port: TcpPort) -> Iterator[None]:
    """Let a device work in a thread of its own, as pymodbus's client waits."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            port.wait(SECOND // 100)
            port.work()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    over.set()
    thread.join()
    port.close()


@pytest.mark.parametrize("framing", Framing)
def test_pymodbus_asks_our_device(framing: Framing) -> None:
    from pymodbus import FramerType
    from pymodbus.client import ModbusTcpClient

    registers = bank()
    port = TcpPort(lambda: Device({1: registers}, framing), WallClock())
    framer = FramerType.SOCKET if framing is Framing.TCP else FramerType.RTU
    with working(port):
        client = ModbusTcpClient("127.0.0.1", port=port.port, framer=framer, timeout=10)
        assert client.connect()
        assert client.read_holding_registers(7, count=4, device_id=1).registers == [1, 2, 3, 65535]
        assert client.read_discrete_inputs(0, count=6, device_id=1).bits[:6] == [True, False] * 3
        assert not client.write_coil(3, True, device_id=1).isError()
        assert not client.write_coils(0, [True, False, True], device_id=1).isError()
        assert client.read_coils(0, count=8, device_id=1).bits[:4] == [True, False, True, True]
        assert not client.write_registers(7, [9, 8], device_id=1).isError()
        assert client.read_holding_registers(500, count=1, device_id=1).exception_code == 2
        client.close()
    assert registers.get(Table.HOLDING, 7, 2) == (9, 8)


def test_pymodbus_answers_our_client() -> None:
    from pymodbus.server import ModbusTcpServer
    from pymodbus.simulator import DataType, SimData, SimDevice

    coils = [SimData(0, values=[False] * 16, datatype=DataType.BITS)]
    inputs = [SimData(0, values=[True, False] * 8, datatype=DataType.BITS)]
    words = [SimData(7, values=[1, 2, 3, 4], datatype=DataType.REGISTERS)]
    loop, ready, found = asyncio.new_event_loop(), threading.Event(), []

    async def serve() -> None:
        server = ModbusTcpServer(SimDevice(1, simdata=(coils, inputs, words, words)), address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        found.append((server, server.transport.sockets[0].getsockname()[1]))
        ready.set()

    task = loop.create_task(serve())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    assert ready.wait(30)
    server, port = found[0]
    client = connect(f"tcp://127.0.0.1:{port}", WallClock(), reply_ns=10 * SECOND)
    asked = (
        read_holding(7, 4),
        read_inputs(0, 4),
        write_coil(3, True),
        read_coils(0, 8),
        write_register(8, 77),
        read_holding(8),
        read_holding(500),
    )
    answers = client.exchange(*asked, within_ns=30 * SECOND)
    client.close()
    asyncio.run_coroutine_threadsafe(server.shutdown(), loop).result(30)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
    assert task.done()
    assert [answer.values for answer in answers] == [
        (1, 2, 3, 4),
        (1, 0, 1, 0),
        (0xFF00,),
        (0, 0, 0, 1, 0, 0, 0, 0),
        (77,),
        (77,),
        None,
    ]
    assert answers[-1].refusal == 2
