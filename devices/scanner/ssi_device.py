"""The decoder's side of Zebra SSI. Source: Zebra 72E-40451."""

from __future__ import annotations

from collections import Counter

from devices.scanner.codec import Trouble
from devices.scanner.device_side import Sent
from devices.scanner.ssi import SsiProfile
from devices.scanner.ssi_exchange import Exchange
from devices.scanner.ssi_frame import MOST_DATA, Frame, FrameReader, Nak, Op, Side, Status
from devices.scanner.ssi_types import kind_of

REVISION = b"EMULATED-1.0"
_OBEYED = frozenset({Op.PARAM_SEND, Op.START_SESSION, Op.STOP_SESSION, Op.BEEP})


class SsiDevice:
    """A decoder that packs its codes and waits for ACK."""

    def __init__(self, profile: SsiProfile) -> None:
        self.profile = profile
        self.reading = True
        self.troubles: Counter[Trouble] = Counter()
        self._frames = FrameReader(Side.HOST, self.troubles)
        self._exchange = Exchange(self.troubles, profile.response_ns)
        self._replies: list[Sent] = []

    @property
    def reply(self) -> bytes:
        """What answers a command."""
        return Frame(Op.CMD_ACK, Side.DECODER).pack()

    def show(self, code: bytes, aim_id: str) -> None:
        """Read a code, if it reads codes now; a long one goes out in several packets."""
        if not self.reading:
            return
        aim = aim_id.encode("ascii") if self.profile.aim else b""
        body, kind = self.profile.prefix + aim + code + self.profile.suffix, bytes((kind_of(aim_id),))
        parts = self._parts(kind, body)
        for part in parts:
            more = Status.CONTINUED if part is not parts[-1] else Status.NONE
            self._exchange.put(Frame(Op.DECODE_DATA, Side.DECODER, part, more))

    def feed(self, data: bytes, now_ns: int) -> None:
        """Take what the host sent."""
        frames = self._frames.feed(data, now_ns)
        if self._frames.damaged and not frames:
            self._nak(Nak.RESEND)
        for frame in frames:
            self._take(frame, now_ns)

    def to_send(self, now_ns: int) -> list[Sent]:
        """Return what the host must be sent now, once."""
        replies, self._replies = self._replies, []
        packet = self._exchange.due(now_ns)
        return [*replies, Sent(packet)] if packet else replies

    def _parts(self, kind: bytes, body: bytes) -> list[bytes]:
        room = MOST_DATA - 1
        chunks = [body[start : start + room] for start in range(0, len(body), room)] or [b""]
        return [(kind if not number or self.profile.kind_in_each else b"") + part for number, part in enumerate(chunks)]

    def _take(self, frame: Frame, now_ns: int) -> None:
        match frame.op:
            case Op.CMD_ACK:
                self._exchange.answered(now_ns)
            case Op.CMD_NAK if frame.data[:1] == bytes((Nak.RESEND,)):
                self._exchange.again()
            case Op.CMD_NAK:
                self._exchange.refused(now_ns)
            case Op.REQUEST_REVISION:
                self._replies.append(Sent(Frame(Op.REPLY_REVISION, Side.DECODER, REVISION).pack(), code=False))
            case Op.SCAN_ENABLE | Op.SCAN_DISABLE:
                self.reading = frame.op == Op.SCAN_ENABLE
                self._ack()
            case Op.FLUSH_QUEUE:
                self._exchange.flush()
                self._ack()
            case op if op in _OBEYED:
                self._ack()
            case _:
                self._nak(Nak.DENIED)

    def _ack(self) -> None:
        self._replies.append(Sent(self.reply, code=False))

    def _nak(self, cause: Nak) -> None:
        self._replies.append(Sent(Frame(Op.CMD_NAK, Side.DECODER, bytes((cause,))).pack(), code=False))
