"""Hides codes under a key: bits are put in a secret order, and some are turned over.

Hamming distances stay as they are, so masked codes are searched as they lie. Codes of one palm under two keys are as
unlike as two palms' or more (0.50). Whoever has the key can undo it, and whoever has many codes both bare and masked
can work the key's order out: templates are renewable and unlinkable while the key is safe, but not irreversible.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from numpy.typing import NDArray

from stack.palm.code import Bits


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """One way to hide codes of one length.

    Args:
        order: (n,) which bit stands at each place.
        turned: (n,) which places are turned over.
    """

    order: NDArray[np.intp]
    turned: Bits

    def hide(self, bits: Bits) -> Bits:
        """Return (..., n) masked bits."""
        return np.asarray(bits[..., self.order] ^ self.turned)

    def bare(self, masked: Bits) -> Bits:
        """Return what was hidden."""
        bits = np.empty_like(masked)
        bits[..., self.order] = masked ^ self.turned
        return bits


def mask_of(key: bytes, purpose: str, bits: int) -> Mask:
    """Return the mask of a key.

    Args:
        key: 32 secret bytes.
        purpose: which codes; another purpose gives another mask.
        bits: length of a code.
    """
    derived = HKDF(SHA256(), length=32, salt=None, info=f"palm mask {purpose}".encode()).derive(key)
    stream = Cipher(ChaCha20(derived, bytes(16)), mode=None).encryptor().update(bytes(9 * bits))
    # 64 random bits a place: two places get the same with a chance of 1e-12, and then keep their order.
    order = np.argsort(np.frombuffer(stream, "<u8", bits), kind="stable")
    return Mask(order, (np.frombuffer(stream, np.uint8, bits, 8 * bits) & 1).astype(np.bool_))
