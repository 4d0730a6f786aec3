"""One hand over the reader: when pictures are looked at, and what is told of it, once. No I/O."""

from __future__ import annotations

from enum import StrEnum

from contracts.clock import MILLISECOND
from contracts.palms import PalmAnswer
from devices.palm.seams import Image

LIT, SHARE = 60, 0.08
"""A hand sends the lamp's light back and fills a good part of the picture; what is behind it is dark. Our choice."""
TRIES = 5
"""Pictures that a matcher gets of one hand. Our choice; half of those turned down are held better by then."""
GONE_NS = 300 * MILLISECOND
"""So long nothing is seen over the reader before the next hand can be."""


class State(StrEnum):
    """Where a presentation stands."""

    EMPTY = "nothing is over it"
    LOOKING = "a hand is looked at"
    TOLD = "the hand that was told of is still there"


def hand_there(image: Image) -> bool:
    """Whether something lit is before the camera."""
    return float((image[::8, ::8] > LIT).mean()) >= SHARE


class Presentation:
    """Goes from hand to hand."""

    def __init__(self) -> None:
        self.state = State.EMPTY
        self._tries = 0
        self._seen_ns = 0
        self._there = False
        self._last: PalmAnswer | None = None

    def sees(self, there: bool, now_ns: int) -> bool:
        """Take whether a hand is in a picture; return whether the picture is to be looked at."""
        self._there = there
        if there:
            self._seen_ns = now_ns
            if self.state is State.EMPTY:
                self.state, self._tries, self._last = State.LOOKING, 0, None
        return there and self.state is State.LOOKING

    def answered(self, answer: PalmAnswer) -> PalmAnswer | None:
        """Take what the matcher says; return what is told, None while it may look again."""
        if self.state is not State.LOOKING:
            return None
        self._tries, self._last = self._tries + 1, answer
        if answer.handle or self._tries >= TRIES:
            self.state = State.TOLD
            return answer
        return None

    def passes(self, now_ns: int) -> PalmAnswer | None:
        """Let time pass; return what is told of a hand that was taken away before it was known."""
        if self._there or self.state is State.EMPTY or now_ns - self._seen_ns < GONE_NS:
            return None
        told = self._last if self.state is State.LOOKING else None
        self.state = State.EMPTY
        return told
