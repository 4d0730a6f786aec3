"""Enrolments as encrypted bytes (AES-256-GCM), bound to their handle."""

from __future__ import annotations

import json
from dataclasses import asdict

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from contracts.errors import RigFault
from stack.palm.code import BOCV_BITS, COMP_BITS, WORD, Words
from stack.palm.record import Consent, Enrolment, MaskedPalm
from stack.palm.template import KEPT

NONCE_BYTES = 12
SCAN_WORDS, SAMPLE_WORDS = -(-COMP_BITS // WORD), -(-BOCV_BITS // WORD)
PALM_BYTES = 8 * (SCAN_WORDS + KEPT * SAMPLE_WORDS)


class CannotOpen(RigFault):
    """A sealed enrolment does not open: another key, another handle, or changed bytes."""


def seal(enrolment: Enrolment, key: bytes, nonce: bytes) -> bytes:
    """Return an enrolment for the disk.

    Args:
        enrolment: who.
        key: 32 bytes.
        nonce: 12 bytes that were never used with this key.
    """
    head = json.dumps(asdict(enrolment.consent), sort_keys=True).encode()
    codes = b"".join(_bytes(palm.scan) + _bytes(palm.samples) for palm in enrolment.palms)
    plain = len(head).to_bytes(4, "little") + head + codes
    return nonce + AESGCM(key).encrypt(nonce, plain, enrolment.handle.encode())


def unseal(handle: str, sealed: bytes, key: bytes) -> Enrolment:
    """Return what was sealed.

    Raises:
        CannotOpen: it was sealed otherwise, or changed since.
    """
    try:
        plain = AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], handle.encode())
    except (InvalidTag, ValueError) as error:
        hint = "give the keys of this deployment; what cannot be opened must be enrolled again"
        raise CannotOpen("a sealed palm does not open", where=handle, hint=hint) from error
    size = int.from_bytes(plain[:4], "little")
    consent = Consent(**json.loads(plain[4 : 4 + size]))
    codes = plain[4 + size :]
    palms = (codes[at : at + PALM_BYTES] for at in range(0, len(codes), PALM_BYTES))
    return Enrolment(handle, consent, tuple(_palm(palm) for palm in palms))


def _bytes(words: Words) -> bytes:
    return words.astype("<u8").tobytes()


def _palm(codes: bytes) -> MaskedPalm:
    words = np.frombuffer(codes, "<u8").astype(np.uint64)
    return MaskedPalm(words[:SCAN_WORDS], words[SCAN_WORDS:].reshape(KEPT, SAMPLE_WORDS))
