"""A population of synthetic palms as a reader sees them: enrolled templates and later presentations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from stack.palm.acquire import Reading, Reason, Rejected, acquire
from stack.palm.template import LEAST_SAMPLES, MOST_SAMPLES, Template, make_template
from twin.palms import Palm, draw_palm, hand

PROBES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Presented:
    """One palm's samples.

    Args:
        template: what was enrolled; None where enrolment failed.
        single: the first sample that was read at enrolment; None where none was.
        probes: later presentations as recognition sees them, liveness left aside.
        refused: for each of them, whether liveness turned it down.
    """

    template: Template | None
    single: Reading | None
    probes: tuple[Reading | Rejected, ...]
    refused: tuple[bool, ...]


def nth_palm(seed: int, number: int) -> Palm:
    """Return one of a population's palms: right and left hands in turn, all of different people."""
    return draw_palm(seed, f"p{number}", "left" if number % 2 else "right")


def present(seed: int, number: int) -> Presented:
    """Enrol a palm from three to five pictures, and show it again."""
    palm = nth_palm(seed, number)
    template, single = _enrolled(palm)
    probes, refused = [], []
    for k in range(PROBES):
        picture = hand(palm, f"probe-{k}")
        judged = acquire(picture)
        turned_down = isinstance(judged, Rejected) and judged.reason is Reason.NOT_LIVE
        probes.append(acquire(picture, check_live=False) if turned_down else judged)
        refused.append(turned_down)
    return Presented(template, single, tuple(probes), tuple(refused))


def present_all(seed: int, count: int, told: Callable[[int], None]) -> list[Presented]:
    """Return all of a population.

    Args:
        seed: of the population.
        count: how many palms.
        told: called with how many are done.
    """
    made = []
    for number in range(count):
        made.append(present(seed, number))
        told(number + 1)
    return made


def _enrolled(palm: Palm) -> tuple[Template | None, Reading | None]:
    """Take pictures until three of at most five make a template."""
    readings: list[Reading] = []
    for k in range(MOST_SAMPLES):
        reading = acquire(hand(palm, f"enrol-{k}"))
        if isinstance(reading, Reading):
            readings.append(reading)
        if len(readings) >= LEAST_SAMPLES:
            template = make_template([reading.probe for reading in readings])
            if isinstance(template, Template):
                return template, readings[0]
    return None, readings[0] if readings else None
