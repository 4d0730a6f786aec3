"""How frames travel to a stack on this machine: as bytes, until it has mapped the shared memory that it is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from contracts.errors import StackDied
from contracts.proto.v1.records_pb2 import SensorRecord as Envelope
from contracts.proto.v1.stack_pb2 import Answers, Segment, Tick
from contracts.records import Frame, SensorRecord, Setup
from contracts.shared.plan import SLOTS
from contracts.shared.writer import SharedFrames
from contracts.wire import wrap_sensor


class LocalFrames:
    """Makes the ticks of one run. The first offers a segment; frames go as bytes until the answer takes it up.

    Args:
        where: the stack, for messages.
        offer: whether to offer shared memory at all.
    """

    def __init__(self, where: str, offer: bool) -> None:
        self._where, self._may_offer = where, offer
        self._frames: SharedFrames | None = None
        self._offered = False
        self.attached = False

    def tick(self, records: Sequence[SensorRecord], now_ns: int) -> Tick:
        """Return the message of one tick; call it once for each, in order."""
        if self.attached:
            return Tick(now_ns=now_ns, records=self._through_memory(records))
        tick = Tick(now_ns=now_ns, records=map(wrap_sensor, records))
        if self._may_offer:
            self._may_offer = False
            self._frames = _segment(records)
        if self._frames is not None:
            offer, self._offered = self._frames.offer, True
            tick.shared.CopyFrom(Segment(path=offer.path, size=offer.size, token=offer.token))
        return tick

    def heard(self, answers: Answers) -> None:
        """Learn from the answer to the last tick whether the stack has mapped what was offered.

        Raises:
            StackDied: it says that it has, and nothing was offered.
        """
        if self.attached:
            return
        if answers.attached and not self._offered:
            raise StackDied(
                "the stack says that it has mapped shared memory which nobody offered",
                where=self._where,
                expected="attached = false, for Tick.shared was not there",
                found="attached = true",
                hint="answer `attached` only to a tick with `shared`, once that is mapped",
            )
        if answers.attached and self._frames is not None:
            self.attached = True
        elif self._frames is not None:
            self.close()

    def close(self) -> None:
        """Let go of the memory; may be called twice."""
        if self._frames is not None:
            self._frames.close()
            self._frames = None
        self.attached = False

    def _through_memory(self, records: Sequence[SensorRecord]) -> list[Envelope]:
        """Wrap records; more frames of a camera than it has slots would overwrite one another, and go as bytes."""
        assert self._frames is not None
        seen: Counter[str] = Counter()
        shared: list[Frame] = []
        for record in records:
            if isinstance(record, Frame):
                seen[record.source] += 1
                shared += [record] if seen[record.source] <= SLOTS else []
        handles = {id(frame): found for frame, found in zip(shared, self._frames.put_all(shared), strict=True)}
        return [wrap_sensor(record, handles.get(id(record))) for record in records]


def _segment(records: Sequence[SensorRecord]) -> SharedFrames | None:
    """Return memory for the cameras of a run that begins with these records; None without cameras or without memory."""
    for record in records:
        if isinstance(record, Setup) and record.layout.cameras:
            try:
                return SharedFrames(record.layout)
            except OSError:
                return None
    return None
