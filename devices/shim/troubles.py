"""Errors between processes: the parts of one as a message, beside the status that every gRPC client shows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import grpc

from contracts.errors import DeviceUnavailable, LeaseHeld, LeaseLost, UsageError, WalkoutError
from contracts.proto.v1 import devices_pb2 as pb

KEY = "walkout-trouble-bin"
_KINDS: dict[str, type[WalkoutError]] = {
    kind.__name__: kind for kind in (DeviceUnavailable, LeaseHeld, LeaseLost, UsageError)
}
_CODES: tuple[tuple[type[Exception], grpc.StatusCode], ...] = (
    (LeaseLost, grpc.StatusCode.FAILED_PRECONDITION),
    (LeaseHeld, grpc.StatusCode.RESOURCE_EXHAUSTED),
    (DeviceUnavailable, grpc.StatusCode.UNAVAILABLE),
    (UsageError, grpc.StatusCode.INVALID_ARGUMENT),
)


class CutOff(DeviceUnavailable):
    """A call that ended without a word from the shim."""


def message(error: Exception) -> pb.Trouble:
    """Return the parts of an error; of one that no driver should raise, its type and text."""
    if not isinstance(error, WalkoutError):
        error = DeviceUnavailable(
            "the driver failed",
            expected="an answer, or one of the project's own errors",
            found=f"{type(error).__name__}: {error}",
            hint="this is a fault of the driver: report it with the shim's log",
        )
    kind = type(error).__name__ if type(error).__name__ in _KINDS else DeviceUnavailable.__name__
    return pb.Trouble(
        kind=kind, what=error.what, where=error.where, expected=error.expected, found=error.found, hint=error.hint
    )


def error_of(trouble: pb.Trouble, where: str = "") -> WalkoutError:
    """Return the error of a message.

    Args:
        trouble: its parts.
        where: which shim told it; comes before what the shim said itself.
    """
    kind = _KINDS.get(trouble.kind, DeviceUnavailable)
    place = ": ".join(part for part in (where, trouble.where) if part)
    return kind(trouble.what, where=place, expected=trouble.expected, found=trouble.found, hint=trouble.hint)


def refuse(context: grpc.ServicerContext, error: Exception) -> NoReturn:
    """End a call with an error."""
    parts = message(error)
    code = next((code for kind, code in _CODES if isinstance(error, kind)), grpc.StatusCode.INTERNAL)
    context.set_trailing_metadata(((KEY, parts.SerializeToString()),))
    context.abort(code, str(error_of(parts)))
    raise AssertionError("abort has raised")


@contextmanager
def told(context: grpc.ServicerContext) -> Iterator[None]:
    """End the call with whatever error is raised within."""
    try:
        yield
    except Exception as error:  # a driver may raise anything: the caller is told, and the shim goes on
        # abort itself raises a bare Exception, once the call has a code.
        if context.code() is not None:
            raise
        refuse(context, error)


def error_from(call: Any, where: str) -> WalkoutError:
    """Return the error behind a failed call: the shim's own where it told one.

    Args:
        call: the grpc.RpcError.
        where: what was called, for people.
    """
    for key, value in call.trailing_metadata() or ():
        if key == KEY:
            return error_of(pb.Trouble.FromString(value), where)
    # A shim that ends a lease, and the watchdog of a driver, cut calls off.
    kind = CutOff if call.code() in (grpc.StatusCode.CANCELLED, grpc.StatusCode.UNAVAILABLE) else DeviceUnavailable
    return kind(
        "the device does not answer",
        where=where,
        expected="an answer from its shim",
        found=f"{call.code().name}: {call.details()}",
        hint="see whether the shim runs: rig devices list",
    )
