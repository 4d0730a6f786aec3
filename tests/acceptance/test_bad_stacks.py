"""Stacks in other processes that die, fall silent or are not there; the same stack served as it should be.

Each ends with a message that says where and what to do, the right exit code and a readable recording.
"""

import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import grpc
import pytest

from contracts.proto.v1 import stack_pb2, stack_pb2_grpc
from tests.rig.kiosk import ENDLESS, SERVER, Here, finish, rig, start, the_end, wait_for_growth, write_scenario


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A scenario that goes on until somebody ends it."""
    return write_scenario(tmp_path, ENDLESS, "endless.yaml")


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str]) -> Here:
    return Here(capsys)


@pytest.fixture
def server() -> Iterator[tuple[Any, str]]:
    """The reference stack in a process of its own."""
    process = start(command=SERVER)
    assert process.stdout is not None
    try:
        yield process, f"grpc://{process.stdout.readline().rsplit(' ', 1)[1].strip()}"
    finally:
        process.kill()
        process.communicate()


def test_a_stack_that_is_killed_in_the_middle(tmp_path: Path, endless: Path, server: tuple[Any, str]) -> None:
    stack, address = server
    path = tmp_path / "out/endless.mcap"
    process = start("run", endless, "--record", tmp_path / "out", "--stack", address)
    wait_for_growth(process, path)
    stack.kill()
    code, _, complaint = finish(process)
    assert code == 1, complaint
    assert f"{address}: the stack ended during the run" in complaint
    assert str(path) in complaint
    assert "Traceback" not in complaint
    end = the_end(path)
    assert end.status == "failed"
    assert "the stack ended during the run" in end.reason


class Sleeper(stack_pb2_grpc.WalkoutStackServicer):
    """Answers for a second of bench time, then never again."""

    def __init__(self, done: Event) -> None:
        self._done = done

    def Run(self, ticks: Any, context: Any) -> Any:  # noqa: N802
        for tick in ticks:
            if tick.now_ns > 1_000_000_000:
                self._done.wait()
            yield stack_pb2.Answers(now_ns=tick.now_ns)


@pytest.fixture
def sleeper() -> Iterator[str]:
    done = Event()
    options = [("grpc.max_receive_message_length", 256 << 20)]
    server = grpc.server(ThreadPoolExecutor(1), options=options)
    stack_pb2_grpc.add_WalkoutStackServicer_to_server(Sleeper(done), server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    yield f"grpc://127.0.0.1:{port}"
    done.set()
    server.stop(grace=None).wait()


def test_a_stack_that_falls_silent(tmp_path: Path, endless: Path, sleeper: str) -> None:
    options = ("--record", tmp_path / "out", "--stack", sleeper, "--stack-timeout", 3)
    code, _, complaint = finish(start("run", endless, *options))
    assert code == 1, complaint
    assert f"{sleeper}: the stack does not answer" in complaint
    assert "within 3 s of the tick at 1.050 s" in complaint
    assert "--stack-timeout" in complaint
    assert the_end(tmp_path / "out/endless.mcap").status == "failed"


def test_ctrl_c_while_a_stack_is_silent(tmp_path: Path, endless: Path, sleeper: str) -> None:
    options = ("--record", tmp_path / "out", "--stack", sleeper, "--stack-timeout", 600)
    process = start("run", endless, *options)
    wait_for_growth(process, tmp_path / "out/endless.mcap", seconds=1)
    process.send_signal(signal.SIGINT)
    assert finish(process)[0] == 2
    assert the_end(tmp_path / "out/endless.mcap").status == "interrupted"


def test_nothing_listens(endless: Path, tmp_path: Path) -> None:
    with socket.socket() as bound:  # bound and not listening: nobody else can take the port meanwhile
        bound.bind(("127.0.0.1", 0))
        where = f"grpc://127.0.0.1:{bound.getsockname()[1]}"
        done = rig("run", endless, "--record", tmp_path / "out", "--stack", where, "--stack-timeout", 1)
    assert done.returncode == 1
    assert f"{where}: no stack listens there" in done.stderr
    assert "start the stack first" in done.stderr


@pytest.mark.parametrize("where", ["mine", "grpc://", "grpc://localhost", "grpc://localhost:http", "grpc://:70000"])
def test_what_is_no_address(endless: Path, tmp_path: Path, here: Here, where: str) -> None:
    code, _, complaint = here("run", endless, "--record", tmp_path / "out", "--stack", where)
    assert code == 4, complaint
    assert "--stack" in complaint
    assert "grpc://host:port" in complaint
    assert f"found: {where}" in complaint


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code, _, complaint = finish(start("--port", port, command=SERVER))
    assert code == 6, complaint
    assert f"127.0.0.1:{port}: the port is taken" in complaint
    assert "--port" in complaint
    assert "Traceback" not in complaint


def test_a_server_ends_when_it_is_told_to(server: tuple[Any, str]) -> None:
    process, _ = server
    process.send_signal(signal.SIGTERM)
    code, _, complaint = finish(process)
    assert (code, complaint) == (0, "")
