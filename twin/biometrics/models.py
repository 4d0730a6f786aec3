"""How good simulated readers are, modality by modality. No figure is of a product, and none is a promise about one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.biometrics import Modality
from contracts.clock import MILLISECOND
from twin.biometrics.scores import ScoreModel


@dataclass(frozen=True, slots=True)
class ReaderModel:
    """One kind of reader.

    Args:
        scores: of its comparisons.
        fta: failures to acquire, a share of presentations.
        bpcer: share of living ones that it takes for attacks.
        apcer: share of attacks that it takes for living ones, by what is shown; what is not listed is no attack on it.
        takes_ns: from the presentation to its answer, nanoseconds, least and most.
    """

    scores: ScoreModel
    fta: float
    bpcer: float
    apcer: Mapping[str, float]
    takes_ns: tuple[int, int]


MODELS: Mapping[Modality, ReaderModel] = {
    # Threshold: our choice, for a store of a thousand faces: 1e-6 a comparison makes 1e-3 a stranger. FNMR: our choice
    # within what NIST IR 8280 (2019, summary) tells of 1:1 algorithms, from below 0.5 % to above 10 %.
    Modality.FACE: ReaderModel(
        ScoreModel(fmr=1e-6, fnmr=0.01),
        fta=0.005,
        bpcer=0.01,
        apcer={"print": 0.005, "screen": 0.01, "mask": 0.10},
        takes_ns=(200 * MILLISECOND, 500 * MILLISECOND),
    ),
    # One finger, one sample, against a few hundred enrolled. Our assumption: single fingers do worse than the two that
    # NIST's MINEX table counts (0.1 to 3 % for most pairs of encoder and matcher at a much easier FMR of 1 %).
    Modality.FINGERPRINT: ReaderModel(
        ScoreModel(fmr=1e-5, fnmr=0.02),
        fta=0.01,
        bpcer=0.01,
        apcer={"gelatine": 0.05, "latex": 0.05, "print": 0.001},
        takes_ns=(300 * MILLISECOND, 800 * MILLISECOND),
    ),
    # What the PIV programme asks of fingerprint minutiae, FNMR 1 % at FMR 1 %. Source: NIST, MINEX 2004 (with two index
    # fingers); MINEX II (NIST IR 7477) measured cards against PIV's bound. One comparison, with the card's template.
    Modality.FINGERPRINT_CARD: ReaderModel(
        ScoreModel(fmr=1e-2, fnmr=0.01),
        fta=0.01,
        bpcer=0.01,
        apcer={"gelatine": 0.05, "latex": 0.05, "print": 0.001},
        takes_ns=(800 * MILLISECOND, 1600 * MILLISECOND),
    ),
}
"""FTA, BPCER, APCER and times are our assumptions everywhere: what a spoof gets past hangs on the single product."""
