"""The one way in which this package compiles a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., object])


def kernel(function: F) -> F:
    """Compile a function: cached on disk, outside the interpreter lock, strict IEEE arithmetic.

    No fast-math: sums keep their order and nothing is contracted, so every processor gives the same bits.
    """
    return cast(F, numba.njit(cache=True, nogil=True, error_model="numpy")(function))


def inlined(function: F) -> F:
    """Compile a function into its callers, in the same file: a call would cost more than the work."""
    return cast(F, numba.njit(inline="always", error_model="numpy")(function))
