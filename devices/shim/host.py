"""Hosts any devices as gRPC services, so that a device can live in another process than the run.

The same shim serves a driver of a real turnstile, an emulator, and the twin's own gate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Self

import grpc
from grpc_health.v1 import health, health_pb2, health_pb2_grpc
from grpc_reflection.v1alpha import reflection

from contracts.clock import WallClock
from contracts.errors import PortInUse, UsageError
from contracts.hosts import in_url, is_loopback
from contracts.ports import Port
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from devices.shim import capabilities
from devices.shim.caller import Caller
from devices.shim.daemon_pool import DaemonPool
from devices.shim.device_service import DeviceService
from devices.shim.guard import Guard
from devices.shim.holding import Holding
from devices.shim.hosted import OPENING_S, Hosted
from devices.shim.lease_service import ClockService, LeaseService
from devices.shim.offer import Offer
from devices.shim.tls import ServerTls
from devices.shim.watchdog import Watchdog

SERVICES = tuple(pb.DESCRIPTOR.services_by_name)
WITHIN_S = 2.0
"""One call of a driver; a run asks 20 times a second."""
MOST_BYTES = 64 * 2**20
"""One message: a second of pictures from a camera."""
_SPARE_THREADS = 32
_OPTIONS = (
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", MOST_BYTES),
    ("grpc.max_send_message_length", MOST_BYTES),
    # Clients ask every few seconds whether the line still stands.
    ("grpc.http2.min_ping_interval_without_data_ms", 1000),
    ("grpc.keepalive_permit_without_calls", 1),
)
_ROOMS: tuple[tuple[Callable[..., None], Callable[[Caller], Any]], ...] = (
    (services.add_DevicesServicer_to_server, DeviceService),
    (services.add_LeasesServicer_to_server, LeaseService),
    (services.add_ClocksServicer_to_server, ClockService),
    (services.add_CameraServicer_to_server, capabilities.CameraService),
    (services.add_ScaleServicer_to_server, capabilities.ScaleService),
    (services.add_GateServicer_to_server, capabilities.GateService),
    (services.add_ScannerServicer_to_server, capabilities.ScannerService),
    (services.add_PalmReaderServicer_to_server, capabilities.PalmReaderService),
    (services.add_BioReaderServicer_to_server, capabilities.BioReaderService),
    (services.add_CardTerminalServicer_to_server, capabilities.CardTerminalService),
    (services.add_ScreenServicer_to_server, capabilities.ScreenService),
)


class Host:
    """A running shim. `serve` makes one.

    Args:
        devices: by id.
        within_s: seconds that one call of a driver may take.
        tls: certificates and allow list; None on loopback.
    """

    def __init__(self, devices: Mapping[str, Port | Offer], within_s: float, tls: ServerTls | None) -> None:
        clock = WallClock()
        self._devices = {id_: Hosted(device, clock, within_s) for id_, device in devices.items()}
        self.holding, self._tls = Holding(self._devices, clock), tls
        self._watchdog = Watchdog(self._devices.values(), within_s)
        self._server = self._make(tls)
        self.address = ""

    @property
    def port(self) -> int:
        """The TCP port it listens on."""
        return int(self.address.rpartition(":")[2])

    @property
    def devices(self) -> Mapping[str, Hosted]:
        """What it hosts, by id."""
        return self._devices

    def start(self, host: str, port: int) -> None:
        """Listen, and open what can be opened.

        Raises:
            PortInUse: somebody else has the port.
        """
        name = in_url(host)
        try:
            bound = self._bind(f"{name}:{port}")
        except RuntimeError as error:
            self.close()
            raise _in_use(f"{name}:{port}", error) from error
        self.address = f"{name}:{bound}"
        self._each("open", [(hosted, hosted.begin()) for hosted in self._devices.values()], OPENING_S)
        self._server.start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it is stopped; return whether it still runs after some seconds."""
        return bool(self._server.wait_for_termination(seconds))

    def close(self) -> None:
        """End all leases, bring the devices to their safe states and stop; may be called twice."""
        self.holding.close()
        self._server.stop(grace=0.5).wait()
        self._watchdog.close()
        self._each("close", [(hosted, hosted.close()) for hosted in self._devices.values()])

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _make(self, tls: ServerTls | None) -> grpc.Server:
        caller = Caller(self._devices, self.holding)
        guard = Guard(self.holding, tls.allowed if tls else None)
        threads = DaemonPool(_SPARE_THREADS + 4 * len(self._devices))
        server = grpc.server(threads, interceptors=(guard,), options=_OPTIONS)
        for add, make in _ROOMS:
            add(make(caller), server)
        checker = health.HealthServicer()
        health_pb2_grpc.add_HealthServicer_to_server(checker, server)
        names = [f"{pb.DESCRIPTOR.package}.{name}" for name in SERVICES]
        for name in names:
            checker.set(name, health_pb2.HealthCheckResponse.SERVING)
        reflection.enable_server_reflection((*names, health.SERVICE_NAME, reflection.SERVICE_NAME), server)
        return server

    @staticmethod
    def _each(what: str, jobs: Sequence[tuple[Hosted, Future[None]]], within_s: float | None = None) -> None:
        """Wait until all devices have done something; one that cannot be opened is listed so, and tried again later."""
        for hosted, job in jobs:
            with suppress(Exception):
                hosted.wait(job, what, within_s)

    def _bind(self, address: str) -> int:
        if self._tls is not None:
            return int(self._server.add_secure_port(address, self._tls.credentials))
        return int(self._server.add_insecure_port(address))


def serve(
    devices: Mapping[str, Port | Offer],
    port: int = 0,
    host: str = "127.0.0.1",
    *,
    tls: ServerTls | None = None,
    within_s: float = WITHIN_S,
) -> Host:
    """Host devices.

    Args:
        devices: by id: a port, or an offer to open one. What cannot be opened is listed with its cause, and tried again
            when somebody wants it.
        port: 0 for any free one.
        host: an address of this machine; without TLS a loopback one.
        tls: certificates and allow list (`devices.shim.tls.server_tls`).
        within_s: seconds that one call of a driver may take; then the caller is told that it hangs.

    Returns:
        The running shim.

    Raises:
        UsageError: the host can be reached from other machines, and there are no certificates to tell friend from foe.
        PortInUse: somebody else has the port.
    """
    if tls is None and not is_loopback(host):
        raise UsageError(
            "a shim without certificates listens on loopback only",
            where=host,
            expected="127.0.0.1 or ::1, or certificates",
            found="an address that other machines reach, and no certificates",
            hint="make some: rig devices certs FOLDER --host NAME --client NAME",
        )
    shim = Host(devices, within_s, tls)
    shim.start(host, port)
    return shim


def _in_use(address: str, error: Exception) -> PortInUse:
    return PortInUse(
        "the port is taken",
        where=address,
        expected="a free port",
        found=str(error).splitlines()[0],
        hint="choose another, or 0 for any free one",
    )
