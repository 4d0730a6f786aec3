"""Imports that leave out what they only look for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(module: str) -> Iterator[None]:
    """Let a module seem absent meanwhile, unless it has been imported already; later imports find it."""
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]  # this is how Python notes that there is none
    try:
        yield
    finally:
        del sys.modules[module]
