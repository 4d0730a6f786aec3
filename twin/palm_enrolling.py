"""Enrolling at a palm reader of the twin: it takes some pictures of one hand, and hands them to its matcher at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from contracts.checkout import PalmOrder
from contracts.clock import SECOND
from contracts.palms import PalmAnswer

Picture = NDArray[np.uint8]
"""(480, 400), a hand in near-infrared light."""
PICTURES = 3
WAITS_NS = 30 * SECOND
"""After so long without enough of them a reader gives an enrolment up. Our assumption."""


class Matcher(Protocol):
    """What recognises palms inside the readers."""

    def recognise(self, image: Picture) -> PalmAnswer:
        """Return whose palm a picture shows, or why nobody's."""

    def enrol(self, images: Sequence[Picture], account: str, given_ns: int, wording: str) -> PalmAnswer:
        """Know a palm from now on; return its handle, or why not.

        Args:
            images: of one palm.
            account: who agreed to it.
            given_ns: when, bench time.
            wording: to what.
        """

    def forget(self, handle: str) -> None:
        """Keep nothing of a palm."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What a reader says of an enrolment.

    Args:
        key: of the order.
        handle: of the palm, "" where there is none.
        why: where there is none.
    """

    key: str
    handle: str
    why: str


class Enrolling:
    """What readers are to enrol, and the pictures that they have of it so far."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._begun: dict[str, tuple[PalmOrder, list[Picture]]] = {}

    def begin(self, order: PalmOrder) -> None:
        """Take the next hand at a reader as that of somebody new; an earlier order there is void."""
        self._begun[order.reader] = (order, [])

    def waits(self, reader: str, now_ns: int) -> bool:
        """Whether a reader wants a hand to enrol; one that has waited too long gives up, and keeps nothing."""
        if reader in self._begun and now_ns - self._begun[reader][0].t_ns > WAITS_NS:
            del self._begun[reader]
        return reader in self._begun

    def take(self, reader: str, picture: Picture) -> Enrolled | None:
        """Take one more picture; return what came of them once there are enough."""
        order, pictures = self._begun[reader]
        pictures.append(picture)
        if len(pictures) < PICTURES:
            return None
        del self._begun[reader]
        made = self._matcher.enrol(pictures, order.account, order.t_ns, order.wording)
        return Enrolled(order.key, made.handle, made.why)
