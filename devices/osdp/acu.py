"""The ACU's side of OSDP, played by the table of `acu_table`. No I/O; time is an argument."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from devices.osdp.acu_table import TABLE, State, Turn
from devices.osdp.codes import Command, Nak, Reply
from devices.osdp.exchange import Exchange
from devices.osdp.handshake import Handshake
from devices.osdp.identity import Capabilities, Identity, read_capabilities, read_identity
from devices.osdp.keys import DEFAULT_KEY, Key
from devices.osdp.link import Link
from devices.osdp.packet import Packet
from devices.osdp.session import Session
from devices.osdp.showing import pack_key
from devices.osdp.stream import PacketStream
from devices.osdp.trouble import Trouble

MOST_KEPT = 64
"""Commands that wait, and answers that nobody fetched."""
_LOST = frozenset({Nak.SEQUENCE, Nak.NO_SECURITY, Nak.SECURITY_NEEDED})
_HANDS = frozenset({State.CHALLENGE, State.PROVE, State.INSTALL, State.INSTALL_PROVE})


@dataclass(frozen=True, slots=True)
class Heard:
    """What a device answered.

    Args:
        command: to what.
        reply: its code.
        data: in clear. Hidden in prints.
    """

    command: int
    reply: int
    data: bytes = field(default=b"", repr=False)


class Acu:
    """The ACU of one device.

    Args:
        link: how to talk.
        random: returns 8 bytes that nobody can guess.
    """

    def __init__(self, link: Link, random: Callable[[], bytes]) -> None:
        self.link, self._random = link, random
        self.troubles: Counter[Trouble] = Counter()
        self.state, self.last = State.START, Turn.SILENT
        self.identity: Identity | None = None
        self.capabilities: Capabilities = {}
        self.refusal = 0
        """Why the device refused last."""
        self.heard_ns: int | None = None
        """When it answered last, None when it never did."""
        self.round_trip_ns = 0
        """From the last command to its answer."""
        self.works = False
        """Whether it has answered since it was ready: a strict device in clear never does."""
        self.breaks = 0
        """How often the channel or the count was lost since it worked last."""
        self.sessions = 0
        """How often it was ready anew: what was asked before may be forgotten."""
        self._stream = PacketStream(replies=True, troubles=self.troubles)
        self._exchange = Exchange(link, self.troubles)
        self._handshake: Handshake | None = None
        self._session: Session | None = None
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._heard: deque[Heard] = deque()
        self._code, self._not_before_ns, self._polled_ns = 0, 0, -link.poll_ns

    @property
    def ready(self) -> bool:
        """Whether polls and commands are answered."""
        return self.state is State.READY

    def holds(self, now_ns: int) -> bool:
        """Whether nobody else may speak on the line: an answer is due."""
        return self._exchange.holds(now_ns)

    def command(self, code: int, data: bytes = b"") -> bool:
        """Queue a command; return False when too many wait."""
        room = len(self._waiting) < MOST_KEPT
        if room:
            self._waiting.append((code, data))
        else:
            self.troubles[Trouble.DROPPED] += 1
        return room

    def feed(self, data: bytes, now_ns: int) -> list[Heard]:
        """Take what came, b"" when only time has passed; return what the device answered to polls and commands."""
        if data:
            self._exchange.hears(now_ns)
        for packet in self._stream.feed(data, now_ns):
            if not self._exchange.is_busy(packet, now_ns) and self._exchange.answers(packet):
                self.heard_ns, self.round_trip_ns = now_ns, now_ns - self._exchange.sent_ns
                self._move(self._read(packet), now_ns)
        if self._exchange.gave_up(now_ns):
            self.troubles[Trouble.UNANSWERED] += 1
            self._move(Turn.SILENT, now_ns)
        found = list(self._heard)
        self._heard.clear()
        return found

    def to_send(self, now_ns: int) -> bytes:
        """Return what the device must be sent now, once."""
        if self._exchange.under_way:
            return self._exchange.again(now_ns)
        if now_ns < self._not_before_ns:
            return b""
        asked = self._ask(now_ns)
        if asked is None:
            return b""
        self._code, block, data = asked
        packet = Packet(self.link.address, self._exchange.sequence, self._code, data, crc=self.link.crc, block=block)
        return self._exchange.begin(packet.pack() if self._session is None else self._session.seal(packet), now_ns)

    def lost(self, now_ns: int) -> list[Heard]:
        """Take note that the line is gone."""
        self.troubles[Trouble.LOST] += 1
        self._stream.clear()
        self._move(Turn.SILENT, now_ns)
        return []

    def _ask(self, now_ns: int) -> tuple[int, bytes, bytes] | None:
        """Return code, security block and data of the next command."""
        match self.state:
            case State.START:
                return Command.ID, b"", b"\0"
            case State.DESCRIBE:
                return Command.CAP, b"", b"\0"
            case State.CHALLENGE | State.INSTALL:
                key = self.link.key if self.state is State.CHALLENGE else DEFAULT_KEY
                assert key is not None
                self._handshake = Handshake(key, self._random())
                return Command.CHLNG, *self._handshake.challenge
            case State.PROVE | State.INSTALL_PROVE:
                assert self._handshake is not None
                return Command.SCRYPT, *self._handshake.proof
            case State.KEY:
                assert isinstance(self.link.key, Key)
                return Command.KEYSET, b"", pack_key(self.link.key)
            case State.READY:
                return self._next(now_ns)

    def _next(self, now_ns: int) -> tuple[int, bytes, bytes] | None:
        if self._waiting:
            code, data = self._waiting.popleft()
            return code, b"", data
        if now_ns - self._polled_ns < self.link.poll_ns:
            return None
        self._polled_ns = now_ns
        return Command.POLL, b"", b""

    def _read(self, packet: Packet) -> Turn:
        """Return what an answer amounts to."""
        opened = self._open(packet)
        if opened is None:
            return Turn.BROKEN
        if opened.code == Reply.NAK:
            self.refusal = opened.data[0] if opened.data else 0
            self.troubles[Trouble.REFUSED] += 1
            if self.state not in _HANDS and self.refusal in _LOST:
                return Turn.BROKEN
        return self._meaning(opened)

    def _open(self, packet: Packet) -> Packet | None:
        """Return an answer in clear, None when the secure channel is lost."""
        if self._session is None:
            return packet
        if packet.block:
            opened = self._session.open(packet)
            if opened is None:
                self.troubles[Trouble.FORGED] += 1
            return opened
        if self.state is State.KEY and packet.code == Reply.ACK:
            return packet  # libosdp's devices forget the channel before they acknowledge the new key
        if packet.code != Reply.NAK:
            self.troubles[Trouble.UNSECURED] += 1
        return None

    def _meaning(self, packet: Packet) -> Turn:
        match self.state:
            case State.START:
                self.identity = read_identity(packet.data) if packet.code == Reply.PDID else None
                return Turn.ANSWERED
            case State.DESCRIBE:
                self.capabilities = read_capabilities(packet.data) if packet.code == Reply.PDCAP else {}
                return Turn.NO_CHANNEL if self.link.key is None else Turn.ANSWERED
            case State.KEY:
                return Turn.ANSWERED if packet.code == Reply.ACK else Turn.REFUSED
            case State.READY:
                return self._told(packet)
            case _:
                return self._shake(packet)

    def _shake(self, packet: Packet) -> Turn:
        assert self._handshake is not None
        if self.state in (State.CHALLENGE, State.INSTALL):
            right = packet.code == Reply.CCRYPT and self._handshake.believes(packet)
        else:
            self._session = self._handshake.session(packet) if packet.code == Reply.RMAC_I else None
            right = self._session is not None
        if right:
            return Turn.ANSWERED
        self.troubles[Trouble.KEY] += 1
        may_set = self.link.install and self.state in (State.CHALLENGE, State.PROVE)
        return Turn.NO_KEY if may_set else Turn.WRONG_KEY

    def _told(self, packet: Packet) -> Turn:
        if self._code != Command.POLL or packet.code != Reply.ACK:
            if len(self._heard) < MOST_KEPT:
                self._heard.append(Heard(self._code, packet.code, packet.data))
            else:
                self.troubles[Trouble.DROPPED] += 1
        return Turn.REFUSED if packet.code == Reply.NAK else Turn.ANSWERED

    def _move(self, turn: Turn, now_ns: int) -> None:
        """Go where the table says."""
        before, self.state, self.last = self.state, TABLE[self.state, turn], turn
        self._exchange.done()
        self.works = self.state is State.READY and (self.works or (turn is Turn.ANSWERED and before is State.READY))
        self.breaks = 0 if self.works else self.breaks + (turn is Turn.BROKEN)
        if self.state in (State.START, State.CHALLENGE, State.INSTALL):
            self._session = None
        if self.state is State.START:
            self._exchange.restart()
            # One that lost the channel is asked at once; one that goes on so, is silent or has another key has a rest.
            self._not_before_ns = now_ns + (0 if turn is Turn.BROKEN and self.breaks == 1 else self.link.pause_ns)
        if self.state is State.READY and before is not State.READY:
            self.sessions += 1
