"""Galleries as large as wanted: real codes of generated palms, filled up with mosaics of such codes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from stack.palm.code import CORE, Bits, pack
from stack.palm.gallery import Gallery
from stack.palm.record import MaskedPalm
from stack.palm.template import Template

HALF = CORE // 2
BATCH = 1000


Named = Sequence[tuple[str, Template]]


def gallery_of(enrolled: Named, donors: Named, size: int, draws: np.random.Generator) -> Gallery:
    """Return a gallery: real palms, then mosaics.

    A mosaic takes each quarter from another donor, at its own place, so that the statistics of lines at that place
    stay; the study reports how far mosaics are from probes beside how far real palms are.

    Args:
        enrolled: handles and templates of palms that are searched for.
        donors: of palms that are only there, and give the quarters.
        size: palms in all.
        draws: which quarters.
    """
    gallery = Gallery(room=max(size, 1))
    for handle, template in (*enrolled, *donors):
        gallery.add_palm(handle, MaskedPalm(pack(template.scan), pack(template.samples)))
    scans = np.stack([template.scan for _, template in donors])
    samples = np.stack([template.samples for _, template in donors])
    for start in range(len(gallery), size, BATCH):
        chosen = draws.integers(0, len(donors), (min(BATCH, size - start), 4))
        handles = [f"mosaic-{start + k}" for k in range(len(chosen))]
        gallery.add_rows(handles, pack(_mosaic(scans, chosen)), pack(_mosaic(samples, chosen)))
    return gallery


def _mosaic(codes: Bits, chosen: NDArray[np.int64]) -> Bits:
    """Return (count, ..., bits) codes made of quarters.

    Args:
        codes: (N, ..., bits) of palms.
        chosen: (count, 4) which palm each quarter is from.
    """
    cells = codes.reshape(*codes.shape[:-1], CORE, CORE, -1)
    made = np.empty((len(chosen), *cells.shape[1:]), np.bool_)
    for quarter in range(4):
        y, x = quarter // 2 * HALF, quarter % 2 * HALF
        made[..., y : y + HALF, x : x + HALF, :] = cells[chosen[:, quarter], ..., y : y + HALF, x : x + HALF, :]
    return made.reshape(len(chosen), *codes.shape[1:])
