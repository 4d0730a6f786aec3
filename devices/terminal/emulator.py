"""A card terminal on the wire: bytes in, bytes out, time as an argument. `present` a card to it.

A message goes out when the one before it was acknowledged, as ZVT wants it; a till that does not
acknowledge loses the rest.
"""

from __future__ import annotations

from collections import deque

from contracts.clock import SECOND
from contracts.ports import FaultKind
from contracts.steps import Card
from devices.terminal.apdu import Apdu
from devices.terminal.behaviour import Behaviour
from devices.terminal.business import Business, Sale
from devices.terminal.control import Control
from devices.terminal.framing import Framing, TcpFraming
from devices.terminal.journal import Journal
from devices.terminal.profile import TCP, Profile
from devices.terminal.serial import SerialFraming

ACK_NS = 5 * SECOND
"""Until it gives up on a till that does not acknowledge."""
NONSENSE = b"\x00\xff\x10\x13\x37\x06\x84\x08\x04"


class ZvtEmulator:
    """The terminal's side of one line.

    Args:
        profile: how it is set up.
        behaviour: how it (mis)behaves.
        seed: of the scenario.
    """

    def __init__(self, profile: Profile = TCP, behaviour: Behaviour | None = None, seed: int = 0) -> None:
        self._profile = profile
        self.behaviour = behaviour or Behaviour()
        self._business = Business(profile, self.behaviour, seed)
        self._now_ns = 0
        self._sent = 0
        self.hangs_up = False
        self.connect()

    @property
    def journal(self) -> Journal:
        """What it has booked."""
        return self._business.journal

    @property
    def wants_card(self) -> bool:
        """Whether it waits for a card."""
        return self._business.wants_card

    @property
    def sale(self) -> Sale | None:
        """The transaction that waits for a card, or for the bank."""
        return self._business.sale

    def connect(self) -> None:
        """Begin on a new line; what it was doing goes on."""
        self._framing: Framing = SerialFraming() if self._profile.serial else TcpFraming()
        self._waiting: deque[tuple[int, Apdu]] = deque()
        self._unacknowledged_ns: int | None = None
        self._out = bytearray()
        self.hangs_up = False

    def present(self, card: Card) -> None:
        """Hold a card against it, or put it in; without a payment that is asked for, nothing happens."""
        self._say(self._business.present(card, self._now_ns))

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; it can have all of them."""
        return self.behaviour.fault(kind)

    def feed(self, data: bytes, now_ns: int) -> None:
        """Take what came from the till."""
        self._now_ns = now_ns
        for apdu in self._framing.feed(data, now_ns):
            if apdu.control == Control.ACKNOWLEDGED:
                self._unacknowledged_ns = None
            elif apdu.control >> 8 != Control.REFUSED >> 8:
                self._obey(apdu)

    def advance(self, now_ns: int) -> bytes:
        """Let time pass, and return what goes out."""
        self._now_ns = now_ns
        self._say(self._business.advance(now_ns))
        if self._unacknowledged_ns is not None and now_ns - self._unacknowledged_ns >= ACK_NS:
            self._waiting.clear()
            self._unacknowledged_ns = None
        while self._waiting and self._may_go(*self._waiting[0]):
            self._send(self._waiting.popleft()[1])
        out, self._out = bytes(self._out + self._framing.take()), bytearray()
        return b"" if self.behaviour.silent else out

    def _obey(self, apdu: Apdu) -> None:
        answer, said = self._business.command(apdu, self._now_ns)
        at_ns = self._now_ns + self.behaviour.delay_ns
        for _ in range(self.behaviour.more_time):
            self._waiting.append((at_ns, Apdu(Control.MORE_TIME)))
            at_ns += SECOND
        self._waiting.append((at_ns, Apdu(answer)))
        self._say(said, at_ns)

    def _say(self, said: list[Apdu], at_ns: int = 0) -> None:
        """Queue messages; they go one by one."""
        due_ns = max(at_ns, self._now_ns + self.behaviour.delay_ns)
        for apdu in said:
            again = self.behaviour.duplicate_status and apdu.control == Control.STATUS
            self._waiting.extend([(due_ns, apdu)] * (1 + again))

    def _may_go(self, due_ns: int, apdu: Apdu) -> bool:
        if self.hangs_up or due_ns > self._now_ns:
            return False
        return apdu.control >= Control.ACKNOWLEDGED or self._unacknowledged_ns is None

    def _send(self, apdu: Apdu) -> None:
        if apdu.control == self.behaviour.cut_before:
            self.behaviour.cut_before, self.hangs_up = 0, True
            return
        self._sent += 1
        if apdu.control < Control.ACKNOWLEDGED:
            self._unacknowledged_ns = self._now_ns
        self._framing.send(apdu, self._now_ns)
        out = self._framing.take()
        every = self.behaviour.half_every
        if every and self._sent % every == 0:
            out = out[: len(out) // 2]
        self._out += (NONSENSE * self.behaviour.garbage)[: self.behaviour.garbage] + out
