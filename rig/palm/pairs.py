"""One-to-one comparisons: every probe with every palm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rig.palm.people import Presented
from stack.palm.acquire import Reading
from stack.palm.code import BOCV_BITS, COMP_BITS, Words, pack
from stack.palm.search import distances

Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Distances of one way to compare.

    Args:
        name: of the way.
        genuine: (n,) of palms with themselves, share of differing bits.
        impostor: (m,) of palms with others.
    """

    name: str
    genuine: Shares
    impostor: Shares


def compare(people: Sequence[Presented], threads: int) -> list[Comparisons]:
    """Return the distances of all pairs of palms, by three ways; failures to acquire or enrol are left out.

    Args:
        people: the population; each first probe is compared with everybody.
        threads: for the comparisons.
    """
    able = [one for one in people if one.template and one.single and isinstance(one.probes[0], Reading)]
    probes = [one.probes[0].probe for one in able if isinstance(one.probes[0], Reading)]
    singles = [one.single.probe for one in able if one.single]
    samples = np.stack([pack(one.template.samples) for one in able if one.template])
    comp = np.stack([pack(single.core[0]) for single in singles])
    bocv = np.stack([pack(single.core[1]) for single in singles])
    comp_probes, bocv_probes = [pack(probe.comp) for probe in probes], [pack(probe.bocv) for probe in probes]
    return [
        _all_pairs("CompCode, one sample", comp[:, None], comp_probes, COMP_BITS, threads),
        _all_pairs("BOCV, one sample", bocv[:, None], bocv_probes, BOCV_BITS, threads),
        _all_pairs("BOCV, best of three samples", samples, bocv_probes, BOCV_BITS, threads),
    ]


def _all_pairs(name: str, enrolled: Words, probes: Sequence[Words], bits: int, threads: int) -> Comparisons:
    """Compare (N, samples, words) enrolled codes with N probes of (25, words)."""
    count, samples, words = enrolled.shape
    rows, genuine = enrolled.reshape(-1, words), np.empty(count)
    impostor = np.empty((count, count - 1))
    for number, windows in enumerate(probes):
        apart = distances(rows, windows, threads).reshape(count, samples).min(axis=1) / bits
        genuine[number] = apart[number]
        impostor[number] = np.delete(apart, number)
    return Comparisons(name, genuine, impostor.ravel())
