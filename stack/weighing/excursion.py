"""One plate away from its level: contact, plateaus on the way, and where the load comes to rest."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import islice

from contracts.clock import MILLISECOND

FALL_HOLDS_NS = 800 * MILLISECOND
RISE_HOLDS_NS = 1500 * MILLISECOND
"""How long a new level must last; a rise longer, since a hand that leans on goods can be steady for a second."""

KEPT = 100
"""Windows remembered: five seconds, longer than any shake."""

HOME_HOLDS_NS = 500 * MILLISECOND
"""A shaken plate that stays near its old level for so long has returned, steady or not."""

FLAT_WINDOWS = 6
"""So many windows in a row agree on a plateau of 0.4 s: one or two lie in it whole, the others for the most part."""

FLAT_G, FLAT_FACTOR = 1.0, 0.6
"""How closely, in grams and in standard deviations of a sample: medians of windows err by 0.3 to 0.5 of them."""

STOP_G = 30.0
"""A stop on the way parts two items, and no goods are lighter; a hand's faint push before a lift makes smaller ones."""


@dataclass(frozen=True, slots=True)
class Look:
    """One plate in one window.

    Args:
        started_ns: first sample of the window.
        middle_ns: middle of the window.
        ended_ns: end of the window.
        median_g: grams.
        steady: whether it moved no more than its noise.
    """

    started_ns: int
    middle_ns: int
    ended_ns: int
    median_g: float
    steady: bool


@dataclass(slots=True)
class Plateau:
    """A stretch of steady load.

    Args:
        level_g: mean of its windows' medians.
        anchor_g: median of its first window; later windows are held against it, so that a plateau cannot creep.
        started_ns: first sample of its first window.
        left_ns: when the load was last seen on it.
        ended_ns: end of its last window.
        windows: how many steady windows it holds.
        flat: how many windows in a row agreed closely with the first.
        flat_g: how closely, grams.
    """

    level_g: float
    anchor_g: float
    started_ns: int
    left_ns: int
    ended_ns: int
    flat_g: float
    flat: int = 1
    windows: int = 1
    _bent: bool = False

    @property
    def is_stop(self) -> bool:
        """Whether the load stood still here, and did not only pass slowly."""
        return self.flat >= FLAT_WINDOWS

    def extend(self, look: Look) -> None:
        """Take in another window."""
        self.left_ns, self.ended_ns = look.middle_ns, look.ended_ns
        if look.steady:
            self.windows += 1
            self.level_g += (look.median_g - self.level_g) / self.windows
        self._bent |= abs(look.median_g - self.anchor_g) > self.flat_g
        self.flat += not self._bent


@dataclass(frozen=True, slots=True)
class Step:
    """A lasting change of one plate.

    Args:
        delta_g: new level minus old level, grams.
        started_ns: when the load left its old level.
        ended_ns: when it had reached the new one.
    """

    delta_g: float
    started_ns: int
    ended_ns: int


@dataclass(slots=True)
class Excursion:
    """Follows one plate from leaving its level until it rests again.

    Args:
        base_g: the level that it left, grams.
        started_ns: when it left.
        noise_g: standard deviation of its samples until then.
    """

    base_g: float
    started_ns: int
    noise_g: float
    passed: list[Plateau] = field(default_factory=list)
    current: Plateau | None = None
    _home_since_ns: int = -1
    _looks: deque[Look] = field(default_factory=lambda: deque(maxlen=KEPT))

    def look(self, look: Look, tolerance_g: float) -> None:
        """Take in one window away from the old level.

        Args:
            look: the window.
            tolerance_g: how far a window may lie from its plateau.
        """
        self._home_since_ns = -1
        if self.current is None:
            self.current = self._plateau(look) if look.steady else None
        elif abs(look.median_g - self.current.anchor_g) <= tolerance_g:
            self.current.extend(look)
        elif look.steady:
            # It creeps: a slow lift, not two. The plateau begins anew.
            self.current = self._plateau(look)
        else:
            self._pass()
        self._looks.append(look)

    def look_home(self, look: Look) -> bool:
        """Take in one window near the old level; return whether the plate has returned for good."""
        self._pass()
        if self._home_since_ns < 0:
            self._home_since_ns = look.started_ns
        return look.steady or look.ended_ns - self._home_since_ns >= HOME_HOLDS_NS

    def _plateau(self, look: Look) -> Plateau:
        """Begin a plateau with its first window, which those just before it may already agree with."""
        at_g, flat_g = look.median_g, max(FLAT_G, FLAT_FACTOR * self.noise_g)
        plateau = Plateau(at_g, at_g, look.started_ns, look.middle_ns, look.ended_ns, flat_g)
        for before in islice(reversed(self._looks), FLAT_WINDOWS - 1):
            if abs(before.median_g - at_g) > flat_g:
                break
            plateau.flat += 1
        return plateau

    def _pass(self) -> None:
        """Leave the plateau; remember it when the load stood still there."""
        if self.current is not None and self.current.is_stop:
            self.passed.append(self.current)
        self.current = None

    @property
    def settled(self) -> Plateau | None:
        """The new level once it has lasted long enough."""
        if self.current is None:
            return None
        holds_ns = RISE_HOLDS_NS if self.current.level_g > self.base_g else FALL_HOLDS_NS
        return self.current if self.current.ended_ns - self.current.started_ns >= holds_ns else None

    def steps(self, final: Plateau, smallest_g: float) -> tuple[Step, ...]:
        """Return the changes from the old level to the final one, one for each plateau on the way.

        A plateau counts only on the way: a hand that leans on the goods before lifting them makes one
        too, but beyond the old level.

        Args:
            final: where the load came to rest.
            smallest_g: smaller changes are not steps.
        """
        if abs(final.level_g - self.base_g) <= smallest_g:
            return ()
        sign = 1.0 if final.level_g > self.base_g else -1.0
        steps: list[Step] = []
        level_g, started_ns = self.base_g, self.started_ns
        for stop in self.passed:
            if min(sign * (stop.level_g - level_g), sign * (final.level_g - stop.level_g)) > max(smallest_g, STOP_G):
                steps.append(Step(stop.level_g - level_g, started_ns, stop.started_ns))
                level_g, started_ns = stop.level_g, stop.left_ns
        ended_ns = max(started_ns, self._reached_ns(final, smallest_g / 2))
        steps.append(Step(final.level_g - level_g, started_ns, ended_ns))
        return tuple(steps)

    def _reached_ns(self, final: Plateau, within_g: float) -> int:
        """Return when the load came to its final level: a shaken plate swings about it long before it is steady."""
        reached_ns = final.started_ns
        for look in reversed(self._looks):
            if look.ended_ns <= final.ended_ns:
                if abs(look.median_g - final.level_g) > within_g:
                    break
                reached_ns = min(reached_ns, look.middle_ns)
        return reached_ns
