"""Who may call what: clients on the allow list alone, and what moves a device only with a lease that lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import grpc

from contracts.errors import LeaseLost
from devices.shim.allowed import AllowList
from devices.shim.holding import Holding
from devices.shim.leases import Lease
from devices.shim.troubles import told

TOKEN = "walkout-token"  # noqa: S105  # the name of a metadata key
_SERVICES = ("grpc.health.v1.Health", "grpc.reflection.v1alpha.ServerReflection")
OPEN_TO_ALL = frozenset(
    f"/walkout.v1.{name}"
    for name in ("Devices/List", "Devices/Probe", "Leases/Acquire", "Leases/List", "Leases/Release", "Clocks/Tell")
)
"""What needs no lease. Whatever else there is, now or later, needs one."""


def token_of(context: grpc.ServicerContext) -> int:
    """Return the caller's fencing token; 0 for none."""
    text = dict(context.invocation_metadata()).get(TOKEN, "")
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else 0


def client_of(context: grpc.ServicerContext) -> str:
    """Return the name in the caller's certificate; "" without TLS."""
    names = context.auth_context().get("x509_common_name", ())
    return names[0].decode() if names else ""


class Guard(grpc.ServerInterceptor):  # type: ignore[misc]  # grpc has no types
    """Lets through who may.

    Args:
        holding: the leases.
        allowed: names of clients; None without TLS.
    """

    def __init__(self, holding: Holding, allowed: AllowList | None = None) -> None:
        self._holding, self._allowed = holding, allowed

    def intercept_service(self, continuation: Callable[[Any], Any], details: Any) -> Any:
        """Return the method's handler behind the checks that it needs."""
        handler = continuation(details)
        service = details.method.strip("/").partition("/")[0]
        free = details.method in OPEN_TO_ALL or service in _SERVICES
        if handler is None or (free and self._allowed is None):
            return handler

        def check(context: grpc.ServicerContext) -> None:
            with told(context):
                if self._allowed is not None:
                    self._allowed.check(client_of(context))
                if not free:
                    self.lease(context)

        return _checked(handler, check)

    def lease(self, context: grpc.ServicerContext) -> Lease:
        """Return the caller's lease.

        Raises:
            LeaseLost: there is none, or it is over.
        """
        token = token_of(context)
        if not token:
            raise LeaseLost(
                "this call needs a lease",
                expected=f"a token in the metadata {TOKEN}",
                found=f"no token; {self._holding.who_holds()}",
                hint="lease the devices first: rpc walkout.v1.Leases/Acquire",
            )
        return self._holding.own(token, client_of(context))


def _checked(handler: Any, check: Callable[[grpc.ServicerContext], None]) -> Any:
    """Return a handler that checks before it does what it did."""
    make = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[(handler.request_streaming, handler.response_streaming)]
    act = handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream

    def behave(request: Any, context: grpc.ServicerContext) -> Any:
        check(context)
        return act(request, context)

    return make(behave, handler.request_deserializer, handler.response_serializer)
