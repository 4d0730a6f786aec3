"""Leases and the clock of a shim, over gRPC."""

from __future__ import annotations

from functools import partial

import grpc

from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from devices.shim.caller import Caller
from devices.shim.guard import client_of, token_of
from devices.shim.holding import raise_all
from devices.shim.hosted import OPENING_S
from devices.shim.leases import Asked, Lease, Waiting
from devices.shim.troubles import told

# ruff: noqa: N802  # gRPC names methods as the .proto file does


class LeaseService(services.LeasesServicer):
    """Service `Leases`."""

    def __init__(self, caller: Caller) -> None:
        self._devices, self._holding = caller.devices, caller.holding

    def Acquire(self, request: pb.LeaseRequest, context: grpc.ServicerContext) -> pb.LeaseReply:
        """Give a lease or a place in the queue; never waits itself: a crowd of waiters would take all threads."""
        asked = Asked(
            request.holder,
            frozenset(request.devices or self._devices),
            request.ttl_ns,
            request.wait_ns,
            request.ticket,
            client_of(context),
        )
        with told(context):
            got = self._holding.acquire(asked)
            if isinstance(got, Waiting):
                place, held = self._holding.standing(got)
                return pb.LeaseReply(queued=pb.Queued(ticket=got.ticket, place=place, held=held))
            return pb.LeaseReply(lease=self._message(got, got.token))

    def Renew(self, request: pb.Empty, context: grpc.ServicerContext) -> pb.Lease:  # noqa: ARG002
        """Let a lease go on."""
        with told(context):
            lease = self._holding.renew(token_of(context))
            return self._message(lease, lease.token)

    def Release(self, request: pb.ReleaseRequest, context: grpc.ServicerContext) -> pb.ReleaseReply:
        """End the caller's lease, or with force whatever is in the way; answers when the devices are safe and free."""
        with told(context):
            if request.force:
                ended = self._holding.take(request.devices or self._devices, request.by or client_of(context))
            else:
                self._holding.own(token_of(context), client_of(context))
                ended = [self._holding.release(token_of(context))]
            return pb.ReleaseReply(ended=[self._message(end.lease) for end in ended])

    def List(self, request: pb.Empty, context: grpc.ServicerContext) -> pb.LeaseList:  # noqa: ARG002
        """Tell who has what and who waits for what."""
        leases, waiting = self._holding.listing()
        epoch_ns = self._holding.clock.epoch_ns
        queue = [
            pb.Waiting(
                holder=place.asked.holder,
                devices=sorted(place.asked.devices),
                since_unix_ns=epoch_ns + place.since_ns,
            )
            for place in waiting
        ]
        return pb.LeaseList(leases=map(self._message, leases), waiting=queue)

    def _message(self, lease: Lease, token: int = 0) -> pb.Lease:
        return pb.Lease(
            token=token,
            devices=sorted(lease.asked.devices),
            holder=lease.asked.holder,
            ttl_ns=lease.asked.ttl_ns,
            since_unix_ns=self._holding.clock.epoch_ns + lease.since_ns,
        )


class ClockService(services.ClocksServicer):
    """Service `Clocks`."""

    def __init__(self, caller: Caller) -> None:
        self._devices, self._holding = caller.devices, caller.holding

    def Tell(self, request: pb.Empty, context: grpc.ServicerContext) -> pb.ClockReading:  # noqa: ARG002
        """Tell when the question came in and when its answer goes out."""
        own = self._holding.clock
        received_ns, token = own.now_ns, token_of(context)
        with told(context):
            devices = sorted(self._holding.own(token, client_of(context)).asked.devices) if token else []
            # Whatever shifts one device of a lease shifts them all.
            ahead_ns = self._devices[devices[0]].clock.ahead_ns if devices else 0
            sent_ns = own.now_ns
            return pb.ClockReading(
                received_ns=received_ns + ahead_ns, sent_ns=sent_ns + ahead_ns, unix_ns=own.epoch_ns + sent_ns
            )

    def Synchronise(self, request: pb.ClockShift, context: grpc.ServicerContext) -> pb.Empty:
        """Set the clock of every device of the caller's lease."""
        with told(context):
            token, check = token_of(context), self._holding.check
            devices = [self._devices[id_] for id_ in sorted(self._holding.own(token, client_of(context)).asked.devices)]
            jobs = [(one, one.shift(request.shift_ns, partial(check, token, one.info.id))) for one in devices]
            raise_all([partial(one.wait, job, "set the clock", OPENING_S) for one, job in jobs])
            return pb.Empty()
