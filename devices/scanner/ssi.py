"""The host's side of Zebra SSI: takes codes, answers each packet, sends commands and waits for their answers.

A packet sent again (STATUS bit 0) that equals the last one taken is answered and dropped: our answer was lost. Should
the first sending of a second equal code be damaged within the seconds in which the sender repeats, that code is dropped
with it: a missed reading is shown again by whoever holds the code, while one delivered twice is charged twice.

Sources: Zebra 72E-40451; Symbol SE-923 guide 6-15; DS9908 guide p. 247.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from contracts.codes.symbols import split_aim
from devices.scanner.codec import LONGEST_CODE, CodeRead, Trouble
from devices.scanner.ssi_exchange import ATTEMPTS, RESPONSE_NS, Exchange
from devices.scanner.ssi_frame import Frame, FrameReader, Nak, Op, Side, Status
from devices.scanner.ssi_types import NOT_TOLD, aim_of
from devices.scanner.text import TextProfile

WAKE_UP = b"\x00"


@dataclass(frozen=True, slots=True)
class SsiProfile:
    r"""How one scanner is set up.

    Args:
        prefix: before each code within its packet.
        suffix: after it; b"\r" on some.
        aim: the data begins with an AIM id, which then counts for more than the bar code type.
        response_ns: how long to wait for an answer, parameter 0x9B.
        sleeps: it sleeps, and each command must be preceded by a byte that wakes it.
        kind_in_each: every packet of a long code begins with the bar code type, not only the first. Not found in
            a manual: try it.
        most_bytes: the longest code.
    """

    prefix: bytes = b""
    suffix: bytes = b""
    aim: bool = False
    response_ns: int = RESPONSE_NS
    sleeps: bool = False
    kind_in_each: bool = True
    most_bytes: int = LONGEST_CODE


class SsiCodec:
    """The host's side."""

    def __init__(self, profile: SsiProfile) -> None:
        self.profile = profile
        self.troubles: Counter[Trouble] = Counter()
        self.revision = ""
        self._frames = FrameReader(Side.DECODER, self.troubles)
        self._exchange = Exchange(self.troubles, profile.response_ns)
        self._out = bytearray()
        self._parts: list[bytes] = []
        self._too_long = False
        self._last = Frame(0, Side.DECODER)
        self._last_ns = -(ATTEMPTS * profile.response_ns)

    def feed(self, data: bytes, now_ns: int) -> list[CodeRead]:
        """Take what has come; return the codes that are complete."""
        frames = self._frames.feed(data, now_ns)
        if self._frames.damaged and not frames:
            self._answer(Op.CMD_NAK, bytes((Nak.RESEND,)))
        if self._parts and now_ns - self._last_ns > ATTEMPTS * self.profile.response_ns:
            self._give_up(Trouble.HALF)
        found = [read for frame in frames for read in self._take(frame, now_ns)]
        self._pump(now_ns)
        return found

    def to_send(self) -> bytes:
        """Return what the scanner must be sent now, once."""
        data = bytes(self._out)
        self._out.clear()
        return data

    def scan(self, on: bool, now_ns: int) -> None:
        """Let it read codes, or let it go dark."""
        self.command(Op.SCAN_ENABLE if on else Op.SCAN_DISABLE, b"", now_ns)

    @property
    def told(self) -> str:
        """Its revision, once it was told; "" before."""
        return self.revision

    def who(self, now_ns: int) -> None:
        """Ask for its revision."""
        self.revision = ""
        self.command(Op.REQUEST_REVISION, b"", now_ns)

    def command(self, op: Op, data: bytes, now_ns: int) -> None:
        """Send a command, after those that still wait for an answer."""
        self._exchange.put(Frame(op, Side.HOST, data))
        self._pump(now_ns)

    def _pump(self, now_ns: int) -> None:
        command = self._exchange.due(now_ns)
        self._out += WAKE_UP + command if command and self.profile.sleeps else command

    def _take(self, frame: Frame, now_ns: int) -> list[CodeRead]:
        match frame.op:
            case Op.CMD_ACK:
                self._exchange.answered(now_ns)
            case Op.CMD_NAK:
                self._refused(frame, now_ns)
            case Op.REPLY_REVISION:
                self.revision = frame.data.decode("ascii", "replace")
                self._exchange.answered(now_ns)
            case Op.DECODE_DATA:
                return self._code(frame, now_ns)
            case Op.EVENT:
                self._answer(Op.CMD_ACK)
            case _:
                self._answer(Op.CMD_NAK, bytes((Nak.BAD_CONTEXT,)))
        return []

    def _refused(self, frame: Frame, now_ns: int) -> None:
        if frame.data[:1] == bytes((Nak.RESEND,)):
            self._exchange.again()
        else:
            self._exchange.refused(now_ns)

    def _code(self, frame: Frame, now_ns: int) -> list[CodeRead]:
        """Answer a packet with a code or a part of one; return the code when it is whole."""
        self._answer(Op.CMD_ACK)
        if frame.status & Status.RETRANSMIT and self._taken_before(frame, now_ns):
            self.troubles[Trouble.DUPLICATE] += 1
            return []
        self._last, self._last_ns = frame, now_ns
        if not self._too_long:
            self._parts.append(frame.data)
        if sum(len(part) + 1 for part in self._parts) > 2 * self.profile.most_bytes:
            self._too_long = True
            self._give_up(Trouble.TOO_LONG)
        if frame.status & Status.CONTINUED:
            return []
        self._too_long = False
        return self._whole() if self._parts else []

    def _taken_before(self, frame: Frame, now_ns: int) -> bool:
        recent = now_ns - self._last_ns <= ATTEMPTS * self.profile.response_ns
        return recent and (frame.op, frame.data) == (self._last.op, self._last.data)

    def _whole(self) -> list[CodeRead]:
        first, rest = self._parts[0], self._parts[1:]
        self._parts = []
        body = first[1:] + b"".join(part[1:] if self.profile.kind_in_each else part for part in rest)
        body = body.removeprefix(self.profile.prefix).removesuffix(self.profile.suffix)
        aim_id, code = split_aim(body) if self.profile.aim else ("", body)
        return [CodeRead(code, aim_id or aim_of(first[0] if first else NOT_TOLD))] if code else []

    def _give_up(self, trouble: Trouble) -> None:
        self.troubles[trouble] += 1
        self._parts = []

    def _answer(self, op: Op, data: bytes = b"") -> None:
        self._out += Frame(op, Side.HOST, data).pack()


def raw_profile() -> TextProfile:
    """Return SSI without packets (parameter 0xEE is 0): codes are text that nobody answers; commands stay packets."""
    answers = (Frame(Op.CMD_ACK, Side.DECODER), *(Frame(Op.CMD_NAK, Side.DECODER, bytes((cause,))) for cause in Nak))
    return TextProfile(
        on=Frame(Op.SCAN_ENABLE, Side.HOST).pack(),
        off=Frame(Op.SCAN_DISABLE, Side.HOST).pack(),
        replies=tuple(answer.pack() for answer in answers),
    )
