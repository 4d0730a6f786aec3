"""A store with a palm reader at its gate that really recognises palms, the reference stack, and the app before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder
from contracts.clock import SECOND
from contracts.geometry import Pose
from contracts.layout import GateInfo
from contracts.records import AnswerRecord, GateCommand, PalmScan, SensorRecord
from contracts.seeds import stream
from stack.core import ReferenceStack
from stack.palm.enrol import Refused
from stack.palm.identify import Identified, Identifier
from stack.palm.keys import new_keys
from stack.palm.record import Consent
from stack.web.demo import SETUP
from stack.web.live import Live
from twin.palms import Palm, draw_palm, hand

READER = "palm-in"
GATE = GateInfo("gate-in", Pose.at(0.0, 1.0), 0.8, palm_reader=READER)
STORE = replace(SETUP, layout=replace(SETUP.layout, gates=(GATE,)))
TICK_NS = SECOND // 4
NOTHING = np.zeros((480, 400), np.uint8)


class PalmStore:
    """Orders go to the reader, and what it says goes to the stack, as in a run."""

    def __init__(self) -> None:
        draws = stream(11, "reader")
        self.reader = Identifier(new_keys(draws.bytes), draws.bytes, threads=1)
        self.palm: Palm = draw_palm(11, "ana")
        self.live = Live(ReferenceStack())
        self.now_ns, self._shown = 0, 0
        self.orders: list[PalmOrder] = []
        self.opened = 0
        self._waits: PalmOrder | None = None
        self._feed([STORE])

    def wait(self, seconds: float) -> None:
        """Let time pass, tick by tick."""
        for _ in range(round(seconds * SECOND / TICK_NS)):
            self.now_ns += TICK_NS
            self._feed(self.live.read(self.now_ns))

    def hold(self, *, empty: bool = False) -> None:
        """Hold ana's palm over the reader, or nothing: three times where it waits to enrol somebody, else once."""
        order, self._waits = self._waits, None
        if order is None:
            found = self.reader.identify(self._picture())
            handle = found.handle if isinstance(found, Identified) else ""
            self._feed([PalmScan(t_ns=self.now_ns, source=READER, handle=handle)])
            return
        consent = Consent(order.account, order.t_ns, order.wording)
        made = self.reader.enrol(consent, [NOTHING if empty else self._picture() for _ in range(3)])
        handle, why = ("", made.why) if isinstance(made, Refused) else (made.handle, "")
        self._feed([PalmEnrolled(t_ns=self.now_ns, source=READER, key=order.key, handle=handle, why=why)])

    def _picture(self) -> NDArray[np.uint8]:
        self._shown += 1
        return hand(self.palm, f"shown-{self._shown}")

    def _feed(self, records: Sequence[SensorRecord]) -> None:
        for answer in self.live.feed(records, self.now_ns):
            self._take(answer)

    def _take(self, answer: AnswerRecord) -> None:
        if isinstance(answer, GateCommand):
            self.opened += 1
        if not isinstance(answer, PalmOrder):
            return
        self.orders.append(answer)
        if answer.action is PalmAction.ENROL:
            self._waits = answer
        else:
            self.reader.delete(answer.handle)
