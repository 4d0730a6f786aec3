"""What is kept of somebody who enrolled: an opaque handle, the consent, and masked codes of one or two palms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stack.palm.code import BOCV_BITS, COMP_BITS, Probe, Words, pack
from stack.palm.mask import Mask, mask_of
from stack.palm.template import Template


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody agreed to their palm being used.

    Args:
        account: whose account; the consent's own side, never a name.
        given_ns: bench time when it was given.
        text: which wording was shown, e.g. "palm-en-2".
    """

    account: str
    given_ns: int
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class MaskedPalm:
    """One palm under the deployment's mask.

    Args:
        scan: (37,) packed.
        samples: (3, 74) packed.
    """

    scan: Words
    samples: Words


@dataclass(frozen=True, slots=True, eq=False)
class Enrolment:
    """Somebody who enrolled.

    Args:
        handle: the only thing that the reader ever reports.
        consent: without one nobody is enrolled.
        palms: one or both.
    """

    handle: str
    consent: Consent
    palms: tuple[MaskedPalm, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Masks:
    """The masks of both codes under one key."""

    comp: Mask
    bocv: Mask

    def template(self, bare: Template) -> MaskedPalm:
        """Return a template as it is kept."""
        return MaskedPalm(pack(self.comp.hide(bare.scan)), pack(self.bocv.hide(bare.samples)))

    def probe(self, bare: Probe) -> tuple[Words, Words]:
        """Return (25, 37) and (25, 74) a probe as it is searched with."""
        return pack(self.comp.hide(bare.comp)), pack(self.bocv.hide(bare.bocv))

    def moved(self, palm: MaskedPalm, to: Masks) -> MaskedPalm:
        """Return a palm under other masks."""
        scan, samples = unpack(palm.scan, COMP_BITS), unpack(palm.samples, BOCV_BITS)
        return to.template(Template(self.comp.bare(scan), self.bocv.bare(samples)))


def masks_of(key: bytes) -> Masks:
    """Return the masks of a deployment's key."""
    return Masks(mask_of(key, "comp", COMP_BITS), mask_of(key, "bocv", BOCV_BITS))


def unpack(words: Words, bits: int) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    """Return (..., bits) what `stack.palm.code.pack` packed."""
    return np.unpackbits(words.astype("<u8").view(np.uint8), axis=-1)[..., :bits].astype(np.bool_)
