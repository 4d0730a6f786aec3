"""What is kept of a palm: one fused CompCode to scan for, and the BOCV codes of three samples to decide by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stack.palm.code import BOCV_BITS, Bits, Probe

KEPT = 3
LEAST_SAMPLES, MOST_SAMPLES = 3, 5
MOST_APART = 0.40
"""Share of bits in which samples of one palm may differ; what is farther is a slip, or another palm."""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """One enrolled palm.

    Args:
        scan: (2352,) the majority of its samples' CompCode bits.
        samples: (3, 4704) BOCV codes.
    """

    scan: Bits
    samples: Bits


def make_template(probes: Sequence[Probe]) -> Template | str:
    """Return the template of some samples of one palm, or why they make none.

    Args:
        probes: three to five samples; the three that agree best are kept.
    """
    if not LEAST_SAMPLES <= len(probes) <= MOST_SAMPLES:
        return f"a palm is enrolled from {LEAST_SAMPLES} to {MOST_SAMPLES} samples, not {len(probes)}"
    apart = np.array([[_apart(one, other) for other in probes] for one in probes])
    middle = int(np.argmin(apart.sum(axis=1)))
    kept = np.argsort(apart[middle], kind="stable")[:KEPT]
    if apart[middle][kept].max() > MOST_APART:
        return "the samples are not alike enough to be one palm's"
    chosen = [probes[int(k)] for k in kept]
    votes = np.sum([_aligned(probe, probes[middle]) for probe in chosen], axis=0)
    return Template(2 * votes > KEPT, np.stack([probe.core[1] for probe in chosen]))


def alike(one: Template, other: Template) -> bool:
    """Whether two templates are of one palm: some sample of one is near a sample of the other as they lie."""
    apart = np.count_nonzero(one.samples[:, None] ^ other.samples[None], axis=2)
    return bool(apart.min() <= MOST_APART * BOCV_BITS)


def _apart(one: Probe, other: Probe) -> float:
    return float(_differing(other.bocv, one.core[1]).min()) / BOCV_BITS


def _aligned(probe: Probe, middle: Probe) -> Bits:
    """Return the CompCode of a probe at the place where it fits the middle sample best."""
    return np.asarray(probe.comp[int(np.argmin(_differing(probe.comp, middle.core[0])))])


def _differing(windows: Bits, core: Bits) -> NDArray[np.int64]:
    return np.asarray(np.count_nonzero(windows ^ core, axis=1))
