"""Stands in for devices that a shim hosts: gRPC on one side, a port on the other."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import grpc

from contracts import ports, wire
from contracts.errors import DeviceUnavailable
from contracts.layout import CameraInfo
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from contracts.record import Record
from contracts.records import GateCommand, ScreenCommand

CONNECT_S = 5.0
CALL_S = 5.0


class Bench:
    """All devices of one shim.

    Args:
        address: "host:port".

    Raises:
        DeviceUnavailable: nothing listens there.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.channel = grpc.insecure_channel(address)
        try:
            grpc.channel_ready_future(self.channel).result(timeout=CONNECT_S)
        except grpc.FutureTimeoutError:
            self.channel.close()
            raise DeviceUnavailable(
                "no device shim listens there",
                where=address,
                expected="a shim of walkout-rig",
                found=f"no connection within {CONNECT_S:g} s",
                hint="start the shim first, and check host and port",
            ) from None
        self.ports = {info.id: _KINDS[info.kind](self, info) for info in self._list()}

    def close(self) -> None:
        """Let go of every device and of the connection; may be called twice."""
        for port in self.ports.values():
            port.close()
        self.channel.close()

    def _list(self) -> Iterator[ports.PortInfo]:
        stub: Any = services.DevicesStub(self.channel)  # type: ignore[no-untyped-call]
        for device in stub.List(pb.Empty(), timeout=CALL_S).devices:
            yield ports.PortInfo(device.id, ports.PortKind(device.kind), device.model)


class RemotePort:
    """What every device behind a shim can do. One stream a device carries its records."""

    stub: Callable[[grpc.Channel], Any] = services.DevicesStub

    def __init__(self, bench: Bench, info: ports.PortInfo) -> None:
        self.info = info
        self._bench = bench
        self._devices: Any = services.DevicesStub(bench.channel)  # type: ignore[no-untyped-call]
        self._own: Any = type(self).stub(bench.channel)
        self._asked: queue.SimpleQueue[pb.ReadRequest | None] = queue.SimpleQueue()
        self._stream: Iterator[pb.ReadReply] | None = None

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return what the device reported after the last call and up to until_ns, oldest first."""
        if self._stream is None:
            self._stream = self._devices.Read(iter(self._asked.get, None))
        self._asked.put(pb.ReadRequest(id=self.info.id, until_ns=until_ns))
        return wire.unwrap(self._call(lambda: next(self._stream)).records)  # type: ignore[arg-type]  # just opened

    def fault(self, kind: ports.FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        request = pb.FaultRequest(id=self.info.id, fault=kind or "")
        return bool(self._call(lambda: self._devices.Fault(request, timeout=CALL_S)).applied)

    def safe_state(self) -> None:
        """Go where nothing can be hurt."""
        self._call(lambda: self._devices.SafeState(pb.DeviceId(id=self.info.id), timeout=CALL_S))

    def close(self) -> None:
        """End the stream of records; may be called twice."""
        self._asked.put(None)

    def _call(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except (grpc.RpcError, StopIteration) as error:
            code = error.code().name if isinstance(error, grpc.RpcError) else "END OF STREAM"
            details = error.details() if isinstance(error, grpc.RpcError) else "the shim closed the stream"
            raise DeviceUnavailable(
                "the device does not answer",
                where=f"{self.info.kind} {self.info.id} at {self._bench.address}",
                expected="an answer from its shim",
                found=f"{code}: {details}",
                hint="look at the shim's own log",
            ) from error


class RemoteCamera(RemotePort):
    """A camera behind a shim."""

    stub = services.CameraStub

    @property
    def calibration(self) -> CameraInfo:
        """Intrinsics and pose."""
        found = self._call(lambda: self._own.Calibration(pb.DeviceId(id=self.info.id), timeout=CALL_S))
        return wire.from_message(found)  # type: ignore[no-any-return]


class RemoteScale(RemotePort):
    """A weighing controller behind a shim."""

    stub = services.ScaleStub

    @property
    def plates(self) -> Sequence[str]:
        """Plate ids, the columns of its records."""
        return tuple(self._call(lambda: self._own.Plates(pb.DeviceId(id=self.info.id), timeout=CALL_S)).plates)


class RemoteGate(RemotePort):
    """A gate behind a shim."""

    stub = services.GateStub

    def command(self, command: GateCommand) -> None:
        """Take an order; it acts from now on."""
        order = pb.GateOrder(id=self.info.id)
        order.command.MergeFrom(wire.to_message(command))  # type: ignore[arg-type]  # the message of a GateCommand
        self._call(lambda: self._own.Command(order, timeout=CALL_S))


class RemoteScanner(RemotePort):
    """A scanner behind a shim."""

    stub = services.ScannerStub

    def present(self, code: bytes) -> None:
        """Hold a code in front of it."""
        self._call(lambda: self._own.Present(pb.CodeShown(id=self.info.id, code=code), timeout=CALL_S))


class RemotePalmReader(RemotePort):
    """A palm reader behind a shim."""

    stub = services.PalmReaderStub

    def present(self, handle: str) -> None:
        """Hold an enrolled palm over it."""
        self._call(lambda: self._own.Present(pb.PalmShown(id=self.info.id, handle=handle), timeout=CALL_S))


class RemoteCardTerminal(RemotePort):
    """A card terminal behind a shim."""

    stub = services.CardTerminalStub

    def request(self, key: str, amount_minor: int, currency: str) -> None:
        """Ask for a payment; the answer comes as a record with the same key."""
        asked = pb.PaymentRequest(id=self.info.id, key=key, amount_minor=amount_minor, currency=currency)
        self._call(lambda: self._own.Request(asked, timeout=CALL_S))


class RemoteScreen(RemotePort):
    """A screen behind a shim."""

    stub = services.ScreenStub

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next."""
        text = pb.ScreenText(id=self.info.id)
        text.command.MergeFrom(wire.to_message(command))  # type: ignore[arg-type]  # the message of a ScreenCommand
        self._call(lambda: self._own.Show(text, timeout=CALL_S))


_KINDS: dict[ports.PortKind, type[RemotePort]] = {
    ports.PortKind.CAMERA: RemoteCamera,
    ports.PortKind.SCALE: RemoteScale,
    ports.PortKind.GATE: RemoteGate,
    ports.PortKind.SCANNER: RemoteScanner,
    ports.PortKind.PALM_READER: RemotePalmReader,
    ports.PortKind.CARD_TERMINAL: RemoteCardTerminal,
    ports.PortKind.SCREEN: RemoteScreen,
}
