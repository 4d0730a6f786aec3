"""Presentation attacks by ISO/IEC 30107-3: APCER of each simulated species, and how many are taken for their target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.seeds import stream
from rig.palm.people import nth_palm
from rig.palm.rates import Share
from stack.palm.acquire import Reason, Rejected
from stack.palm.identify import Identified, Identifier
from stack.palm.keys import new_keys
from stack.palm.record import Consent, Enrolment
from stack.palm.valleys import Image
from twin.palms import Palm, Species, attack, hand

DETECTED = (Reason.NOT_LIVE, Reason.REPLAYED)


@dataclass(frozen=True, slots=True)
class Attacked:
    """What came of one species.

    Args:
        species: which.
        apcer: attacks that were not seen to be attacks, of those that were read at all.
        silent: attacks of which nothing could be read (APNRR).
        iapmr: attacks that were taken for their target, of all.
    """

    species: Species
    apcer: Share
    silent: Share
    iapmr: Share


def attack_all(seed: int, targets: int, told: Callable[[int], None]) -> list[Attacked]:
    """Attack each of some people who enrolled, by every species, after one visit of their own.

    Args:
        seed: of the population.
        targets: how many are attacked.
        told: called with how many targets are done.
    """
    entropy = stream(seed, "palm", "entropy").bytes
    reader = Identifier(new_keys(entropy), entropy)
    outcomes: dict[Species, list[str | Reason]] = {species: [] for species in Species}
    for number in range(targets):
        palm = nth_palm(seed, number)
        handle = _enrolled(reader, palm, number)
        told(number + 1)
        if not handle:
            continue
        reader.identify(hand(palm, "visit"))
        other = nth_palm(seed, targets + number + number % 2)
        for species in Species:
            outcomes[species].append(_outcome(reader, attack(species, palm, other, "visit"), handle))
    return [_counted(species, outcomes[species]) for species in Species]


def _enrolled(reader: Identifier, palm: Palm, number: int) -> str:
    """Return the handle of somebody who enrols; "" when three tries fail."""
    consent = Consent(f"account-{number}", 0, "synthetic")
    for trial in range(3):
        made = reader.enrol(consent, [hand(palm, f"enrol-{trial}-{k}") for k in range(3)])
        if isinstance(made, Enrolment):
            return made.handle
    return ""


def _outcome(reader: Identifier, picture: Image, handle: str) -> str | Reason:
    """Return "target", "other", or why it was turned down."""
    found = reader.identify(picture)
    if isinstance(found, Rejected):
        return found.reason
    assert isinstance(found, Identified)
    return "target" if found.handle == handle else "other"


def _counted(species: Species, outcomes: list[str | Reason]) -> Attacked:
    silent = outcomes.count(Reason.NOT_ACQUIRED)
    missed = sum(outcome not in DETECTED and outcome is not Reason.NOT_ACQUIRED for outcome in outcomes)
    tried = len(outcomes)
    return Attacked(
        species, Share(missed, tried - silent), Share(silent, tried), Share(outcomes.count("target"), tried)
    )
