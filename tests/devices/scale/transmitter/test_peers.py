"""mbpoll reads our emulators' weights and writes their orders; driver and emulator meet on real lines."""

from collections.abc import Iterator

import pytest

from contracts.clock import MILLISECOND, WallClock
from devices.drivers.opening import open_device, open_exposed
from devices.drivers.registry import find
from devices.listening_line import ListeningLine
from devices.modbus.framing import Framing
from devices.pty_line import PtyLine
from devices.scale.transmitter.emulator import TransmitterEmulator
from devices.scale.transmitter.model import Setup
from devices.scale.transmitter.models import TRANSMITTERS
from tests.devices.modbus.peers import beside, program

pytestmark = pytest.mark.peer
Served = tuple[TransmitterEmulator, list[str], str]


@pytest.fixture(params=["tcp", "rtu"])
def served(request: pytest.FixtureRequest, tmp_path) -> Iterator[Served]:
    """Two transmitters on a port, or at the other end of a pseudo-terminal, and how mbpoll finds them."""
    name, how = request.node.callspec.params["name"], request.param
    line = ListeningLine("127.0.0.1", 0) if how == "tcp" else PtyLine(tmp_path / "bus")
    framing = Framing.TCP if how == "tcp" else Framing.RTU
    found = TransmitterEmulator(TRANSMITTERS[name], Setup(), framing, line, WallClock(), units=[1, 2])
    options = ["-m", "tcp", "-p", str(line.port)] if how == "tcp" else ["-m", "rtu", "-b", "9600", "-P", "none"]
    yield found, options, "127.0.0.1" if how == "tcp" else str((tmp_path / "bus").resolve())
    found.close()


def polled(served: Served, unit: int, *words: str) -> tuple[int, str]:
    emulator, options, where = served
    flags, values = [word for word in words if word[:1] != "="], [word[1:] for word in words if word[:1] == "="]
    command = [program("mbpoll", "mbpoll"), *options, "-a", str(unit), "-0", "-1", *flags, where, *values]
    return beside(emulator.serve, command)


@pytest.mark.parametrize("name", ["laumas", "flintec", "dini-argeo", "dini-argeo-4", "dat400"])
def test_mbpoll_reads_the_gross_weight(served: Served, name: str) -> None:
    of = TRANSMITTERS[name]
    served[0].load(1250.0, 0)
    served[0].load(70_000.0 if of.channels == 1 else 2.0, 1)
    kind = "3:int" if name == "dini-argeo" else "4:int"
    rc, said = polled(served, 1, "-r", str(of.weight), "-c", "1", "-t", kind, "-B")
    assert rc == 0, said
    assert f"[{of.weight}]: \t1250\n" in said
    if of.channels == 1:
        rc, said = polled(served, 2, "-r", str(of.weight), "-c", "1", "-t", kind, "-B")
        assert f"[{of.weight}]: \t70000\n" in said, said


@pytest.mark.parametrize("name", ["id551"])
def test_mbpoll_reads_a_float(served: Served, name: str) -> None:
    served[0].load(1250.0)
    rc, said = polled(served, 1, "-r", "2", "-c", "1", "-t", "4:float", "-B")
    assert rc == 0, said
    assert "[2]: \t1.25\n" in said


@pytest.mark.parametrize("name", ["laumas"])
def test_mbpoll_zeroes_and_is_refused_what_is_too_much(served: Served, name: str) -> None:
    served[0].load(60.0)
    rc, said = polled(served, 1, "-r", "5", "-t", "4", "=8")
    assert rc == 0, said
    rc, said = polled(served, 1, "-r", "7", "-c", "1", "-t", "4:int", "-B")
    assert "[7]: \t0\n" in said, said
    rc, said = polled(served, 1, "-r", "0", "-c", "40", "-t", "4")
    assert rc == 1
    assert "Illegal data value" in said


def test_a_bench_files_driver_and_emulator_weigh_over_tcp_and_pty(tmp_path) -> None:
    clock, plates = WallClock(), ["g/plate-1", "g/plate-2"]
    for name, far, near in (
        ("scale/laumas", "listen://127.0.0.1:0", ""),
        ("scale/id551", f"pty:{tmp_path / 'bus'}", str(tmp_path / "bus")),
    ):
        kind = find(name)
        emulated = open_exposed(kind, "g", far, clock, plates=plates)
        at = near or f"tcp://127.0.0.1:{emulated.emulator._end._line.port}"  # type: ignore[attr-defined]
        driver = open_device(kind, "g", at, clock, plates=plates)
        emulated.emulator.load(123.0, 1)  # type: ignore[attr-defined]
        for _ in range(100):
            clock.wait_until(clock.now_ns + 20 * MILLISECOND)
            emulated.work()
            blocks = driver.read(clock.now_ns)
            if blocks and blocks[-1].grams[-1].tolist() == [5000.0, 123.0]:
                break
        else:
            pytest.fail(f"{name} is not weighed: {driver.last}")  # type: ignore[attr-defined]
        driver.close()  # type: ignore[attr-defined]
        emulated.close()
