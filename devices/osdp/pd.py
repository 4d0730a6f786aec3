"""A device's side of OSDP: packets of the ACU in, replies out. No I/O; time is an argument."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import replace

from contracts.clock import SECOND
from devices.osdp.codes import Command, Nak, Reply, Secured
from devices.osdp.identity import Capabilities
from devices.osdp.link import Link
from devices.osdp.packet import EVERYBODY, Packet, next_sequence
from devices.osdp.panel import ACK, IDENTITY, Panel, Said, nak
from devices.osdp.pd_table import Event, Trust
from devices.osdp.showing import pack_line, read_key, read_line
from devices.osdp.stream import PacketStream
from devices.osdp.trouble import Trouble
from devices.osdp.trust import Channel

MOST_WAITING = 64
SILENT_NS = 8 * SECOND
"""After so long without the ACU the secure channel is over. Source: libosdp."""
_IN_CLEAR = frozenset({Command.ID, Command.CAP})

Obey = Callable[[int, bytes], Said | None]
"""What a reader does with a command beside those of every reader; None when it does not know it."""


class Pd:
    """One device.

    Args:
        link: how to talk; its key is the device's, its `install` says that it takes the key that everybody knows.
        capabilities: beside those of every reader.
        obey: does what is not every reader's.
        random: returns 8 bytes that nobody can guess.
        strict: with a key, obeys in the secure channel only.
    """

    def __init__(
        self, link: Link, capabilities: Capabilities, obey: Obey, random: Callable[[], bytes], *, strict: bool = True
    ) -> None:
        self.address = link.address
        self.troubles: Counter[Trouble] = Counter()
        self.panel = Panel(capabilities)
        self.channel = Channel(link.key, IDENTITY.unit, random, self.troubles, install=link.install)
        self._obey, self._strict = obey, strict and link.key is not None
        self._stream = PacketStream(replies=False, troubles=self.troubles)
        self._events: deque[Said] = deque()
        self._taken: Packet | None = None
        self._reply = b""
        self._heard_ns = 0

    def tell(self, code: int, data: bytes) -> None:
        """Answer a later poll so."""
        if len(self._events) < MOST_WAITING:
            self._events.append((code, data))
        else:
            self.troubles[Trouble.DROPPED] += 1

    def reboot(self) -> None:
        """Lose what is not written down: the count of packets, the channel, what stood to be told."""
        self._taken, self._reply = None, b""
        self._events.clear()
        self._stream.clear()
        self.channel.move(Event.RESTARTED)

    def busy(self) -> bytes:
        """Return the reply that says so; the command is not taken."""
        return Packet(self.address, 0, Reply.BUSY, reply=True).pack()

    def feed(self, data: bytes, now_ns: int) -> list[Packet]:
        """Take what came; return the packets for this device."""
        if now_ns - self._heard_ns >= SILENT_NS:
            self.channel.move(Event.SILENT)
        mine = [p for p in self._stream.feed(data, now_ns) if p.address in (self.address, EVERYBODY)]
        self._heard_ns = now_ns if mine else self._heard_ns
        return mine

    def answer(self, packet: Packet) -> bytes:
        """Return the bytes that answer a packet for this device."""
        if packet.sequence == 0:
            self.channel.move(Event.RESTARTED)
        elif packet == self._taken:
            self.troubles[Trouble.AGAIN] += 1
            return self._reply
        elif self._taken is None or packet.sequence != next_sequence(self._taken.sequence):
            self.troubles[Trouble.SEQUENCE] += 1
            return self._pack(packet, b"", nak(Nak.SEQUENCE))
        self._taken, self._reply = packet, self._respond(packet)
        return self._reply

    def _respond(self, packet: Packet) -> bytes:
        if packet.secured in (Secured.CHALLENGE, Secured.PROOF):
            block, code, data = self.channel.shake(packet)
            return self._pack(packet, block, (code, data))
        session = self.channel.session
        if session is None:
            refuses = packet.block or (self._strict and packet.code not in _IN_CLEAR)
            return self._pack(packet, b"", nak(Nak.SECURITY_NEEDED) if refuses else self._do(packet))
        opened = session.open(packet) if packet.block else None
        if opened is None:
            self.troubles[Trouble.FORGED if packet.block else Trouble.UNSECURED] += 1
            self.channel.move(Event.FORGED)
            return self._pack(packet, b"", nak(Nak.SECURITY_NEEDED))
        address = self.address
        code, data = self._do(opened)
        return session.seal(replace(packet, address=address, code=code, data=data, reply=True, block=b""))

    def _pack(self, packet: Packet, block: bytes, said: Said) -> bytes:
        code, data = said
        return Packet(packet.address, packet.sequence, code, data, reply=True, crc=packet.crc, block=block).pack()

    def _do(self, packet: Packet) -> Said:
        match packet.code:
            case Command.POLL:
                return self._events.popleft() if self._events else ACK
            case Command.COMSET:
                return self._move(packet.data)
            case Command.KEYSET:
                return self._key(packet.data)
            case _:
                said = self.panel.obey(packet.code, packet.data) or self._obey(packet.code, packet.data)
                if said is None or said[0] == Reply.NAK:
                    self.troubles[Trouble.REFUSED] += 1
                return said or nak(Nak.UNKNOWN)

    def _move(self, data: bytes) -> Said:
        """Take another address; the speed is the line's affair, and stays."""
        line = read_line(data)
        if line is None or line[0] >= EVERYBODY:
            return nak(Nak.LENGTH)
        self.address = line[0]
        return Reply.COM, pack_line(*line)

    def _key(self, data: bytes) -> Said:
        key = read_key(data)
        if self.channel.trust is not Trust.SECURE:
            return nak(Nak.SECURITY_NEEDED)
        if key is None:
            return nak(Nak.LENGTH)
        self.channel.set_key(key)
        self._strict = True
        return ACK
