"""The secure channel's arithmetic, AES-128 throughout. No I/O, and no key in any print.

Source: IEC 60839-11-5 annex D as in libosdp and the Python package osdp; numbers of annex E are in the tests.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 16
RANDOM = 8
_END = 0x80


@dataclass(frozen=True, slots=True)
class SessionKeys:
    """What one session is encrypted and signed with. Hidden in prints."""

    enc: bytes = field(repr=False)
    mac1: bytes = field(repr=False)
    mac2: bytes = field(repr=False)


def session_keys(scbk: bytes, acu_random: bytes) -> SessionKeys:
    """Return the keys of a session.

    Args:
        scbk: the secure channel base key, 16 bytes.
        acu_random: 8 bytes that the ACU drew.
    """
    enc, mac1, mac2 = (_cipher(scbk, bytes((1, tag)) + acu_random[:6] + bytes(RANDOM)) for tag in (0x82, 0x01, 0x02))
    return SessionKeys(enc, mac1, mac2)


def device_cryptogram(keys: SessionKeys, acu_random: bytes, pd_random: bytes) -> bytes:
    """Return how a device proves that it has the key."""
    return _cipher(keys.enc, acu_random + pd_random)


def acu_cryptogram(keys: SessionKeys, acu_random: bytes, pd_random: bytes) -> bytes:
    """Return how the ACU proves that it has the key."""
    return _cipher(keys.enc, pd_random + acu_random)


def first_mac(keys: SessionKeys, proof: bytes) -> bytes:
    """Return the MAC that a session begins with, made from the ACU's cryptogram."""
    return _cipher(keys.mac2, _cipher(keys.mac1, proof))


def mac_of(keys: SessionKeys, start: bytes, data: bytes) -> bytes:
    """Return the MAC of a message: CBC with the first key, the last block with the second.

    Args:
        keys: of the session.
        start: the MAC of the message before it, 16 bytes.
        data: all bytes before the MAC.
    """
    padded = data if len(data) % BLOCK == 0 and data else pad(data)
    if len(padded) > BLOCK:
        start = _cipher(keys.mac1, padded[:-BLOCK], start)[-BLOCK:]
    return _cipher(keys.mac2, padded[-BLOCK:], start)


def encrypt(keys: SessionKeys, last_mac: bytes, data: bytes) -> bytes:
    """Return data encrypted, begun with the complement of the last MAC of the other side."""
    return _cipher(keys.enc, pad(data), _complement(last_mac))


def decrypt(keys: SessionKeys, last_mac: bytes, data: bytes) -> bytes | None:
    """Return what was encrypted, None when it cannot be."""
    if not data or len(data) % BLOCK:
        return None
    machine = Cipher(algorithms.AES(keys.enc), modes.CBC(_complement(last_mac))).decryptor()
    plain = (machine.update(data) + machine.finalize()).rstrip(b"\0")
    return plain[:-1] if plain and plain[-1] == _END else None


def pad(data: bytes) -> bytes:
    """Return data with its end marked and filled up to whole blocks."""
    return data + bytes((_END,)) + bytes(-(len(data) + 1) % BLOCK)


def same(a: bytes, b: bytes) -> bool:
    """Whether two secrets are equal, without telling by time where they differ."""
    return hmac.compare_digest(a, b)


def _cipher(key: bytes, data: bytes, start: bytes = bytes(BLOCK)) -> bytes:
    """CBC; one block begun with zeros is ECB."""
    machine = Cipher(algorithms.AES(key), modes.CBC(start)).encryptor()
    return machine.update(data) + machine.finalize()


def _complement(data: bytes) -> bytes:
    return bytes(~byte & 0xFF for byte in data)
