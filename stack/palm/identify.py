"""The palm reader's own mind: enrols, identifies, deletes. It tells a handle and how sure it is, never a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stack.palm.acquire import Reading, Reason, Rejected, acquire
from stack.palm.code import CENTRE
from stack.palm.enrol import Refused, enrol
from stack.palm.gallery import Gallery
from stack.palm.keys import Entropy, Keys
from stack.palm.matching import LIMITS, Limits, Match, best_match
from stack.palm.record import Consent, Enrolment, masks_of
from stack.palm.replays import Replays
from stack.palm.valleys import Image


@dataclass(frozen=True, slots=True)
class Identified:
    """Somebody was recognised.

    Args:
        handle: who, as enrolled.
        margin: how much farther the next person is, share of differing bits.
        distance: how far the best sample is, share of differing bits.
    """

    handle: str
    margin: float
    distance: float


class Identifier:
    """Knows enrolled palms and finds one among all of them.

    Args:
        keys: of the deployment; only codes under their mask are in memory.
        entropy: for handles: `secrets.token_bytes`, or a seeded stream in a simulation.
        known: who enrolled before, e.g. `Vault.all()`.
        limits: when a match counts.
        threads: for the search.
    """

    def __init__(
        self, keys: Keys, entropy: Entropy, known: Iterable[Enrolment] = (), limits: Limits = LIMITS, threads: int = 2
    ) -> None:
        self.gallery, self._limits, self._threads = Gallery(), limits, threads
        self._masks, self._entropy, self._replays = masks_of(keys.mask), entropy, Replays()
        for enrolment in known:
            self.gallery.add(enrolment)

    def enrol(self, consent: Consent | None, *palms: Sequence[Image]) -> Enrolment | Refused:
        """Enrol somebody; the caller keeps what is returned, e.g. by `Vault.keep`.

        Args:
            consent: what was agreed to; None enrols nobody.
            palms: three to five pictures of one palm, or of each of both.
        """
        made = enrol(consent, palms, self._masks, self._entropy)
        if isinstance(made, Refused):
            return made
        if any(self._known(images[0]) for images in palms):
            return Refused("this palm is enrolled already; delete the old enrolment first")
        self.gallery.add(made)
        return made

    def delete(self, handle: str) -> bool:
        """Forget somebody; return whether they were known. The caller deletes from the vault too."""
        self._replays.forget(handle)
        return self.gallery.remove(handle)

    def identify(self, image: Image) -> Identified | Rejected:
        """Return whose palm a picture shows, or why nobody's.

        Args:
            image: (H, W) uint8, a hand in near-infrared light before a dark background.
        """
        reading = acquire(image)
        if isinstance(reading, Rejected):
            return reading
        found = self.match(reading)
        return found if isinstance(found, Rejected) else self._told(found)

    def identify_both(self, one: Image, other: Image) -> Identified | Rejected:
        """Return who shows both palms, for what is worth more: one person, two different palms."""
        rows: list[int] = []
        told: list[Identified] = []
        for image in (one, other):
            reading = acquire(image)
            found = reading if isinstance(reading, Rejected) else self.match(reading)
            if isinstance(found, Rejected):
                return found
            rows.append(found.row)
            told.append(self._told(found))
        if rows[0] == rows[1] or told[0].handle != told[1].handle:
            return Rejected(Reason.TWO_NEEDED)
        return max(told, key=lambda one: one.distance)

    def match(self, reading: Reading) -> Match | Rejected:
        """Return the row of the gallery that a reading is, or why it is none."""
        scan, samples = self._masks.probe(reading.probe)
        best = best_match(self.gallery, scan, samples, self._limits, self._threads)
        if best is None or best.distance > self._limits.accept:
            return Rejected(Reason.UNKNOWN)
        if best.margin < self._limits.margin:
            return Rejected(Reason.AMBIGUOUS)
        handle = self.gallery.handle(best.row)
        if self._replays.is_one(handle, samples, reading.place, self.gallery.samples[best.row]):
            return Rejected(Reason.REPLAYED)
        self._replays.remember(handle, samples[CENTRE], reading.place)
        return best

    def _known(self, image: Image) -> bool:
        """Whether somebody enrolled has that palm, played back or not."""
        reading = acquire(image)
        if isinstance(reading, Rejected):
            return False
        best = best_match(self.gallery, *self._masks.probe(reading.probe), self._limits, self._threads)
        return best is not None and best.distance <= self._limits.accept

    def _told(self, match: Match) -> Identified:
        return Identified(self.gallery.handle(match.row), match.margin, match.distance)
