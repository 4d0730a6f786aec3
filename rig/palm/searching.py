"""One-to-many: everybody is searched for in a gallery with them, and in one without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from contracts.seeds import stream
from rig.palm.filling import gallery_of
from rig.palm.people import Presented
from rig.palm.rates import Share
from stack.palm.acquire import Reading
from stack.palm.code import COMP_BITS, pack
from stack.palm.gallery import Gallery
from stack.palm.matching import Limits, best_match
from stack.palm.search import distances

ROUNDS = 3


@dataclass(slots=True)
class Tally:
    """Counts errors."""

    errors: int = 0
    trials: int = 0

    def add(self, error: bool) -> None:
        """Count one trial."""
        self.errors, self.trials = self.errors + error, self.trials + 1

    @property
    def share(self) -> Share:
        """What was counted."""
        return Share(self.errors, self.trials)


@dataclass(frozen=True, slots=True)
class Identification:
    """Error rates of the search.

    Args:
        size: palms in the gallery.
        real: of them not mosaics.
        fpir: searches for nobody enrolled that found somebody.
        fnir: searches for somebody enrolled that did not find them; failures to acquire count.
        wrong: of those, found somebody else.
        real_apart: mean and standard deviation of CompCode distances to other real palms.
        mosaic_apart: the same to mosaics.
    """

    size: int
    real: int
    fpir: Share
    fnir: Share
    wrong: int
    real_apart: tuple[float, float]
    mosaic_apart: tuple[float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Roles:
    """Who is what in one of three rounds; over all of them everybody is each once.

    Args:
        enrolled: searched for, and in the gallery.
        strangers: searched for, and not in it.
        donors: in it, not searched for; mosaics are made of them, so that none holds part of a palm that is searched.
    """

    enrolled: Sequence[int]
    strangers: Sequence[int]
    donors: Sequence[int]


def roles(people: int, turn: int) -> Roles:
    """Return the roles of a round; both hands of a pair have the same."""
    groups = [[n for n in range(people) if n // 2 % ROUNDS == (turn + k) % ROUNDS] for k in range(ROUNDS)]
    return Roles(*groups)


def identify_all(
    people: Sequence[Presented], size: int, seed: int, limits: Limits, threads: int, told: Callable[[int], None]
) -> Identification:
    """Search for everybody as somebody who enrolled, and as a stranger.

    Args:
        people: the population.
        size: palms in each gallery.
        seed: of the mosaics.
        limits: when a match counts.
        threads: for the search.
        told: called with how many searches are done.
    """
    positive, negative, done = Tally(), Tally(), 0
    wrong = real = 0
    apart: list[tuple[float, float, float, float]] = []
    for turn in range(ROUNDS):
        parts = roles(len(people), turn)
        gallery, real = _gallery(people, parts, size, stream(seed, "mosaics", str(turn)))
        for number in (*parts.enrolled, *parts.strangers):
            for probe in people[number].probes:
                found = _found(gallery, probe, limits, threads)
                if number in parts.strangers:
                    positive.add(found != "")
                elif people[number].template:
                    negative.add(found != _handle(number))
                    wrong += found not in ("", _handle(number))
                done += 1
                told(done)
        apart.append(_apart(gallery, real, [people[n] for n in parts.strangers]))
    means = np.mean(apart, axis=0).tolist()
    return Identification(size, real, positive.share, negative.share, wrong, (means[0], means[1]), (means[2], means[3]))


def _gallery(people: Sequence[Presented], parts: Roles, size: int, draws: np.random.Generator) -> tuple[Gallery, int]:
    """Return the gallery of a round, and how many of its palms are real."""
    real, donors = ([(_handle(n), people[n].template) for n in group] for group in (parts.enrolled, parts.donors))
    able = [[(handle, template) for handle, template in group if template] for group in (real, donors)]
    return gallery_of(able[0], able[1], size, draws), len(able[0]) + len(able[1])


def _handle(number: int) -> str:
    return f"p{number}"


def _found(gallery: Gallery, probe: object, limits: Limits, threads: int) -> str:
    """Return the handle that a search ends with, "" for none."""
    if not isinstance(probe, Reading):
        return ""
    match = best_match(gallery, pack(probe.probe.comp), pack(probe.probe.bocv), limits, threads)
    if match is None or match.distance > limits.accept or match.margin < limits.margin:
        return ""
    return gallery.handle(match.row)


def _apart(
    gallery: Gallery, real: int, others: Sequence[Presented], most: int = 50
) -> tuple[float, float, float, float]:
    """Return mean and spread of the distances of strangers to real palms, and to mosaics."""
    kinds: list[list[float]] = [[], []]
    for one in others[:most]:
        if isinstance(one.probes[0], Reading):
            found = distances(gallery.scans, pack(one.probes[0].probe.comp)) / COMP_BITS
            for kind, values in zip(kinds, (found[:real], found[real:]), strict=True):
                kind.extend(values.tolist())
    first, second = ((float(np.mean(kind)), float(np.std(kind))) if kind else (0.0, 0.0) for kind in kinds)
    return (*first, *second)
