"""The ACU's side of the handshake that begins a secure channel. No I/O.

Four messages: a random number of ours; the device's own with its proof that it has the key; our proof; and the MAC that
the session begins with.
"""

from __future__ import annotations

from devices.osdp import crypto
from devices.osdp.codes import Secured
from devices.osdp.keys import DEFAULT_KEY, Key
from devices.osdp.packet import Packet
from devices.osdp.session import Session

_CRYPTOGRAM = 8 + crypto.RANDOM + crypto.BLOCK
_ACCEPTED = 1


class Handshake:
    """One attempt.

    Args:
        key: that both should have.
        random: 8 bytes that nobody can guess.
    """

    def __init__(self, key: Key, random: bytes) -> None:
        self._key, self._random = key, random
        self._keys = crypto.session_keys(key.secret, random)
        self._proof = b""

    def __repr__(self) -> str:
        """Tell no key."""
        return "Handshake()"

    @property
    def challenge(self) -> tuple[bytes, bytes]:
        """Security block and data of the first message."""
        return self._block(Secured.CHALLENGE), self._random

    @property
    def proof(self) -> tuple[bytes, bytes]:
        """Security block and data of the third message."""
        return self._block(Secured.PROOF), self._proof

    def believes(self, packet: Packet) -> bool:
        """Take the second message; return whether the device has the key."""
        if packet.secured != Secured.CRYPTOGRAM or len(packet.data) != _CRYPTOGRAM or packet.block[1:2] != self._kind:
            return False
        pd_random, cryptogram = packet.data[8:16], packet.data[16:]
        self._proof = crypto.acu_cryptogram(self._keys, self._random, pd_random)
        return crypto.same(cryptogram, crypto.device_cryptogram(self._keys, self._random, pd_random))

    def session(self, packet: Packet) -> Session | None:
        """Take the fourth message; return the session that it begins, None when the device does not believe us."""
        if packet.secured != Secured.ANSWERED or packet.block[1:2] != bytes((_ACCEPTED,)):
            return None
        mac = crypto.first_mac(self._keys, self._proof)
        return Session(self._keys, mac, replies=False) if crypto.same(mac, packet.data) else None

    def _block(self, step: Secured) -> bytes:
        return bytes((step,)) + self._kind

    @property
    def _kind(self) -> bytes:
        return b"\0" if self._key == DEFAULT_KEY else b"\1"
