"""A connection to a shim: looks at it without a lease, measures its clock, and ends leases by force."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import grpc

from contracts.clock import WallClock
from contracts.errors import DeviceUnavailable
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from devices.shim import look
from devices.shim.guard import TOKEN
from devices.shim.offset import Exchange, Offset, best
from devices.shim.tls import ClientTls
from devices.shim.troubles import error_from

T = TypeVar("T")
CONNECT_S = 5.0
AGAIN_S = 1.5
"""After a failure: gRPC tries again after a second, and a shim may just be starting."""
CALL_S = 5.0
"""Longer than a shim lets a driver take, so that the shim's own reason comes first."""
OPEN_S = 15.0
"""The same for what may open drivers first."""
_OPTIONS = (
    ("grpc.max_receive_message_length", 64 * 2**20),
    ("grpc.max_send_message_length", 64 * 2**20),
    # A machine that went away without a word is noticed within seven seconds.
    ("grpc.keepalive_time_ms", 5000),
    ("grpc.keepalive_timeout_ms", 2000),
    ("grpc.http2.max_pings_without_data", 0),
)


class Shim:
    """One shim, seen from another process.

    Args:
        address: "host:port".
        credentials: certificates; None on loopback.

    Raises:
        DeviceUnavailable: nothing listens there, or one end does not trust the other; says which and what to try.
    """

    def __init__(self, address: str, credentials: ClientTls | None = None) -> None:
        self.address, self.clock, self.token = address, WallClock(), 0
        if credentials is None:
            self.channel = grpc.insecure_channel(address, options=_OPTIONS)
        else:
            self.channel = grpc.secure_channel(address, credentials.credentials(), options=_OPTIONS)
        if not _reached(self.channel):
            self.channel.close()
            from devices.shim import tls_fault  # brings cryptography, which nobody needs when all is well

            raise tls_fault.explain(address, credentials)
        self._devices = self.stub(services.DevicesStub)
        self._leases = self.stub(services.LeasesStub)
        self._clocks = self.stub(services.ClocksStub)

    def stub(self, make: Callable[[grpc.Channel], Any]) -> Any:
        """Return the stub of a service."""
        return make(self.channel)

    def list(self) -> Sequence[look.Listed]:
        """Return its devices, by id."""
        return [look.listed(device, self.address) for device in self.ask(self._devices.List, pb.Empty()).devices]

    def probe(self, ids: Sequence[str] = ()) -> Sequence[look.Looked]:
        """Have devices asked who they are; none: all."""
        found = self.ask(self._devices.Probe, pb.ProbeRequest(ids=ids), within_s=OPEN_S).devices
        return [look.looked(probed, self.address) for probed in found]

    def leases(self) -> look.Leases:
        """Return who has what and who waits for what."""
        return look.leases(self.ask(self._leases.List, pb.Empty()))

    def take(self, ids: Sequence[str] = (), by: str = "") -> Sequence[look.Held]:
        """End leases of others by force: those that cover one of some devices, or all; return which they were.

        The devices are in their safe states and free when this returns.
        """
        request = pb.ReleaseRequest(force=True, devices=ids, by=by or look.me())
        return [look.held(lease) for lease in self.ask(self._leases.Release, request).ended]

    def offset(self, ahead_ns: int = 0, times: int = 4) -> Offset:
        """Measure how far its bench time is ahead of ours.

        Args:
            ahead_ns: our bench time, less the time of `clock`.
            times: how often to ask; the answer that came soonest counts.
        """
        return best([self._exchange(ahead_ns)[0] for _ in range(times)])

    def unix_offset(self, times: int = 4) -> Offset:
        """Measure how far its machine's idea of the world's time is ahead of ours."""
        exchanges = []
        for _ in range(times):
            exchange, unix_ns = self._exchange(self.clock.epoch_ns)
            shift = unix_ns - exchange.answered_ns
            exchanges.append(Exchange(exchange.asked_ns, exchange.received_ns + shift, unix_ns, exchange.heard_ns))
        return best(exchanges)

    def metadata(self) -> tuple[tuple[str, str], ...]:
        """Return what goes with every call."""
        return ((TOKEN, str(self.token)),) if self.token else ()

    def ask(self, method: Callable[..., T], request: Any, where: str = "", within_s: float = CALL_S) -> T:
        """Make a call.

        Args:
            method: of a stub.
            request: its message.
            where: what is called, for people.
            within_s: seconds to wait for the answer.

        Raises:
            WalkoutError: what the shim says is wrong, or that it says nothing.
        """
        try:
            return method(request, timeout=within_s, metadata=self.metadata())
        except grpc.RpcError as error:
            raise error_from(error, where or f"shim {self.address}") from error
        except ValueError as error:  # of a channel that was closed
            raise DeviceUnavailable(
                "the connection is closed", where=where or f"shim {self.address}", hint="connect anew"
            ) from error

    def close(self) -> None:
        """Close the connection; may be called twice."""
        self.channel.close()

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _exchange(self, ahead_ns: int) -> tuple[Exchange, int]:
        asked_ns = self.clock.now_ns
        told = self.ask(self._clocks.Tell, pb.Empty())
        heard_ns = self.clock.now_ns
        return Exchange(asked_ns + ahead_ns, told.received_ns, told.sent_ns, heard_ns + ahead_ns), told.unix_ns


def _reached(channel: Any) -> bool:
    """Return whether a connection stands: as soon as it does, or soon after the first try failed."""
    settled, stands = threading.Event(), threading.Event()

    def hear(state: grpc.ChannelConnectivity) -> None:
        if state is grpc.ChannelConnectivity.READY:
            stands.set()
        if state in (grpc.ChannelConnectivity.READY, grpc.ChannelConnectivity.TRANSIENT_FAILURE):
            settled.set()

    channel.subscribe(hear, try_to_connect=True)
    reached = settled.wait(CONNECT_S) and stands.wait(AGAIN_S)
    channel.unsubscribe(hear)
    return reached
