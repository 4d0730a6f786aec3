"""How this package compiles functions."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar, cast

import numba
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from twin.raster.brisk import without

with without("scipy.linalg"):  # a quarter of numba's start, to learn that SciPy is there, which no kernel needs
    importlib.import_module("numba.np.arraymath")

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile a function: cached on disk, outside the interpreter lock, strict IEEE arithmetic.

    No fast-math: sums keep their order and nothing is contracted, so every processor gives the same bits.
    """
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def joined(*modules: ModuleType) -> Callable[[F], F]:
    """Compile a function that calls kernels of other files, as `kernel` does.

    The compiler's cache goes by the function's own file; here a change of the others counts, too.

    Args:
        modules: whose kernels are called.
    """

    def compiled(function: F) -> F:
        made = cast(Any, kernel(function))
        index = made._cache._cache_file
        index._source_stamp = (index._source_stamp, *map(_stamp, modules))
        return cast(F, made)

    return compiled


def _stamp(module: ModuleType) -> bytes:
    """Return the hash of a module's source."""
    return sha256(Path(str(module.__file__)).read_bytes()).digest()


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
