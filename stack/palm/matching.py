"""The decision: who of all enrolled a probe is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stack.palm.code import BOCV_BITS, Words
from stack.palm.gallery import Gallery
from stack.palm.search import distances, lowest


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When a match counts.

    Args:
        shortlist: how many of the nearest by CompCode are compared by BOCV.
        accept: share of differing BOCV bits that the best may have. On 1.4e6 pairs of a tuning seed the tail of
            strangers' distances gives 6e-10 here: 6e-5 for a stranger among 1e5 palms.
        margin: how much farther the next person must be.
    """

    shortlist: int = 50
    accept: float = 0.35
    margin: float = 0.03


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Match:
    """The nearest person.

    Args:
        row: of the gallery.
        distance: share of differing BOCV bits, best of the samples.
        margin: how much farther the next person of the shortlist is; 1 where there is nobody else.
    """

    row: int
    distance: float
    margin: float


def best_match(gallery: Gallery, scan: Words, samples: Words, limits: Limits, threads: int = 1) -> Match | None:
    """Return who is nearest, near enough or not; None when nobody is enrolled.

    Args:
        gallery: everybody.
        scan: (25, 37) masked CompCode of the probe.
        samples: (25, 74) masked BOCV of the probe.
        limits: how many to look at closely.
        threads: for the scan.
    """
    if not len(gallery):
        return None
    near = lowest(distances(gallery.scans, scan, threads), limits.shortlist)
    codes = gallery.samples[near]
    apart = distances(codes.reshape(-1, codes.shape[-1]), samples).reshape(len(near), -1).min(axis=1) / BOCV_BITS
    order = np.argsort(apart, kind="stable")
    first = int(order[0])
    handle = gallery.handle(int(near[first]))
    others = [float(apart[k]) for k in order if gallery.handle(int(near[k])) != handle]
    distance = float(apart[first])
    return Match(int(near[first]), distance, others[0] - distance if others else 1.0)
