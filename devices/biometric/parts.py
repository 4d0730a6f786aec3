"""What a biometric reader reads, in the words of OSDP.

Source: the table of OSDP.Net (BiometricType). No code says card: a fingerprint card tells its number first, in FMT.
"""

from __future__ import annotations

from enum import IntEnum

from contracts.biometrics import Modality


class Part(IntEnum):
    """Parts of a body."""

    RIGHT_INDEX_FINGER = 0x02
    FACE = 0x0F


PART = {
    Modality.FACE: Part.FACE,
    Modality.FINGERPRINT: Part.RIGHT_INDEX_FINGER,
    Modality.FINGERPRINT_CARD: Part.RIGHT_INDEX_FINGER,
}
BEST = 100
"""The best quality and score. Source: the Rust package osdp says 0 to 100."""
LEAST_SCORE = 50
"""A match is at least this. Our choice; the reader's own threshold comes first."""
