"""Calls of devices, as every service makes them: found by id, allowed by token, answered in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import grpc
from google.protobuf.message import Message

from contracts import wire
from contracts.errors import UsageError
from contracts.ports import PortKind
from devices.shim import lease_words
from devices.shim.guard import token_of
from devices.shim.holding import Holding
from devices.shim.hosted import Hosted
from devices.shim.troubles import told

T = TypeVar("T")


class Caller:
    """The devices of one shim.

    Args:
        devices: by id.
        holding: their leases.
    """

    def __init__(self, devices: Mapping[str, Hosted], holding: Holding) -> None:
        self.devices, self.holding = devices, holding

    def call(
        self,
        context: grpc.ServicerContext,
        id_: str,
        kind: PortKind | None,
        what: str,
        act: Callable[[Any], T],
        token: int = 0,
    ) -> T:
        """Call a device for the holder of its lease, or end the gRPC call with the reason why not.

        Args:
            context: of the gRPC call.
            id_: device.
            kind: what it has to be; None: anything.
            what: the call's name, for people.
            act: gets its port.
            token: the caller's, where it is known already; 0: what the gRPC call carries.
        """
        with told(context):
            token = token or token_of(context)
            hosted = self.find(id_, kind)
            return hosted.call(what, lambda: self.holding.check(token, id_), act, context.cancel)

    @staticmethod
    def record(context: grpc.ServicerContext, message: Message) -> Any:
        """Return the record of a message, or end the call: not every message is one."""
        with told(context):
            try:
                return wire.from_message(message)
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(
                    "the message says nothing that can be done",
                    where=message.DESCRIPTOR.name,
                    expected="all its fields filled in",
                    found=str(error),
                    hint="describe it by reflection, and see contracts/records.py",
                ) from error

    def find(self, id_: str, kind: PortKind | None = None) -> Hosted:
        """Return a device.

        Raises:
            UsageError: there is none, or of another kind.
        """
        hosted = self.devices.get(id_)
        if hosted is None:
            raise lease_words.unknown([id_], self.devices)
        if kind not in (None, hosted.info.kind):
            raise UsageError(f"{id_!r} is a {hosted.info.kind}, not a {kind}", where=id_)
        return hosted
