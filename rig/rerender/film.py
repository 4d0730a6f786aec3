"""Pictures as files: one PNG, a folder of them, or a film."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contracts.clock import SECOND
from contracts.errors import UsageError
from rig.view.frames import write_png, writing

Picture = NDArray[np.uint8]


def write_pictures(folder: Path, pictures: Iterable[Picture], times_ns: Iterable[int]) -> None:
    """Write pictures (H, W, 3) BGR into a folder, each named by its time."""
    for picture, t_ns in zip(pictures, times_ns, strict=True):
        write_png(folder / f"{t_ns / SECOND:010.3f}s.png", picture)


def write_film(output: Path, pictures: Iterable[Picture], rate_hz: Fraction) -> None:
    """Write pictures (H, W, 3) BGR as H.264; of an odd width or height the last pixels are left out.

    Raises:
        UsageError: the encoder is not installed.
    """
    try:
        import av
    except ImportError as error:
        raise UsageError(
            "films need an encoder", where=str(output), expected="PyAV, of the extra 'feeds'", found="none",
            hint="pip install 'walkout-rig[feeds]', or -o FOLDER for PNG files",
        ) from error  # fmt: skip
    with writing(output), av.open(str(output), "w") as container:
        stream = container.add_stream("libx264", rate=rate_hz)
        stream.pix_fmt = "yuv420p"
        for picture in pictures:
            even = np.ascontiguousarray(picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2])
            if not stream.codec_context.is_open:
                stream.height, stream.width = even.shape[:2]
            for packet in stream.encode(av.VideoFrame.from_ndarray(even, format="bgr24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
