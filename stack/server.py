"""Serves any stack as the `WalkoutStack` service: `python -m stack.server --port 0`."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from contracts.errors import PortInUse, RigFault
from contracts.ports import Stack
from contracts.proto.v1 import stack_pb2, stack_pb2_grpc
from contracts.shared.handle import Offer
from contracts.shared.reader import attach
from contracts.wire import SharedWire, unwrap, wrap_answer

MAX_MESSAGE_BYTES = 256 << 20
SERVICE = "walkout.v1.WalkoutStack"


class StackService(stack_pb2_grpc.WalkoutStackServicer):
    """One stream is one run with a stack of its own. Frames come through shared memory where the rig offers it.

    Args:
        make: makes the stack of a run.
    """

    def __init__(self, make: Callable[[], Stack]) -> None:
        self._make = make

    def Run(self, ticks: Iterator[stack_pb2.Tick], context: grpc.ServicerContext) -> Iterator[stack_pb2.Answers]:  # noqa: N802
        """Answer every tick, in order."""
        stack = self._make()
        memory: SharedWire | None = None
        try:
            for tick in ticks:
                memory = memory or _attach(tick)
                records = _records(tick, memory, context)
                answers = map(wrap_answer, stack.feed(records, tick.now_ns))
                yield stack_pb2.Answers(now_ns=tick.now_ns, records=answers, attached=memory is not None)
        finally:
            stack.close()
            if memory:  # when a rig has died, grpc keeps this frame alive until the next collection
                memory.close()


def _attach(tick: stack_pb2.Tick) -> SharedWire | None:
    """Map what a tick offers; None where it offers nothing, or nothing that can be had: frames then come as bytes."""
    if not tick.HasField("shared"):
        return None
    try:
        return SharedWire(attach(Offer(tick.shared.path, tick.shared.size, tick.shared.token)))
    except RigFault:
        return None


def _records(tick: stack_pb2.Tick, memory: SharedWire | None, context: grpc.ServicerContext) -> list[Any]:
    """Return the records of a tick; one that cannot be read ends the run, and says that it is not the stack's fault."""
    try:
        return memory.unwrap(tick.records) if memory else unwrap(tick.records)
    except RigFault as error:
        context.abort(grpc.StatusCode.INVALID_ARGUMENT, str(error))
        raise


def serve(make: Callable[[], Stack], port: int = 0, host: str = "127.0.0.1") -> tuple[grpc.Server, int]:
    """Start serving on loopback.

    Args:
        make: makes the stack of a run.
        port: 0 for any free one.
        host: interface to listen on.

    Returns:
        The running server and its port.

    Raises:
        PortInUse: somebody else has the port.
    """
    options = [(f"grpc.max_{way}_message_length", MAX_MESSAGE_BYTES) for way in ("send", "receive")]
    # Without SO_REUSEPORT a second server on the same port is an error instead of a silent sharer.
    server = grpc.server(ThreadPoolExecutor(4), options=[*options, ("grpc.so_reuseport", 0)])
    stack_pb2_grpc.add_WalkoutStackServicer_to_server(StackService(make), server)  # type: ignore[no-untyped-call]
    checker = health.HealthServicer()
    checker.set(SERVICE, health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(checker, server)
    reflection.enable_server_reflection((SERVICE, health.SERVICE_NAME, reflection.SERVICE_NAME), server)
    try:
        bound = server.add_insecure_port(f"{host}:{port}")
    except RuntimeError as error:
        raise PortInUse(
            "the port is taken",
            where=f"{host}:{port}",
            expected="a free port",
            found=str(error).splitlines()[0],
            hint="choose another with --port, or 0 for any free one",
        ) from error
    server.start()
    return server, bound


def main() -> None:
    """Serve the reference stack until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=_port, default=0, help="0 for any free port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument(
        "--ledger", default="", help="URL of the books, sqlite:FILE or postgresql://...; else forgotten"
    )
    chosen = parser.parse_args()
    from stack.core import ReferenceStack  # heavy: only when a stack is really wanted

    try:
        make = partial(ReferenceStack, ledger=chosen.ledger) if chosen.ledger else ReferenceStack
        server, port = serve(make, chosen.port, chosen.host)
    except PortInUse as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # however it is told to end, it ends in order
        sys.stdout.write(f"serving {SERVICE} on {chosen.host}:{port}\n")
        sys.stdout.flush()
        server.wait_for_termination()
    except KeyboardInterrupt:
        server.stop(grace=1.0).wait()


def _port(text: str) -> int:
    number = int(text)
    if not 0 <= number < 1 << 16:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    main()
