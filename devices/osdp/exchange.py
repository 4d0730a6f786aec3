"""One command at a time: sent, answered by the packet with its number, sent again, given up. No I/O.

A command that is sent again is the same bytes: a device that had answered it already answers with the same bytes too.
"""

from __future__ import annotations

from collections import Counter

from devices.osdp.codes import Nak, Reply
from devices.osdp.link import Link
from devices.osdp.packet import EVERYBODY, MARK, Packet, next_sequence
from devices.osdp.trouble import Trouble

MOST_WAITS = 10
"""A reply that dribbles in may take so many times as long as one that does not come."""


class Exchange:
    """The command under way.

    Args:
        link: how to talk.
        troubles: where to count.
    """

    def __init__(self, link: Link, troubles: Counter[Trouble]) -> None:
        self._link, self._troubles = link, troubles
        self._raw = b""
        self._attempts = 0
        self._began_ns = self._heard_ns = self._busy_until_ns = 0
        self.sent_ns = 0
        self.sequence = 0
        """Of the next command, or of the one under way."""
        self.under_way = False

    def begin(self, raw: bytes, now_ns: int) -> bytes:
        """Return the bytes of a new command as they go out."""
        self._raw, self._attempts, self.under_way = bytes((MARK,)) + raw, 1, True
        self._began_ns = self.sent_ns = self._heard_ns = now_ns
        self._busy_until_ns = 0
        return self._raw

    def restart(self) -> None:
        """Forget the command under way; the next one begins anew."""
        self.under_way, self.sequence = False, 0

    def hears(self, now_ns: int) -> None:
        """Bytes are coming in."""
        self._heard_ns = now_ns

    def answers(self, packet: Packet) -> bool:
        """Whether a packet is the answer to the command under way."""
        mine = self._link.address in (packet.address, EVERYBODY)
        # A device that lost count says so with a number of its own.
        lost_count = packet.code == Reply.NAK and not packet.block and packet.data[:1] == bytes((Nak.SEQUENCE,))
        right = packet.sequence == self.sequence or lost_count
        if self.under_way and mine and right:
            return True
        self._troubles[Trouble.STRAY] += 1
        return False

    def is_busy(self, packet: Packet, now_ns: int) -> bool:
        """Whether a packet says that the device is busy: the command is sent again later."""
        if packet.code != Reply.BUSY or packet.block or not self.under_way:
            return False
        self._troubles[Trouble.BUSY] += 1
        self._busy_until_ns = now_ns + self._link.poll_ns
        self._attempts = 0
        return True

    def done(self) -> None:
        """The command was answered."""
        self.under_way, self.sequence = False, next_sequence(self.sequence)

    def holds(self, now_ns: int) -> bool:
        """Whether an answer may still come. While a device is busy, or is to be asked again, others may speak."""
        return self.under_way and self._attempts > 0 and not self._silent(now_ns)

    def gave_up(self, now_ns: int) -> bool:
        """Whether the command under way has failed."""
        spent = self._attempts >= self._link.attempts and self._silent(now_ns)
        busy = now_ns - self._began_ns >= self._link.busy_ns
        return self.under_way and (spent or busy)

    def again(self, now_ns: int) -> bytes:
        """Return the command once more, if that is due."""
        due = now_ns >= self._busy_until_ns if self._attempts == 0 else self._silent(now_ns)
        if not due or self._attempts >= self._link.attempts:
            return b""
        if self._attempts:
            self._troubles[Trouble.AGAIN] += 1
        self._attempts += 1
        self.sent_ns = self._heard_ns = now_ns
        return self._raw

    def _silent(self, now_ns: int) -> bool:
        late = now_ns - self._heard_ns >= self._link.reply_ns
        return late or now_ns - self.sent_ns >= MOST_WAITS * self._link.reply_ns
