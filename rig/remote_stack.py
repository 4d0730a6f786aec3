"""A stack in another process, in any language: the client side of the `WalkoutStack` service."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import grpc

from contracts.errors import RigFault, StackDied, StackSilent, UsageError, WalkoutError
from contracts.hosts import is_loopback, parts
from contracts.proto.v1.stack_pb2 import Answers, Tick
from contracts.proto.v1.stack_pb2_grpc import WalkoutStackStub
from contracts.records import AnswerRecord, SensorRecord
from contracts.wire import unwrap
from rig.local_frames import LocalFrames

# One 640x480 colour and depth frame is under 1 MB; a tick of 48 cameras must pass.
MAX_MESSAGE_BYTES = 256 << 20
CONNECT_S = 10.0


class RemoteStack:
    """Feeds ticks to a `WalkoutStack` server and waits for each answer.

    Args:
        address: "host:port".
        answer_s: wall seconds that the server may take for one tick.
        share: whether a stack on this machine is offered frames through shared memory.

    Raises:
        UsageError: that is no address.
        StackDied: nothing listens at the address.
    """

    def __init__(self, address: str, answer_s: float = 20.0, *, share: bool = True) -> None:
        found = parts(address)
        if found is None or not found[1]:
            raise UsageError(
                "that is no address of a stack",
                where="--stack",
                expected="grpc://host:port, the port from 1 to 65535",
                found=f"grpc://{address}",
            )
        self.address, self._answer_s = address, answer_s
        self._frames = LocalFrames(f"grpc://{address}", offer=share and is_loopback(found[0]))
        options = [(f"grpc.max_{way}_message_length", MAX_MESSAGE_BYTES) for way in ("send", "receive")]
        self._channel = grpc.insecure_channel(address, options=options)
        self._await_server()
        self._ticks: queue.SimpleQueue[Tick | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Answers | grpc.RpcError | None] = queue.SimpleQueue()
        stub: Any = WalkoutStackStub(self._channel)  # type: ignore[no-untyped-call]  # generated code
        self._call = stub.Run(iter(self._ticks.get, None))
        threading.Thread(target=self._listen, daemon=True, name=f"stack {address}").start()

    def feed(self, records: Sequence[SensorRecord], now_ns: int) -> Sequence[AnswerRecord]:
        """Send one tick and return its answers.

        Raises:
            StackSilent: no answer in time.
            StackDied: the connection ended, or the answer makes no sense.
            RigFault: the stack cannot read what it was sent.
        """
        self._ticks.put(self._frames.tick(records, now_ns))
        try:
            answer = self._answers.get(timeout=self._answer_s)
        except queue.Empty:
            raise StackSilent(
                "the stack does not answer",
                where=f"grpc://{self.address}",
                expected=f"one Answers message within {self._answer_s:g} s of the tick at {now_ns / 1e9:.3f} s",
                found="silence",
                hint="look at the stack's own log; --stack-timeout gives it longer",
            ) from None
        if not isinstance(answer, Answers):
            raise self._died(answer, now_ns)
        if answer.now_ns != now_ns:
            raise StackDied(
                "the stack answered another tick than the one it was given",
                where=f"grpc://{self.address}",
                expected=f"now_ns = {now_ns}",
                found=f"now_ns = {answer.now_ns}",
                hint="one Answers for each Tick, in order, with the tick's own now_ns",
            )
        self._frames.heard(answer)
        return unwrap(answer.records)

    @property
    def shares(self) -> bool:
        """Whether frames now go through shared memory."""
        return self._frames.attached

    def close(self) -> None:
        """End the stream and the connection; may be called twice."""
        self._ticks.put(None)
        self._call.cancel()
        self._channel.close()
        self._frames.close()

    def _await_server(self) -> None:
        patience_s = min(CONNECT_S, self._answer_s)
        try:
            grpc.channel_ready_future(self._channel).result(timeout=patience_s)
        except grpc.FutureTimeoutError:
            self._channel.close()
            raise StackDied(
                "no stack listens there",
                where=f"grpc://{self.address}",
                expected="a WalkoutStack server",
                found=f"no connection within {patience_s:g} s",
                hint="start the stack first, and check host and port",
            ) from None

    def _listen(self) -> None:
        responses: Iterator[Answers] = self._call
        try:
            for answer in responses:
                self._answers.put(answer)
            self._answers.put(None)
        except grpc.RpcError as error:
            self._answers.put(error)

    def _died(self, error: grpc.RpcError | None, now_ns: int) -> WalkoutError:
        if error is not None and error.code() is grpc.StatusCode.INVALID_ARGUMENT:
            return RigFault(
                "the stack cannot read what it was sent",
                where=f"grpc://{self.address}",
                expected=f"a tick at {now_ns / 1e9:.3f} s that is right by contracts/proto/v1/stack.proto",
                found=error.details() or "INVALID_ARGUMENT",
                hint="if the tick is right, it is the stack that reads it wrongly",
            )
        why = f"{error.code().name}: {error.details()}" if error is not None else "it closed the stream"
        return StackDied(
            "the stack ended during the run",
            where=f"grpc://{self.address}",
            expected=f"an answer to the tick at {now_ns / 1e9:.3f} s",
            found=why,
            hint="the recording holds everything up to this tick; look at the stack's own log",
        )
