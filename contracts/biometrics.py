"""Readers that know somebody by the face or a finger and match by themselves. No image, no template.

Terms are those of ISO/IEC 2382-37 and 19795-1: a reader *identifies* (whose is it, of all enrolled) or *verifies* (is
it that of the card's holder), and a decision comes of a comparison score and a threshold. Palms have a kind of their
own (`contracts.palms`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from contracts.record import Record

Trait = Literal["face", "fingerprint"]
"""What of a body is shown."""
Instrument = Literal["self", "print", "screen", "mask", "gelatine", "latex"]
"""A living face or finger, or what stands in for one (a presentation attack instrument, ISO/IEC 30107-1)."""


class Modality(StrEnum):
    """What a reader reads."""

    FACE = "face"
    """Identifies: everybody enrolled is compared."""
    FINGERPRINT = "fingerprint"
    """Identifies."""
    FINGERPRINT_CARD = "fingerprint_card"
    """Verifies: the card that is put in holds its owner's template, compares, and says whose it is."""


class BioOutcome(StrEnum):
    """How a presentation ended."""

    MATCHED = "matched"
    NO_MATCH = "no_match"
    ATTACK = "attack"
    """The reader takes it for no living face or finger."""
    NOT_ACQUIRED = "not_acquired"


@dataclass(frozen=True, slots=True)
class Subject:
    """By what biometric readers know the owner of an account.

    Args:
        modality: which readers.
        reference: opaque, of this store alone, renewed with each enrolment. Hidden in prints.
    """

    modality: Modality
    reference: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BioScan(Record):
    """Somebody presented a face or a finger to a reader that matches by itself; `source` is the reader.

    Args:
        modality: what it read.
        outcome: how it ended.
        subject: opaque reference of who matched, "" for nobody.
        score: of the best comparison, on the reader's own scale, higher is more alike; 0 where nothing was compared.
        threshold: a match is at least this, on the same scale.
        liveness: 0..1, how sure the reader is that it was alive; 1 from readers that do not test it.
        why: where nobody matched, what to tell the person, as far as the reader says.
    """

    modality: Modality
    outcome: BioOutcome
    subject: str = field(default="", repr=False)
    score: float = 0.0
    threshold: float = 0.0
    liveness: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """What somebody presents to such readers.

    Args:
        shows: a living face or finger, or what is there instead of one.
        of: shopper whose that is to be; "" for one's own.
        card_of: shopper whose card is put into a reader of cards; "" for one's own.
    """

    shows: Instrument = "self"
    of: str = ""
    card_of: str = ""


USUAL = Presented()


@dataclass(frozen=True, slots=True, kw_only=True)
class BioAnswer:
    """What a matcher says of one presentation; the fields are those of `BioScan`."""

    outcome: BioOutcome
    subject: str = field(default="", repr=False)
    score: float = 0.0
    threshold: float = 0.0
    liveness: float = 1.0
    why: str = ""


def reads(modality: str, trait: str) -> bool:
    """Whether a reader of a modality ("" for no reader) reads a trait."""
    return modality == trait or (modality, trait) == (Modality.FINGERPRINT_CARD, "fingerprint")
