"""A biometric reader of the twin, as the port `BioReader`."""

from __future__ import annotations

from contracts.biometrics import BioAnswer, BioOutcome, BioScan, Modality
from contracts.checkout import PalmEnrolled
from contracts.ports import PortKind
from twin.biometrics.models import MODELS
from twin.palm_enrolling import Enrolled
from twin.reader import Device


class TwinBioReader(Device[BioScan | PalmEnrolled]):
    """Reports what its matcher decided, and nothing of what it saw.

    Args:
        device: device id.
        modality: what it reads.
        seed: the scenario's seed.
    """

    def __init__(self, device: str, modality: Modality, seed: int) -> None:
        super().__init__(device, PortKind.BIO_READER, seed)
        self._modality = modality

    def present(self, subject: str) -> None:
        """Present somebody enrolled, who is known without looking; "" is a stranger."""
        scores = MODELS[self._modality].scores
        threshold, best = round(scores.threshold, 3), round(scores.own.mean, 3)
        matched = BioAnswer(outcome=BioOutcome.MATCHED, subject=subject, score=best, threshold=threshold)
        self.tell(matched if subject else BioAnswer(outcome=BioOutcome.NO_MATCH, threshold=threshold))

    def tell(self, answer: BioAnswer | Enrolled | None) -> None:
        """Report what came of a presentation, as late as such a reader does; None: more are wanted."""
        at_ns = self._box.later(MODELS[self._modality].takes_ns)
        if answer is None:
            return
        if isinstance(answer, Enrolled):
            made = PalmEnrolled(t_ns=at_ns, source=self.info.id, key=answer.key, handle=answer.handle, why=answer.why)
            self._box.post(made)
            return
        self._box.post(
            BioScan(
                t_ns=at_ns,
                source=self.info.id,
                modality=self._modality,
                outcome=answer.outcome,
                subject=answer.subject,
                score=answer.score,
                threshold=answer.threshold,
                liveness=answer.liveness,
                why=answer.why,
            )
        )
