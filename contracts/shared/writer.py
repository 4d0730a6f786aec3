"""The side that fills shared memory with frames."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import numpy as np

from contracts.layout import Layout
from contracts.records import Frame
from contracts.shared.handle import MAGIC, SLOT_HEAD, TOKEN_BYTES, Handle, Offer
from contracts.shared.memory import create
from contracts.shared.plan import SLOTS, Picture, plan

_DTYPES = {"depth_mm": np.dtype("<u2"), "rgb": np.dtype("u1")}


class SharedFrames:
    """A segment with room for the frames of all cameras of a store; made by the writer, who owns it.

    Memory is taken when a slot is first written to. Closing gives back the writer's part; readers keep theirs.

    Args:
        layout: the store.

    Raises:
        OSError: the system has no memory of this kind.
    """

    def __init__(self, layout: Layout) -> None:
        self._plan = plan(layout)
        self._memory, self._descriptor = create(self._plan.size)
        token = secrets.token_bytes(TOKEN_BYTES)
        self._memory[: len(MAGIC) + TOKEN_BYTES] = MAGIC + token
        self.offer = Offer(f"/proc/{os.getpid()}/fd/{self._descriptor}", self._plan.size, token)
        self._helper = ThreadPoolExecutor(1, "shared memory")
        self._written: dict[Picture, int] = dict.fromkeys(self._plan.slots, 0)

    def put(self, frame: Frame) -> dict[str, Handle]:
        """Copy a frame's pictures into the segment.

        Args:
            frame: of any camera.

        Returns:
            Handle by field ("depth_mm", "rgb"), valid until the next-but-one `put` of that camera. A picture that has
            no slot (JPEG, an unknown camera, larger than the layout says) is not among them: it must go as bytes.
        """
        pictures = {"depth_mm": frame.depth_mm, "rgb": frame.rgb}
        return {
            field: self._write((frame.source, field), array)
            for field, array in pictures.items()
            if array is not None and self._fits((frame.source, field), array)
        }

    def put_all(self, frames: Sequence[Frame]) -> list[dict[str, Handle]]:
        """Copy the pictures of some frames into the segment, with two processors if there are as many.

        Args:
            frames: of any cameras.

        Returns:
            For each frame what `put` returns.
        """
        alone = len(frames) < 2 or (os.cpu_count() or 1) < 2 or len({frame.source for frame in frames}) < len(frames)
        if alone:
            return [self.put(frame) for frame in frames]
        handles: list[dict[str, Handle]] = [{} for _ in frames]
        # NumPy copies without the interpreter's lock, and no two frames share a slot.
        other = self._helper.submit(self._put_some, frames[1::2])
        handles[::2] = self._put_some(frames[::2])
        handles[1::2] = other.result()
        return handles

    def _put_some(self, frames: Sequence[Frame]) -> list[dict[str, Handle]]:
        return [self.put(frame) for frame in frames]

    def close(self) -> None:
        """Let go of the memory; may be called twice. Later offers cannot be taken up; mapped ones live on."""
        if self._descriptor < 0:
            return
        self._helper.shutdown()
        os.close(self._descriptor)
        self._descriptor = -1
        # A `put` that was interrupted still holds the memory for as long as somebody looks at its traceback.
        with suppress(BufferError):
            self._memory.close()

    def _fits(self, picture: Picture, array: np.ndarray[Any, Any]) -> bool:
        return 0 < array.nbytes <= self._plan.room.get(picture, 0) and array.dtype == _DTYPES[picture[1]]

    def _write(self, picture: Picture, array: np.ndarray[Any, Any]) -> Handle:
        offset = self._plan.slots[picture][self._written[picture] % SLOTS]
        self._written[picture] += 1
        generation = 2 * self._written[picture]
        head = memoryview(self._memory)[offset - SLOT_HEAD : offset - SLOT_HEAD + 8]
        head[:] = (generation - 1).to_bytes(8, "little")
        pixels = np.frombuffer(self._memory, array.dtype, array.size, offset).reshape(array.shape)
        np.copyto(pixels, array)
        head[:] = generation.to_bytes(8, "little")
        return Handle(self.offer.path, offset, array.nbytes, array.shape, array.dtype.name, generation)
