"""Hosts any ports as gRPC services, so that a device can live in another process than the run.

The same shim serves a driver of a real turnstile, an emulator, and the twin's own gate.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from contracts import ports, wire
from contracts.errors import PortInUse, UsageError
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from contracts.proto.v1.layout_pb2 import CameraInfo

SERVICES = tuple(pb.DESCRIPTOR.services_by_name)


class Shim:
    """The devices of one server, found by their ids.

    Args:
        devices: port by id.
    """

    def __init__(self, devices: Mapping[str, ports.Port]) -> None:
        self.devices = dict(devices)

    def find(self, device: str, kind: ports.PortKind | None, context: grpc.ServicerContext) -> Any:
        """Return a device of a kind (None: any), or end the call with what there is instead."""
        port = self.devices.get(device)
        if port is None:
            known = ", ".join(sorted(self.devices)) or "none"
            context.abort(grpc.StatusCode.NOT_FOUND, f"no device {device!r} here; this shim has: {known}")
        elif kind not in (None, port.info.kind):
            context.abort(grpc.StatusCode.INVALID_ARGUMENT, f"{device!r} is a {port.info.kind}, not a {kind}")
        return port


class _Devices(services.DevicesServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def List(self, request: pb.Empty, context: grpc.ServicerContext) -> pb.DeviceList:  # noqa: N802, ARG002
        infos = [port.info for _, port in sorted(self._shim.devices.items())]
        return pb.DeviceList(devices=[pb.DeviceInfo(id=i.id, kind=i.kind, model=i.model) for i in infos])

    def Read(self, requests: Iterator[pb.ReadRequest], context: grpc.ServicerContext) -> Iterator[pb.ReadReply]:  # noqa: N802
        for request in requests:
            records: Any = self._shim.find(request.id, None, context).read(request.until_ns)
            yield pb.ReadReply(records=map(wire.wrap_sensor, records))

    def Fault(self, request: pb.FaultRequest, context: grpc.ServicerContext) -> pb.FaultReply:  # noqa: N802
        port = self._shim.find(request.id, None, context)
        return pb.FaultReply(applied=port.fault(ports.FaultKind(request.fault) if request.fault else None))

    def SafeState(self, request: pb.DeviceId, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        self._shim.find(request.id, None, context).safe_state()
        return pb.Empty()


class _Camera(services.CameraServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Calibration(self, request: pb.DeviceId, context: grpc.ServicerContext) -> CameraInfo:  # noqa: N802
        message: Any = wire.to_message(self._shim.find(request.id, ports.PortKind.CAMERA, context).calibration)
        return message  # type: ignore[no-any-return]


class _Scale(services.ScaleServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Plates(self, request: pb.DeviceId, context: grpc.ServicerContext) -> pb.PlateIds:  # noqa: N802
        return pb.PlateIds(plates=self._shim.find(request.id, ports.PortKind.SCALE, context).plates)


class _Gate(services.GateServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Command(self, request: pb.GateOrder, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        self._shim.find(request.id, ports.PortKind.GATE, context).command(wire.from_message(request.command))
        return pb.Empty()


class _Scanner(services.ScannerServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Present(self, request: pb.CodeShown, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        self._shim.find(request.id, ports.PortKind.SCANNER, context).present(request.code)
        return pb.Empty()


class _PalmReader(services.PalmReaderServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Present(self, request: pb.PalmShown, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        self._shim.find(request.id, ports.PortKind.PALM_READER, context).present(request.handle)
        return pb.Empty()


class _CardTerminal(services.CardTerminalServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Request(self, request: pb.PaymentRequest, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        terminal = self._shim.find(request.id, ports.PortKind.CARD_TERMINAL, context)
        terminal.request(request.key, request.amount_minor, request.currency)
        return pb.Empty()


class _Screen(services.ScreenServicer):
    def __init__(self, shim: Shim) -> None:
        self._shim = shim

    def Show(self, request: pb.ScreenText, context: grpc.ServicerContext) -> pb.Empty:  # noqa: N802
        self._shim.find(request.id, ports.PortKind.SCREEN, context).show(wire.from_message(request.command))
        return pb.Empty()


_ROOMS: tuple[tuple[Callable[..., None], Callable[[Shim], Any]], ...] = (
    (services.add_DevicesServicer_to_server, _Devices),
    (services.add_CameraServicer_to_server, _Camera),
    (services.add_ScaleServicer_to_server, _Scale),
    (services.add_GateServicer_to_server, _Gate),
    (services.add_ScannerServicer_to_server, _Scanner),
    (services.add_PalmReaderServicer_to_server, _PalmReader),
    (services.add_CardTerminalServicer_to_server, _CardTerminal),
    (services.add_ScreenServicer_to_server, _Screen),
)


def serve(devices: Mapping[str, ports.Port], port: int = 0, host: str = "127.0.0.1") -> tuple[grpc.Server, int]:
    """Host devices on this machine's loopback.

    Args:
        devices: port by id.
        port: 0 for any free one.
        host: a loopback address.

    Returns:
        The running server and its port.

    Raises:
        UsageError: the host can be reached from other machines, and the shim cannot yet tell friend from foe.
        PortInUse: somebody else has the port.
    """
    if not ipaddress.ip_address(host).is_loopback:
        raise UsageError("a shim without TLS listens on loopback only", where=host, expected="127.0.0.1 or ::1")
    server = grpc.server(ThreadPoolExecutor(max(4, 2 * len(devices))), options=[("grpc.so_reuseport", 0)])
    shim = Shim(devices)
    for add, make in _ROOMS:
        add(make(shim), server)
    checker = health.HealthServicer()
    health_pb2_grpc.add_HealthServicer_to_server(checker, server)
    names = [f"{pb.DESCRIPTOR.package}.{name}" for name in SERVICES]
    for name in names:
        checker.set(name, health_pb2.HealthCheckResponse.SERVING)
    reflection.enable_server_reflection((*names, health.SERVICE_NAME, reflection.SERVICE_NAME), server)
    try:
        bound = server.add_insecure_port(f"{host}:{port}")
    except RuntimeError as error:
        raise PortInUse(
            "the port is taken",
            where=f"{host}:{port}",
            expected="a free port",
            found=str(error).splitlines()[0],
            hint="choose another, or 0 for any free one",
        ) from error
    server.start()
    return server, bound
