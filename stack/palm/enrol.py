"""Enrolling: samples of one or both palms, with consent, to a masked record under a fresh handle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stack.palm.acquire import Rejected, acquire
from stack.palm.code import Probe
from stack.palm.keys import Entropy
from stack.palm.record import Consent, Enrolment, Masks
from stack.palm.template import Template, alike, make_template
from stack.palm.valleys import Image

HANDLE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody was enrolled.

    Args:
        why: what to do better.
    """

    why: str


def new_handle(entropy: Entropy) -> str:
    """Return a handle that says nothing about its owner."""
    return f"palm-{entropy(HANDLE_BYTES).hex()}"


def enrol(
    consent: Consent | None, palms: Sequence[Sequence[Image]], masks: Masks, entropy: Entropy
) -> Enrolment | Refused:
    """Return what to keep of somebody; no picture is in it.

    Args:
        consent: what was agreed to; None enrols nobody.
        palms: three to five pictures of one palm, or of each of both.
        masks: of the deployment.
        entropy: for the handle.
    """
    if consent is None or not consent.account or not consent.text:
        return Refused("nobody is enrolled without consent: whose account, and to which wording")
    if not 1 <= len(palms) <= 2:
        return Refused(f"one palm or both are enrolled, not {len(palms)}")
    templates: list[Template] = []
    for images in palms:
        template = _template(images)
        if isinstance(template, Refused):
            return template
        templates.append(template)
    if len(templates) == 2 and alike(*templates):
        return Refused("both sets of samples show the same palm")
    return Enrolment(new_handle(entropy), consent, tuple(masks.template(template) for template in templates))


def _template(images: Sequence[Image]) -> Template | Refused:
    probes: list[Probe] = []
    for number, image in enumerate(images, start=1):
        reading = acquire(image)
        if isinstance(reading, Rejected):
            return Refused(f"sample {number}: {reading.reason.value}: {reading.detail}")
        probes.append(reading.probe)
    template = make_template(probes)
    return Refused(template) if isinstance(template, str) else template
