"""A secure channel that stands: signs and encrypts one side's messages, checks and decrypts the other's. No I/O.

Each MAC begins where the other side's last one ended, so a message that is lost, doubled or made up breaks the chain;
then the session is over and a new one is begun.
"""

from __future__ import annotations

from dataclasses import replace

from devices.osdp import crypto
from devices.osdp.codes import Secured
from devices.osdp.packet import MAC, Packet


class Session:
    """One side of a session.

    Args:
        keys: of the session.
        mac: that it begins with, 16 bytes.
        replies: whether this side sends replies, else commands.
    """

    def __init__(self, keys: crypto.SessionKeys, mac: bytes, *, replies: bool) -> None:
        self._keys, self._replies = keys, replies
        self._mac = mac
        """Of the message before the next one, whoever sent it."""

    def __repr__(self) -> str:
        """Tell no key."""
        return f"Session(replies={self._replies})"

    def seal(self, packet: Packet) -> bytes:
        """Return a packet's bytes, signed, and encrypted where it has data."""
        kind = Secured.REPLY if self._replies else Secured.COMMAND
        if packet.data:
            data = crypto.encrypt(self._keys, self._mac, packet.data)
            packet = replace(packet, block=bytes((kind + 2,)), data=data)
        else:
            packet = replace(packet, block=bytes((kind,)))
        return packet.pack(self._sign)

    def open(self, packet: Packet) -> Packet | None:
        """Return a packet in clear, None when it does not belong here; then the session is over."""
        plain, kind = (Secured.COMMAND, Secured.COMMAND_DATA) if self._replies else (Secured.REPLY, Secured.REPLY_DATA)
        if packet.secured not in (plain, kind):
            return None
        before = self._mac
        if not crypto.same(self._sign(packet.signed)[:MAC], packet.mac):
            return None
        if packet.secured == plain:
            return packet if not packet.data else None
        # Some devices mark an empty message as one with data. libosdp forgives it, and so do we.
        data = crypto.decrypt(self._keys, before, packet.data) if packet.data else b""
        return None if data is None else replace(packet, data=data)

    def _sign(self, data: bytes) -> bytes:
        self._mac = crypto.mac_of(self._keys, self._mac, data)
        return self._mac
