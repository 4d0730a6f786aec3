"""A scale that is not there: the other end of the line, in the same protocol."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from contracts.clock import Clock
from contracts.errors import UsageError
from contracts.ports import FaultKind
from devices.line import Line
from devices.scale.balance import SETTLE_NS, Balance, Trouble
from devices.scale.emulate.hx711 import Hx711Board
from devices.scale.emulate.nci import NciScale
from devices.scale.emulate.sics import SicsScale
from devices.scale.emulate.sma import SmaScale
from devices.scale.emulate.toledo import ToledoScale
from devices.scale.emulate.wire import Wire
from devices.scale.profile import PROFILES, Profile

TROUBLE_OF = {
    FaultKind.OFF: Trouble.SILENCE,
    FaultKind.STUCK: Trouble.FROZEN,
    FaultKind.GARBAGE: Trouble.PARITY,
    FaultKind.WRONG: Trouble.DRIFT,
    FaultKind.SLOW: Trouble.MOTION,
    FaultKind.DELAYED: Trouble.LATE,
    FaultKind.INTERMITTENT: Trouble.HALF_FRAME,
}
"""What the rig's vocabulary of faults means to a scale."""


class Dialect(Protocol):
    """One protocol, seen from the scale."""

    def hear(self, data: bytes, now_ns: int) -> list[bytes]:
        """Take a host's bytes; return the answers that are due at once."""

    def tick(self, now_ns: int) -> list[bytes]:
        """Let time pass; return what is sent without being asked."""


_SCALES: dict[str, Callable[[Profile, Sequence[Balance]], Dialect]] = {
    "mt-sics": lambda profile, plates: SicsScale(plates[0], profile.unit),
    "mt-sics-stable": lambda profile, plates: SicsScale(plates[0], profile.unit),
    "toledo-8217": lambda profile, plates: ToledoScale(plates[0], profile.unit),
    "toledo-8217-kg": lambda profile, plates: ToledoScale(plates[0], profile.unit),
    "toledo-8213": lambda profile, plates: ToledoScale(plates[0], profile.unit, fixed_high_bits=True),
    "nci": lambda profile, plates: NciScale(plates[0], profile.unit),
    "sma": lambda profile, plates: SmaScale(plates[0], profile.unit),
    "hx711-10": lambda profile, plates: Hx711Board(plates, profile.counts_per_gram, profile.rate_hz),
    "hx711-80": lambda profile, plates: Hx711Board(plates, profile.counts_per_gram, profile.rate_hz),
}


class ScaleEmulator:
    """Serves a line whenever `serve` is called.

    Args:
        profile: a name in `devices.scale.profile.PROFILES`.
        line: to the host.
        clock: bench time.
        plates: cells; more than one only for a line of raw converters.
        seed: of what its faults draw.

    Raises:
        UsageError: no such profile.
    """

    def __init__(self, profile: str, line: Line, clock: Clock, *, plates: int = 1, seed: int = 0) -> None:
        if profile not in PROFILES:
            raise UsageError("no such scale", expected=", ".join(PROFILES), found=profile)
        model = PROFILES[profile]
        self._line, self._clock = line, clock
        self._balances = [
            Balance(model.capacity_g, model.step_g, SETTLE_NS if model.asked else 0) for _ in range(plates)
        ]
        self._dialect = _SCALES[profile](model, self._balances)
        self._wire = Wire(seed)
        self._trouble: Trouble | None = None

    def load(self, grams: float, plate: int = 0) -> None:
        """Let there be so much on a plate from now on."""
        self._balances[plate].load(grams, self._clock.now_ns)

    def begin(self, trouble: Trouble | None) -> None:
        """Begin a trouble on all plates, or end it with None."""
        self._trouble = trouble
        for balance in self._balances:
            balance.begin(trouble, self._clock.now_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the scale can have it."""
        self.begin(None if kind is None else TROUBLE_OF[kind])
        return True

    def serve(self) -> None:
        """Hear what came, and send what is due."""
        now_ns = self._clock.now_ns
        for answer in [*self._dialect.hear(self._line.read(), now_ns), *self._dialect.tick(now_ns)]:
            self._wire.send(answer, now_ns, self._trouble)
        if ready := self._wire.arrived(now_ns):
            self._line.write(ready)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()
