"""Named random streams: each part of a run draws from its own child of the scenario's seed."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """Return the generator of a named part.

    Adding or removing a part leaves the draws of all others as they were.

    Args:
        seed: the scenario's seed.
        names: path of the part: "plate", "gondola-1/shelf-5/plate-11".
    """
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    words = np.frombuffer(digest[:16], dtype="<u4").tolist()
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))
