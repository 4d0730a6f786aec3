"""How this package compiles functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile a function: cached on disk, outside the interpreter lock, strict IEEE arithmetic.

    No fast-math: sums keep their order and nothing is contracted, so every processor gives the same bits.
    """
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: F) -> F:
    """Compile a function into its callers, in the same file: a call would cost more than the work."""
    return cast(F, numba.njit(inline="always", error_model="numpy")(function))


@intrinsic  # type: ignore[untyped-decorator]
def copy_bytes(_context: Any, _to: Any, _of: Any, _count: Any) -> Any:
    """Copy `count` bytes from one address to another: a compiled loop over pixels takes six times as long."""

    def generate(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        to, of = (builder.inttoptr(address, cgutils.voidptr_t) for address in arguments[:2])
        cgutils.raw_memcpy(builder, to, of, arguments[2], 1)
        return context.get_dummy_value()

    return types.void(types.uintp, types.uintp, types.intp), generate
