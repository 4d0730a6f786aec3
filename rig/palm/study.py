"""The whole measurement: what `rig palm evaluate` prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rig.palm.attacks import Attacked, attack_all
from rig.palm.pairs import Comparisons, compare
from rig.palm.people import Presented, present_all
from rig.palm.rates import Share
from rig.palm.searching import Identification, identify_all
from stack.palm.acquire import Rejected
from stack.palm.matching import LIMITS, Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure.

    Args:
        seed: of the population.
        palms: how many different ones.
        gallery: palms to search among.
        attacked: how many people are attacked by each species.
        threads: for comparisons and searches.
        limits: when a match counts.
    """

    seed: int
    palms: int
    gallery: int
    attacked: int
    threads: int = 2
    limits: Limits = LIMITS


@dataclass(frozen=True, slots=True, eq=False)
class Study:
    """What was measured, on synthetic palms.

    Args:
        plan: what was asked for.
        fta: failures to acquire, of later presentations.
        fte: failures to enrol, of palms.
        bpcer: living hands that liveness turned down, of those that were read.
        comparisons: one to one.
        identification: one to many.
        attacks: by species.
    """

    plan: Plan
    fta: Share
    fte: Share
    bpcer: Share
    comparisons: list[Comparisons]
    identification: Identification
    attacks: list[Attacked]


def study(plan: Plan, told: Callable[[str, int, int], None]) -> Study:
    """Make a population and measure.

    Args:
        plan: what to measure.
        told: called with what is being done, how much of it is, and of how much.
    """
    people = present_all(plan.seed, plan.palms, lambda n: told("palms presented", n, plan.palms))
    comparisons = compare(people, plan.threads)
    searches = sum(2 * len(one.probes) for one in people)
    found = identify_all(
        people, plan.gallery, plan.seed, plan.limits, plan.threads, lambda n: told("searches", n, searches)
    )
    attacks = attack_all(plan.seed + 1, plan.attacked, lambda n: told("people attacked", n, plan.attacked))
    return Study(plan, *_readings(people), comparisons, found, attacks)


def _readings(people: list[Presented]) -> tuple[Share, Share, Share]:
    """Return FTA, FTE and BPCER."""
    shown = [probe for one in people for probe in one.probes]
    unread = sum(isinstance(probe, Rejected) for probe in shown)
    refused = sum(sum(one.refused) for one in people)
    unenrolled = sum(one.template is None for one in people)
    return Share(unread, len(shown)), Share(unenrolled, len(people)), Share(refused, len(shown) - unread)
