"""The side that reads frames out of another process's shared memory."""

from __future__ import annotations

import math
import mmap
from contextlib import suppress
from typing import Any

import numpy as np

from contracts.errors import RigFault
from contracts.shared.handle import ALIGN, MAGIC, SLOT_HEAD, Handle, Offer
from contracts.shared.memory import open_to_read

_DTYPES = ("uint8", "uint16", "float32")


class Segment:
    """Another process's frames, mapped to read; `attach` makes it.

    Args:
        offer: what was mapped.
        memory: the mapping.
    """

    def __init__(self, offer: Offer, memory: mmap.mmap) -> None:
        self.offer, self._memory = offer, memory

    def view(self, handle: Handle) -> np.ndarray[Any, Any]:
        """Return the array that a handle names, without a copy.

        It is valid until the writer writes the next-but-one frame of that camera, and its memory changes then: whoever
        looks at it for longer takes a `copy`, whoever may be late asks `check` afterwards.

        Returns:
            Read-only; keeps the mapping alive for as long as it lives.

        Raises:
            RigFault: the handle is malformed or stale.
        """
        self._check_form(handle)
        self.check(handle)
        count = math.prod(handle.shape)
        return np.frombuffer(self._memory, np.dtype(handle.dtype), count, handle.offset).reshape(handle.shape)

    def copy(self, handle: Handle) -> np.ndarray[Any, Any]:
        """Return a copy of the array that a handle names, whole or not at all.

        Raises:
            RigFault: the handle is malformed or stale, or became stale while it was copied.
        """
        array = self.view(handle).copy()
        self.check(handle)
        array.flags.writeable = False  # as an array that came as bytes
        return array

    def check(self, handle: Handle) -> None:
        """Make sure that what a handle named is still there.

        Raises:
            RigFault: the slot holds another frame, or is being written.
        """
        start = handle.offset - SLOT_HEAD
        found = int.from_bytes(self._memory[start : start + 8], "little")
        if found != handle.generation:
            state = "is being written again" if found % 2 else f"holds generation {found}"
            raise _refusal(
                handle, "the frame is no longer there", f"generation {handle.generation}", f"its slot {state}"
            )

    def close(self) -> None:
        """Let go of the memory, once the last view is gone; nothing can be read after that. May be called twice."""
        with suppress(BufferError):
            self._memory.close()

    def _check_form(self, handle: Handle) -> None:
        if handle.segment != self.offer.path:
            raise _refusal(handle, "the handle is of another segment", self.offer.path, handle.segment)
        if handle.dtype not in _DTYPES:
            raise _refusal(handle, "nobody sends such an array", " or ".join(_DTYPES), f"dtype {handle.dtype!r}")
        wanted = math.prod(handle.shape) * np.dtype(handle.dtype).itemsize
        if handle.size != wanted or not wanted:
            raise _refusal(
                handle,
                "the handle does not agree with itself",
                f"{wanted} bytes, as {handle.shape} {handle.dtype} has; more than none",
                f"{handle.size} bytes",
            )
        if handle.offset % ALIGN or not ALIGN + SLOT_HEAD <= handle.offset <= self.offer.size - handle.size:
            raise _refusal(
                handle,
                "the handle points outside of the segment's slots",
                f"a multiple of {ALIGN} from {ALIGN + SLOT_HEAD} up, and an end within {self.offer.size} bytes",
                f"{handle.size} bytes at {handle.offset}",
            )
        if handle.generation % 2 or not handle.generation:
            raise _refusal(handle, "no frame has such a generation", "an even number", str(handle.generation))


def attach(offer: Offer) -> Segment:
    """Map a segment that another process offers.

    Raises:
        RigFault: it cannot be had: another machine or container, another user, another system.
    """
    try:
        memory = open_to_read(offer.path, offer.size)
    except (OSError, ValueError, OverflowError) as error:
        raise _cannot(offer, str(error)) from error
    mark = MAGIC + offer.token
    if memory[: len(mark)] != mark:
        memory.close()
        raise _cannot(offer, "somebody else's memory")
    return Segment(offer, memory)


def _cannot(offer: Offer, found: str) -> RigFault:
    return RigFault(
        "the shared memory cannot be mapped",
        where=offer.path,
        expected=f"{offer.size} bytes of a process of this user on this machine",
        found=found,
        hint="go on without: do not say that you attached, and frames come as bytes",
    )


def _refusal(handle: Handle, what: str, expected: str, found: str) -> RigFault:
    return RigFault(
        what,
        where=f"shared memory {handle.segment} at {handle.offset}",
        expected=expected,
        found=found,
        hint="read a frame before its camera's next but one, or copy it",
    )
