"""A device's side of the secure channel: answers challenges, and keeps the session that follows. No I/O."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from devices.osdp import crypto
from devices.osdp.codes import Nak, Reply, Secured
from devices.osdp.keys import DEFAULT_KEY, Key
from devices.osdp.packet import Packet
from devices.osdp.pd_table import TABLE, Event, Trust
from devices.osdp.session import Session
from devices.osdp.trouble import Trouble

Answer = tuple[bytes, int, bytes]
"""Security block, code and data of a reply."""


def refused(nak: Nak) -> Answer:
    """Return a refusal."""
    return b"", Reply.NAK, bytes((nak,))


class Channel:
    """The secure channel of one device.

    Args:
        key: its own; None while it was given none.
        unit: the 8 bytes that name the device.
        random: returns 8 bytes that nobody can guess.
        troubles: where to count.
        install: it also takes the key that everybody knows.
    """

    def __init__(
        self, key: Key | None, unit: bytes, random: Callable[[], bytes], troubles: Counter[Trouble], *, install: bool
    ) -> None:
        self._key, self._unit, self._random, self._troubles = key, unit, random, troubles
        self._install = install
        self.trust = Trust.CLEAR
        self.session: Session | None = None
        self._keys: crypto.SessionKeys | None = None
        self._acu_random = self._pd_random = b""
        self._kind = b"\1"

    def move(self, event: Event) -> None:
        """Go where the table says; what has no place in it changes nothing."""
        self.trust = TABLE.get((self.trust, event), self.trust)
        if self.trust is not Trust.SECURE:
            self.session = None

    def set_key(self, key: Key) -> None:
        """Take a new key: the channel must be begun anew with it."""
        self._key, self._install = key, False
        self.move(Event.KEY_SET)

    def shake(self, packet: Packet) -> Answer:
        """Answer a step of the handshake."""
        if packet.secured == Secured.CHALLENGE and len(packet.data) == crypto.RANDOM:
            return self._challenged(packet)
        if packet.secured == Secured.PROOF and len(packet.data) == crypto.BLOCK:
            return self._proved(packet.data)
        return refused(Nak.LENGTH)

    def _challenged(self, packet: Packet) -> Answer:
        default = packet.block[1:2] == b"\0" and self._install
        key = DEFAULT_KEY if default else self._key
        if key is None:
            return refused(Nak.NO_SECURITY)
        self._kind = b"\0" if default else b"\1"
        self._acu_random, self._pd_random = packet.data, self._random()
        self._keys = crypto.session_keys(key.secret, packet.data)
        self.move(Event.CHALLENGED)
        proof = crypto.device_cryptogram(self._keys, self._acu_random, self._pd_random)
        return self._block(Secured.CRYPTOGRAM), Reply.CCRYPT, self._unit + self._pd_random + proof

    def _proved(self, proof: bytes) -> Answer:
        keys, expected = self._keys, b""
        if keys is not None and self.trust is Trust.CHALLENGED:
            expected = crypto.acu_cryptogram(keys, self._acu_random, self._pd_random)
        if keys is None or not crypto.same(proof, expected):
            self._troubles[Trouble.KEY] += 1
            self.move(Event.DISPROVED)
            return refused(Nak.NO_SECURITY)
        mac = crypto.first_mac(keys, proof)
        self.move(Event.PROVED)
        self.session = Session(keys, mac, replies=True)
        return bytes((Secured.ANSWERED, 1)), Reply.RMAC_I, mac

    def _block(self, step: Secured) -> bytes:
        return bytes((step,)) + self._kind
