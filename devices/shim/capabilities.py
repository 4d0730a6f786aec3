"""The services of single kinds of devices: one a kind, each a call or two."""

from __future__ import annotations

from typing import Any

import grpc

from contracts import wire
from contracts.checkout import PalmOrder
from contracts.errors import UsageError
from contracts.ports import Enrols, Port, PortKind
from contracts.proto.v1 import devices_pb2 as pb
from contracts.proto.v1 import devices_pb2_grpc as services
from contracts.proto.v1.layout_pb2 import CameraInfo
from devices.shim.caller import Caller

# ruff: noqa: N802  # gRPC names methods as the .proto file does


class CameraService(services.CameraServicer):
    """Service `Camera`."""

    def __init__(self, caller: Caller) -> None:
        self._call = caller.call

    def Calibration(self, request: pb.DeviceId, context: grpc.ServicerContext) -> CameraInfo:
        """Tell intrinsics and pose."""
        found: Any = self._call(context, request.id, PortKind.CAMERA, "calibration", lambda port: port.calibration)
        return wire.to_message(found)  # type: ignore[return-value]  # the message of a CameraInfo


class ScaleService(services.ScaleServicer):
    """Service `Scale`."""

    def __init__(self, caller: Caller) -> None:
        self._call = caller.call

    def Plates(self, request: pb.DeviceId, context: grpc.ServicerContext) -> pb.PlateIds:
        """Tell plate ids."""
        return pb.PlateIds(plates=self._call(context, request.id, PortKind.SCALE, "plates", lambda port: port.plates))


class GateService(services.GateServicer):
    """Service `Gate`."""

    def __init__(self, caller: Caller) -> None:
        self._call, self._record = caller.call, caller.record

    def Command(self, request: pb.GateOrder, context: grpc.ServicerContext) -> pb.Empty:
        """Take an order."""
        order = self._record(context, request.command)
        self._call(context, request.id, PortKind.GATE, "command", lambda port: port.command(order))
        return pb.Empty()


class ScannerService(services.ScannerServicer):
    """Service `Scanner`."""

    def __init__(self, caller: Caller) -> None:
        self._call = caller.call

    def Present(self, request: pb.CodeShown, context: grpc.ServicerContext) -> pb.Empty:
        """Hold a code in front of it."""
        self._call(context, request.id, PortKind.SCANNER, "present", lambda port: port.present(request.code))
        return pb.Empty()


class PalmReaderService(services.PalmReaderServicer):
    """Service `PalmReader`."""

    def __init__(self, caller: Caller) -> None:
        self._call, self._record = caller.call, caller.record

    def Present(self, request: pb.PalmShown, context: grpc.ServicerContext) -> pb.Empty:
        """Hold a palm over it."""
        self._call(context, request.id, PortKind.PALM_READER, "present", lambda port: port.present(request.handle))
        return pb.Empty()

    def Order(self, request: pb.PalmOrdered, context: grpc.ServicerContext) -> pb.Empty:
        """Have a palm enrolled or forgotten."""
        order = self._record(context, request.order)
        self._call(context, request.id, PortKind.PALM_READER, "order", lambda port: _order(port, order))
        return pb.Empty()


class BioReaderService(services.BioReaderServicer):
    """Service `BioReader`."""

    def __init__(self, caller: Caller) -> None:
        self._call, self._record = caller.call, caller.record

    def Present(self, request: pb.BioShown, context: grpc.ServicerContext) -> pb.Empty:
        """Present a face or a finger."""
        self._call(context, request.id, PortKind.BIO_READER, "present", lambda port: port.present(request.subject))
        return pb.Empty()

    def Order(self, request: pb.PalmOrdered, context: grpc.ServicerContext) -> pb.Empty:
        """Have somebody enrolled or forgotten."""
        order = self._record(context, request.order)
        self._call(context, request.id, PortKind.BIO_READER, "order", lambda port: _order(port, order))
        return pb.Empty()


class CardTerminalService(services.CardTerminalServicer):
    """Service `CardTerminal`."""

    def __init__(self, caller: Caller) -> None:
        self._call = caller.call

    def Request(self, request: pb.PaymentRequest, context: grpc.ServicerContext) -> pb.Empty:
        """Ask for a payment."""
        asked = (request.key, request.amount_minor, request.currency)
        self._call(context, request.id, PortKind.CARD_TERMINAL, "request", lambda port: port.request(*asked))
        return pb.Empty()


class ScreenService(services.ScreenServicer):
    """Service `Screen`."""

    def __init__(self, caller: Caller) -> None:
        self._call, self._record = caller.call, caller.record

    def Show(self, request: pb.ScreenText, context: grpc.ServicerContext) -> pb.Empty:
        """Show a text."""
        shown = self._record(context, request.command)
        self._call(context, request.id, PortKind.SCREEN, "show", lambda port: port.show(shown))
        return pb.Empty()


def _order(port: Port, order: PalmOrder) -> None:
    if not isinstance(port, Enrols):
        raise UsageError(
            "this reader enrols and forgets nobody by order",
            where=port.info.id,
            expected="a driver with `order`",
            found=port.info.model,
            hint="enrol at the device itself, and list the reference with the account",
        )
    port.order(order)
