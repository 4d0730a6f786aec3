"""Typed access to numba's compiler, so that a compiled function keeps its signature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function of numbers and arrays on its first call, and keep the result on disk.

    No fast-math: the same inputs must give the same bytes on any machine.
    """
    return cast("F", numba.njit(cache=True, nogil=True)(function))
