"""What every device of a shim has, over gRPC."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc

from contracts import ports, wire
from contracts.errors import UsageError
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from devices.probing import Probed
from devices.shim.caller import Caller
from devices.shim.guard import token_of
from devices.shim.hosted import Hosted
from devices.shim.lease_words import held_by
from devices.shim.troubles import message, told


class DeviceService(services.DevicesServicer):
    """Service `Devices`."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def List(self, request: pb.Empty, context: grpc.ServicerContext) -> pb.DeviceList:  # noqa: N802, ARG002
        """Tell of all devices."""
        return pb.DeviceList(devices=[info_of(hosted) for _, hosted in sorted(self._caller.devices.items())])

    def Probe(self, request: pb.ProbeRequest, context: grpc.ServicerContext) -> pb.ProbeReply:  # noqa: N802
        """Ask devices who they are, all at once; those that somebody else holds are left alone."""
        with told(context):
            devices = [self._caller.find(id_) for id_ in request.ids or sorted(self._caller.devices)]
            token = token_of(context)
            with ThreadPoolExecutor(max(1, len(devices))) as threads:
                return pb.ProbeReply(devices=threads.map(lambda hosted: self._probe(hosted, token), devices))

    def Read(self, requests: Iterator[pb.ReadRequest], context: grpc.ServicerContext) -> Iterator[pb.ReadReply]:  # noqa: N802
        """Answer each request with what a device reported; ends with the lease."""
        holding, token = self._caller.holding, token_of(context)
        cancel = context.cancel
        holding.when_over(token, cancel)
        try:
            for request in requests:
                yield self._read(request, context, token)
        finally:
            holding.forget_over(token, cancel)

    def Fault(self, request: pb.FaultRequest, context: grpc.ServicerContext) -> pb.FaultReply:  # noqa: N802
        """Begin or end a fault."""
        with told(context):
            if request.fault and request.fault not in list(ports.FaultKind):
                raise UsageError("no such fault", expected=", ".join(ports.FaultKind), found=repr(request.fault))
            kind = ports.FaultKind(request.fault) if request.fault else None
        applied = self._caller.call(context, request.id, None, "fault", lambda port: port.fault(kind))
        return pb.FaultReply(applied=applied)

    def SafeState(self, request: pb.DeviceId, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        """Go where nothing can be hurt."""
        self._caller.call(context, request.id, None, "safe_state", lambda port: port.safe_state())
        return pb.Empty()

    def _read(self, request: pb.ReadRequest, context: grpc.ServicerContext, token: int) -> pb.ReadReply:
        def reply(port: ports.Port) -> pb.ReadReply:
            records: Any = port.read(request.until_ns)
            return pb.ReadReply(records=map(wire.wrap_sensor, records))

        return self._caller.call(context, request.id, None, "read", reply, token)

    def _probe(self, hosted: Hosted, token: int) -> pb.Probed:
        holding, id_ = self._caller.holding, hosted.info.id
        holder = holding.holder(id_)
        if holder is not None and holder.token != token:
            busy = held_by(holder, holding.clock.now_ns, holding.clock.epoch_ns)
            return pb.Probed(device=info_of(hosted), busy=busy)
        try:
            probed, trouble = hosted.probe() or Probed(), None
        except Exception as error:  # one broken device never hides the others
            probed, trouble = Probed(), message(error)
        return pb.Probed(
            device=info_of(hosted),
            identity=probed.identity,
            firmware=probed.firmware,
            round_trip_ns=probed.round_trip_ns,
            trouble=trouble,
        )


def info_of(hosted: Hosted) -> pb.DeviceInfo:
    """Return what a list tells of a device."""
    info, trouble = hosted.info, hosted.trouble
    return pb.DeviceInfo(
        id=info.id,
        kind=info.kind,
        model=info.model,
        line=hosted.offer.line,
        protocol=hosted.offer.protocol,
        open=hosted.open,
        trouble=None if trouble is None else message(trouble),
    )
