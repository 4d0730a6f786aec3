"""Stands in for devices that a shim hosts: gRPC on one side, a port on the other."""

from __future__ import annotations

import queue
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import grpc

from contracts import ports, wire
from contracts.checkout import PalmOrder
from contracts.errors import DeviceUnavailable, WalkoutError
from contracts.layout import CameraInfo
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from contracts.record import Record
from contracts.records import GateCommand, ScreenCommand
from devices.shim.connection import Shim
from devices.shim.troubles import CutOff, error_from


class Leased(Protocol):
    """The bench that a port belongs to."""

    @property
    def shim(self) -> Shim:
        """The connection."""

    def check(self) -> None:
        """Raise if the lease is over."""

    def call(self, device: str, method: Any, request: Any) -> Any:
        """Make a call with the lease's token."""

    def why(self, device: str, error: CutOff) -> WalkoutError:
        """Return why a call was cut off."""


class RemotePort:
    """What every device behind a shim can do. One stream a device carries its records."""

    stub: Callable[[grpc.Channel], Any] = services.DevicesStub

    def __init__(self, bench: Leased, info: ports.PortInfo) -> None:
        self.info = info
        self._bench = bench
        self._devices = bench.shim.stub(services.DevicesStub)
        self._own = bench.shim.stub(type(self).stub)
        self._asked: queue.SimpleQueue[pb.ReadRequest | None] = queue.SimpleQueue()
        self._stream: Any = None

    def read(self, until_ns: int) -> Sequence[Record]:
        """Return what the device reported after the last call and up to until_ns, oldest first."""
        self.ask(until_ns)
        return self.answer()

    def ask(self, until_ns: int) -> None:
        """Ask for what the device reports up to until_ns; every question wants an `answer`."""
        self._bench.check()
        if self._stream is None:
            self._stream = self._devices.Read(iter(self._asked.get, None), metadata=self._bench.shim.metadata())
        self._asked.put(pb.ReadRequest(id=self.info.id, until_ns=until_ns))

    def answer(self) -> Sequence[Record]:
        """Return the answer to the oldest question."""
        try:
            return wire.unwrap(next(self._stream).records)
        except (grpc.RpcError, StopIteration) as error:
            self._end_stream()
            raise self._why(error) from error

    def fault(self, kind: ports.FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return bool(self._call(self._devices.Fault, pb.FaultRequest(id=self.info.id, fault=kind or "")).applied)

    def safe_state(self) -> None:
        """Go where nothing can be hurt."""
        self._call(self._devices.SafeState, pb.DeviceId(id=self.info.id))

    def close(self) -> None:
        """End the stream of records; may be called twice."""
        self._asked.put(None)

    def _call(self, method: Any, request: Any) -> Any:
        return self._bench.call(self.info.id, method, request)

    def _end_stream(self) -> None:
        """Let the next question begin a new stream: a device that failed once may be well again."""
        self._asked.put(None)
        self._asked, self._stream = queue.SimpleQueue(), None

    def _why(self, error: Exception) -> WalkoutError:
        where = f"{self.info.id} at {self._bench.shim.address}"
        if not isinstance(error, grpc.RpcError):
            return DeviceUnavailable("the device's stream ended", where=where, found="the shim closed it")
        told = error_from(error, where)
        return self._bench.why(self.info.id, told) if isinstance(told, CutOff) else told


class RemoteCamera(RemotePort):
    """A camera behind a shim."""

    stub = services.CameraStub

    @property
    def calibration(self) -> CameraInfo:
        """Intrinsics and pose."""
        found = self._call(self._own.Calibration, pb.DeviceId(id=self.info.id))
        return wire.from_message(found)  # type: ignore[no-any-return]


class RemoteScale(RemotePort):
    """A weighing controller behind a shim."""

    stub = services.ScaleStub

    @property
    def plates(self) -> Sequence[str]:
        """Plate ids, the columns of its records."""
        return tuple(self._call(self._own.Plates, pb.DeviceId(id=self.info.id)).plates)


class RemoteGate(RemotePort):
    """A gate behind a shim."""

    stub = services.GateStub

    def command(self, command: GateCommand) -> None:
        """Take an order; it acts from now on."""
        order = pb.GateOrder(id=self.info.id)
        order.command.MergeFrom(wire.to_message(command))  # type: ignore[arg-type]  # the message of a GateCommand
        self._call(self._own.Command, order)


class RemoteScanner(RemotePort):
    """A scanner behind a shim."""

    stub = services.ScannerStub

    def present(self, code: bytes) -> None:
        """Hold a code in front of it."""
        self._call(self._own.Present, pb.CodeShown(id=self.info.id, code=code))


class RemotePalmReader(RemotePort):
    """A palm reader behind a shim."""

    stub = services.PalmReaderStub

    def present(self, handle: str) -> None:
        """Hold an enrolled palm over it."""
        self._call(self._own.Present, pb.PalmShown(id=self.info.id, handle=handle))

    def order(self, order: PalmOrder) -> None:
        """Have a palm enrolled or forgotten."""
        asked = pb.PalmOrdered(id=self.info.id)
        asked.order.MergeFrom(wire.to_message(order))  # type: ignore[arg-type]  # the message of a PalmOrder
        self._call(self._own.Order, asked)


class RemoteBioReader(RemotePort):
    """A reader of faces or fingers behind a shim."""

    stub = services.BioReaderStub

    def present(self, subject: str) -> None:
        """Present somebody enrolled."""
        self._call(self._own.Present, pb.BioShown(id=self.info.id, subject=subject))

    def order(self, order: PalmOrder) -> None:
        """Have somebody enrolled or forgotten."""
        asked = pb.PalmOrdered(id=self.info.id)
        asked.order.MergeFrom(wire.to_message(order))  # type: ignore[arg-type]  # the message of a PalmOrder
        self._call(self._own.Order, asked)


class RemoteCardTerminal(RemotePort):
    """A card terminal behind a shim."""

    stub = services.CardTerminalStub

    def request(self, key: str, amount_minor: int, currency: str) -> None:
        """Ask for a payment; the answer comes as a record with the same key."""
        asked = pb.PaymentRequest(id=self.info.id, key=key, amount_minor=amount_minor, currency=currency)
        self._call(self._own.Request, asked)


class RemoteScreen(RemotePort):
    """A screen behind a shim."""

    stub = services.ScreenStub

    def show(self, command: ScreenCommand) -> None:
        """Show it until the next."""
        text = pb.ScreenText(id=self.info.id)
        text.command.MergeFrom(wire.to_message(command))  # type: ignore[arg-type]  # the message of a ScreenCommand
        self._call(self._own.Show, text)


KINDS: dict[ports.PortKind, type[RemotePort]] = {
    ports.PortKind.CAMERA: RemoteCamera,
    ports.PortKind.SCALE: RemoteScale,
    ports.PortKind.GATE: RemoteGate,
    ports.PortKind.SCANNER: RemoteScanner,
    ports.PortKind.PALM_READER: RemotePalmReader,
    ports.PortKind.BIO_READER: RemoteBioReader,
    ports.PortKind.CARD_TERMINAL: RemoteCardTerminal,
    ports.PortKind.SCREEN: RemoteScreen,
}
