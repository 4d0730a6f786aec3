"""What a simulated reader makes of a presentation: acquired or not, alive or not, and who scores best."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from contracts.biometrics import BioAnswer, BioOutcome, Modality
from twin.biometrics.models import MODELS

NOT_READ = "it could not be read; please try again"
NOT_ALIVE = "please present yourself"
"""By which sign an attack was told is not for whoever brought it."""
_ALIVE, _DEAD = (0.80, 1.0), (0.0, 0.20)


class SimulatedMatcher:
    """The matcher of one reader.

    Args:
        modality: what it reads.
        draws: where its scores and errors come from.
    """

    def __init__(self, modality: Modality, draws: np.random.Generator) -> None:
        self.model = MODELS[modality]
        self._draws = draws

    def acquire(self, shows: str) -> BioAnswer | None:
        """Return why a presentation was not taken, None where it goes on to be compared."""
        if self._happens(self.model.fta):
            return BioAnswer(outcome=BioOutcome.NOT_ACQUIRED, why=NOT_READ)
        passes = self.model.apcer.get(shows, 0.0) if shows != "self" else 1.0 - self.model.bpcer
        if self._happens(passes):
            return None
        return BioAnswer(outcome=BioOutcome.ATTACK, liveness=self._between(_DEAD), why=NOT_ALIVE)

    def decide(self, templates: Iterable[tuple[str, str]], owner: str) -> BioAnswer:
        """Compare what was acquired with templates; the best is the answer, if it reaches the threshold.

        Args:
            templates: references and whose they are: all enrolled, or the one on a card.
            owner: whose face or finger was acquired.
        """
        threshold = round(self.model.scores.threshold, 3)
        best, score = "", 0.0
        for reference, whose in templates:
            here = round(self.model.scores.score(self._draws, same=whose == owner), 3)
            if not best or here > score:
                best, score = reference, here
        matched = bool(best) and score >= threshold
        return BioAnswer(
            outcome=BioOutcome.MATCHED if matched else BioOutcome.NO_MATCH,
            subject=best if matched else "",
            score=score,
            threshold=threshold,
            liveness=self._between(_ALIVE),
        )

    def _happens(self, share: float) -> bool:
        return float(self._draws.random()) < share

    def _between(self, span: tuple[float, float]) -> float:
        return round(float(self._draws.uniform(*span)), 3)
