"""A stack in another process: what it may do wrong, and that doing it right changes nothing."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import grpc
import pytest

from contracts.clock import VirtualClock
from contracts.errors import PortInUse, ProductError, StackDied, StackSilent, UsageError
from contracts.proto.v1 import records_pb2, stack_pb2, stack_pb2_grpc
from contracts.records import ScreenCommand
from contracts.truth import TrueCast
from rig.recording.reader import Recording
from rig.remote_stack import RemoteStack
from rig.run import drive
from rig.scenario import Expect
from stack.server import serve
from tests.rig.fakes import SETUP, START, FakeSource, FakeStack
from tests.rig.kiosk import SERVER, STUCK_S, Made, finish, made, rig, start

Answering = Callable[[Iterator[stack_pb2.Tick]], Iterator[stack_pb2.Answers]]


class Service(stack_pb2_grpc.WalkoutStackServicer):
    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    def Run(self, ticks: Any, context: Any) -> Any:  # noqa: N802
        yield from self._answering(ticks)


@pytest.fixture
def offer() -> Iterator[Callable[[Answering], str]]:
    servers = []

    def offer(answering: Answering) -> str:
        server = grpc.server(ThreadPoolExecutor(2))
        stack_pb2_grpc.add_WalkoutStackServicer_to_server(Service(answering), server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        servers.append(server)
        return f"127.0.0.1:{port}"

    yield offer
    for server in servers:
        server.stop(grace=None).wait()


def feed(address: str, answer_s: float = 60.0, ticks: int = 3) -> None:
    stack = RemoteStack(address, answer_s)
    try:
        for tick in range(ticks):
            stack.feed([SETUP] if tick == 0 else [], tick)
    finally:
        stack.close()
        stack.close()


def in_order(ticks: Iterator[stack_pb2.Tick]) -> Iterator[stack_pb2.Answers]:
    for tick in ticks:
        yield stack_pb2.Answers(now_ns=tick.now_ns)


def test_one_answer_for_each_tick(offer: Callable[[Answering], str]) -> None:
    feed(offer(in_order), ticks=50)


def test_another_ticks_answer(offer: Callable[[Answering], str]) -> None:
    address = offer(lambda ticks: (stack_pb2.Answers(now_ns=tick.now_ns // 2) for tick in ticks))
    with pytest.raises(StackDied, match="answered another tick") as caught:
        feed(address)
    assert f"grpc://{address}" in str(caught.value)
    assert "expected: now_ns = 1" in str(caught.value)
    assert "found: now_ns = 0" in str(caught.value)


def test_a_stack_that_raises(offer: Callable[[Answering], str]) -> None:
    def raising(ticks: Iterator[stack_pb2.Tick]) -> Iterator[stack_pb2.Answers]:
        yield stack_pb2.Answers(now_ns=next(ticks).now_ns)
        raise KeyError("shelf")

    with pytest.raises(StackDied, match="ended during the run") as caught:
        feed(offer(raising))
    assert "shelf" in str(caught.value)


def test_a_stack_that_hangs_up(offer: Callable[[Answering], str]) -> None:
    address = offer(lambda ticks: iter([stack_pb2.Answers(now_ns=next(ticks).now_ns)]))
    with pytest.raises(StackDied, match="it closed the stream"):
        feed(address)


def test_a_stack_that_says_nothing(offer: Callable[[Answering], str]) -> None:
    done = Event()

    def silent(_: Iterator[stack_pb2.Tick]) -> Iterator[stack_pb2.Answers]:
        done.wait()
        yield stack_pb2.Answers()

    address = offer(silent)
    try:
        with pytest.raises(StackSilent, match="does not answer") as caught:
            feed(address, answer_s=1.0)
    finally:
        done.set()
    assert "within 1 s of the tick at 0.000 s" in str(caught.value)


def test_answers_of_a_kind_that_nobody_knows_are_passed_over(offer: Callable[[Answering], str]) -> None:
    """A stack made for a later version of the contract may say more."""
    answers = [records_pb2.AnswerRecord(), records_pb2.AnswerRecord(screen_command={"screen": "s", "text": "hello"})]
    address = offer(lambda ticks: (stack_pb2.Answers(now_ns=tick.now_ns, records=answers) for tick in ticks))
    stack = RemoteStack(address, 60.0)
    (said,) = stack.feed([], 0)
    stack.close()
    assert isinstance(said, ScreenCommand)
    assert said.text == "hello"


def test_truth_is_refused_before_it_is_sent(offer: Callable[[Answering], str]) -> None:
    stack = RemoteStack(offer(in_order), 60.0)
    with pytest.raises(TypeError, match="no place"):
        stack.feed([TrueCast(t_ns=0, source="truth", shoppers=(), accounts=())], 0)  # type: ignore[list-item]
    stack.close()


@pytest.mark.parametrize("address", ["", "host", ":1", "host:", "host:0", "host:65536", "host:-1", "host:1x"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="that is no address of a stack") as caught:
        RemoteStack(address)
    assert f"grpc://{address}" in str(caught.value)


def test_nothing_listens_and_it_is_said_in_the_time_given() -> None:
    with pytest.raises(StackDied, match="no stack listens there") as caught:
        RemoteStack("127.0.0.1:1", 0.2)
    assert "no connection within 0.2 s" in str(caught.value)
    assert isinstance(caught.value, ProductError)


def test_two_servers_cannot_share_a_port() -> None:
    server, port = serve(FakeStack)
    try:
        with pytest.raises(PortInUse, match=f"127.0.0.1:{port}: the port is taken"):
            serve(FakeStack, port)
    finally:
        server.stop(grace=None).wait()


def test_every_run_gets_a_stack_of_its_own_which_is_closed() -> None:
    class Closing(FakeStack):
        def __init__(self) -> None:
            super().__init__()
            self.gone = Event()

        def close(self) -> None:
            self.gone.set()

    made: list[Closing] = []

    def make() -> Closing:
        made.append(Closing())
        return made[-1]

    server, port = serve(make)
    feed(f"127.0.0.1:{port}")
    feed(f"127.0.0.1:{port}")
    server.stop(grace=None).wait()
    assert len(made) == 2
    assert [len(stack.seen) for stack in made] == [1, 1]
    assert all(stack.gone.wait(STUCK_S) for stack in made)


def test_a_stack_behind_grpc_leaves_the_same_recording(tmp_path: Path) -> None:
    server, port = serve(FakeStack)
    digests = []
    for name, stack in (("here", FakeStack()), ("there", RemoteStack(f"127.0.0.1:{port}"))):
        source = FakeSource(2.0)
        result = drive(
            START, SETUP, source, stack, obey=lambda _: None, finished=lambda source=source: source.finished,
            limit_ns=10**12, expect=Expect(), record_dir=tmp_path / name, clock=VirtualClock(),
        )  # fmt: skip
        stack.close()
        digests.append(result.digest)
    server.stop(grace=None).wait()
    assert digests[0] == digests[1]


@pytest.fixture
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


def test_the_reference_stack_in_a_process_of_its_own_says_the_same(first: Made, tmp_path: Path) -> None:
    """A whole visit: same receipts, same everything, byte for byte."""
    server = start(command=SERVER)
    try:
        assert server.stdout is not None
        address = f"grpc://{server.stdout.readline().rsplit(' ', 1)[1].strip()}"
        done = rig("run", first.folder / "take_one.yaml", "--record", tmp_path, "--stack", address)
    finally:
        server.terminate()
        assert finish(server)[0] == 0
    assert done.returncode == 0, done.stdout + done.stderr
    there, here = Recording(tmp_path / "take_one.mcap"), first.recording("take_one")
    (receipt,) = there.records(["/stack/receipt"])
    assert [(line.product, line.count) for line in receipt.lines] == [("aurel-500", 1)]  # type: ignore[attr-defined]
    assert there.start.stack == address
    assert there.digest() == here.digest()
