"""The provider's side: a process that remembers, dies at a chosen step, and is started again by the one above it."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from contracts.checkout import PaymentOrder, PaymentResult
from tests.crash.steps import Steps
from twin.provider.memory import LastingProvider, Memory
from twin.provider.provider import Provider
from twin.provider.server import ProviderServer, _Handler


class StepMemory(Memory):
    """A memory with a step before an input is on the disk and one after."""

    steps: Steps

    def tell(self, body: str) -> None:
        self.steps.step()
        super().tell(body)
        self.steps.step()


class StepProvider(LastingProvider):
    """A provider with a step between what it did and what it says of it."""

    steps: Steps

    def exchange(self, now_ns: int, orders: Sequence[PaymentOrder]) -> list[PaymentResult]:
        results = super().exchange(now_ns, orders)
        if results:
            self.steps.step()
        return results


class _Patient(_Handler):
    """Waits for who has called and not spoken yet: a loaded machine must not turn that into an order that is lost."""

    timeout = 600.0


class Inherited(ProviderServer):
    """A server on a listening socket that outlives it: who calls while it is dead waits until it is back."""

    listening: socket.socket

    def finish_request(self, request: Any, client_address: Any) -> None:
        _Patient(request, client_address, self)

    def server_bind(self) -> None:
        self.socket.close()
        self.socket = socket.socket(fileno=os.dup(self.listening.fileno()))
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = self.server_address


def listen() -> socket.socket:
    """Return a socket on any free port of this machine."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=16)
    listening.set_inheritable(True)
    return listening


def serve(listening: socket.socket, state: Path, die_at: int) -> None:
    """Serve until killed.

    Args:
        listening: where.
        state: the provider's memory.
        die_at: the step at which this process kills itself, 0 for none.
    """
    steps = Steps(die_at)
    StepMemory.steps = StepProvider.steps = steps
    Inherited.listening = listening
    provider = StepProvider(Provider(7, quick=True), StepMemory(state))
    Inherited(provider).serve_forever()


def truth(state: Path) -> dict[str, tuple[int, int, bool]]:
    """Return what a provider's memory comes to: payment -> taken and not given back, held, void."""
    memory = Memory(state)
    core = LastingProvider(Provider(7, quick=True), memory).core
    memory.close()
    core.due(10**6 * 10**9)
    return {name: (has.taken - has.given_back, has.held, has.void) for name, has in core.holdings.items()}
