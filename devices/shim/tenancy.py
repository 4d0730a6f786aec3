"""A lease as its holder has it: acquired, kept by a heartbeat, released."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import cast

from contracts.clock import SECOND
from contracts.errors import LeaseHeld, LeaseLost, WalkoutError
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from devices.shim.connection import OPEN_S, Shim
from devices.shim.leases import lasts_ns

ASK_AGAIN_NS = SECOND // 10
BEATS = 3
"""Heartbeats in a time to live: two may be lost."""


class Tenancy:
    """The lease of one client.

    Args:
        shim: where the devices are; from here on its calls carry the lease's token.
        ids: which devices; none: all.
        holder: who has them, for people.
        ttl_s: without a sign of life for so many seconds the lease ends.
        wait_s: seconds to queue.

    Raises:
        LeaseHeld: somebody else has one of them.
        DeviceUnavailable: one of them cannot be opened.
    """

    def __init__(self, shim: Shim, ids: Sequence[str], holder: str, ttl_s: float, wait_s: float) -> None:
        self._shim, self._ttl_ns = shim, round(ttl_s * SECOND)
        self._stub = shim.stub(services.LeasesStub)
        self._lost: WalkoutError | None = None
        self._over = threading.Event()
        lease = self._acquire(pb.LeaseRequest(devices=ids, holder=holder, ttl_ns=self._ttl_ns), round(wait_s * SECOND))
        self.devices, shim.token = tuple(lease.devices), lease.token
        self._kept_ns = shim.clock.now_ns
        self._beat = threading.Thread(target=self._keep, name="lease", daemon=True)
        self._beat.start()

    def check(self) -> None:
        """Raise if the lease is over.

        Raises:
            LeaseLost: it is; tells why.
        """
        if self._lost is not None:
            raise self._lost

    def ask(self) -> None:
        """Ask the shim whether the lease lasts, and raise if it does not."""
        self._renew()
        self.check()

    def release(self) -> None:
        """Give the devices back, which are safe and free then; may be called twice, also after the lease was lost."""
        if self._over.is_set():
            return
        self._over.set()
        self._beat.join()
        if self._lost is None:
            try:
                self._shim.ask(self._stub.Release, pb.ReleaseRequest(), within_s=OPEN_S)
            except LeaseLost as error:
                self._lost = error

    def _acquire(self, request: pb.LeaseRequest, wait_ns: int) -> pb.Lease:
        clock = self._shim.clock
        until_ns = clock.now_ns + wait_ns
        while True:
            request.wait_ns = max(0, until_ns - clock.now_ns)
            reply = self._shim.ask(self._stub.Acquire, request, within_s=OPEN_S)
            if reply.WhichOneof("answer") == "lease":
                return cast(pb.Lease, reply.lease)
            request.ticket = reply.queued.ticket
            clock.wait_until(min(until_ns, clock.now_ns + ASK_AGAIN_NS))

    def _keep(self) -> None:
        while not self._over.wait(self._ttl_ns / BEATS / SECOND) and self._lost is None:
            self._renew()

    def _renew(self) -> None:
        asked_ns = self._shim.clock.now_ns
        try:
            self._shim.ask(self._stub.Renew, pb.Empty(), within_s=self._ttl_ns / BEATS / SECOND)
        except (LeaseLost, LeaseHeld) as error:
            self._lost = error
        except WalkoutError as error:
            # The shim counts from when it heard the last heartbeat, this from when it was sent: so this gives up first.
            if asked_ns - self._kept_ns > lasts_ns(self._ttl_ns):
                self._lost = self._silent(error)
        else:
            self._kept_ns = asked_ns

    def _silent(self, error: WalkoutError) -> LeaseLost:
        return LeaseLost(
            "the lease is over: its heartbeat did not get through",
            where=f"shim {self._shim.address}",
            expected=f"an answer within {lasts_ns(self._ttl_ns) / SECOND:g} s",
            found=error.found,
            hint="see whether the shim runs and the network stands: rig devices list",
        )
