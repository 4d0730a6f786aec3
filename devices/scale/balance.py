"""The weighing part of an emulated scale: load, rest, zero, tare, range, and what can go wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.clock import MILLISECOND, SECOND

SETTLE_NS = 400 * MILLISECOND
"""From a change of load to rest; a common counter scale's display takes about that long."""
_DRIFT_G_PER_S = 2.0
_RANGE_STEPS = 9
"""Divisions beyond its range at which a scale goes blank. Source: OIML R 76-1, 4.2.3 (Max + 9 e), from memory."""
_ZERO_PART = 0.02
"""Part of the capacity that may be zeroed away to each side. Source: OIML R 76-1, 4.5.1 (4 % in all), from memory."""


class Trouble(StrEnum):
    """What an emulated scale can be made to do."""

    MOTION = "motion"
    """Never comes to rest."""
    OVER = "over"
    UNDER = "under"
    DRIFT = "drift"
    """Its zero runs away."""
    FROZEN = "frozen"
    """Shows for ever what it showed last."""
    OTHER_UNIT = "other_unit"
    """Somebody pressed the unit key."""
    HALF_FRAME = "half_frame"
    """Every other answer stops in the middle."""
    PARITY = "parity"
    """One character of each answer is hit on its way and given up by the receiver."""
    SILENCE = "silence"
    LATE = "late"
    """Answers 1.5 s late."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What its display shows, in grams.

    Args:
        gross_g: the load above the zero.
        tare_g: what is taken off for the net weight.
        moving: not at rest.
        over: beyond its capacity.
        under: below its zero.
    """

    gross_g: float
    tare_g: float = 0.0
    moving: bool = False
    over: bool = False
    under: bool = False

    @property
    def net_g(self) -> float:
        """Gross less tare."""
        return self.gross_g - self.tare_g

    @property
    def shows(self) -> bool:
        """Whether there is a weight at rest."""
        return not (self.moving or self.over or self.under)


class Balance:
    """One plate.

    Args:
        capacity_g: grams.
        step_g: its division, grams.
        settle_ns: from a change of load to rest; 0 for a raw cell, whose filter is its converter's.
    """

    def __init__(self, capacity_g: float, step_g: float, settle_ns: int = SETTLE_NS) -> None:
        self.capacity_g, self.step_g, self._settle_ns = capacity_g, step_g, settle_ns
        self.trouble: Trouble | None = None
        self._began_ns = 0
        self._load_g = self._before_g = self._zero_g = self._tare_g = 0.0
        self._changed_ns = -settle_ns
        self._frozen: Shown | None = None

    def load(self, grams: float, now_ns: int) -> None:
        """Let there be so much on it from now on; what is not felt, such as the same again, moves nothing."""
        if abs(grams - self._load_g) < self.step_g / 2:
            return
        self._before_g, self._load_g, self._changed_ns = self._carried(now_ns), grams, now_ns

    def begin(self, trouble: Trouble | None, now_ns: int) -> None:
        """Begin a trouble, or end it with None."""
        frozen = self.look(now_ns) if trouble is Trouble.FROZEN else None
        self.trouble, self._began_ns, self._frozen = trouble, now_ns, frozen

    def felt(self, now_ns: int) -> float:
        """Return the grams that its cell feels: the new load is there only when the plate has come to rest."""
        drift = _DRIFT_G_PER_S * (now_ns - self._began_ns) / SECOND if self.trouble is Trouble.DRIFT else 0.0
        return self._carried(now_ns) + drift

    def _carried(self, now_ns: int) -> float:
        since_ns = now_ns - self._changed_ns
        # A converter's sample may lie before a load that was told since.
        part = 1.0 if since_ns >= self._settle_ns else max(0, since_ns) / max(1, self._settle_ns)
        return self._before_g + part * (self._load_g - self._before_g)

    def look(self, now_ns: int) -> Shown:
        """Return what it shows."""
        if self._frozen is not None:
            return self._frozen
        gross_g = round((self.felt(now_ns) - self._zero_g) / self.step_g) * self.step_g
        spare_g = _RANGE_STEPS * self.step_g
        return Shown(
            gross_g,
            self._tare_g,
            moving=now_ns - self._changed_ns < self._settle_ns or self.trouble is Trouble.MOTION,
            over=gross_g > self.capacity_g + spare_g or self.trouble is Trouble.OVER,
            under=gross_g < -spare_g or self.trouble is Trouble.UNDER,
        )

    def zero(self, now_ns: int, *, moving: bool = False) -> bool:
        """Take what is on it for nothing, at rest or even moving; return whether it could."""
        felt_g = self.felt(now_ns)
        if (self.look(now_ns).moving and not moving) or abs(felt_g) > _ZERO_PART * self.capacity_g:
            return False
        self._zero_g, self._tare_g = felt_g, 0.0
        return True

    def tare(self, now_ns: int, *, moving: bool = False) -> bool:
        """Take what is on it off from now on, at rest or even moving; return whether it could."""
        shown = self.look(now_ns)
        if (shown.moving and not moving) or shown.over or shown.under or shown.gross_g < 0:
            return False
        self._tare_g = shown.gross_g
        return True

    def take_off(self, grams: float) -> None:
        """Take so much off from now on; 0 shows gross again."""
        self._tare_g = grams
