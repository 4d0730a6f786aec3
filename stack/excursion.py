"""One plate away from its level: contact, plateaus on the way, and where the load comes to rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.clock import MILLISECOND

FALL_HOLDS_NS = 800 * MILLISECOND
RISE_HOLDS_NS = 1500 * MILLISECOND
"""How long a new level must last. A hand that leans on goods is steady for a second and more, so a rise waits longer."""

HOME_HOLDS_NS = 500 * MILLISECOND
"""A shaken plate that stays near its old level for so long has returned, steady or not."""


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
        started_ns: first sample of its first window.
        left_ns: when the load was last seen on it.
        windows: how many steady windows it holds.
    """

    level_g: float
    started_ns: int
    left_ns: int
    ended_ns: int
    windows: int = 1

    @classmethod
    def of(cls, look: Look) -> Plateau:
        """Begin a plateau with its first window."""
        return cls(look.median_g, look.started_ns, look.middle_ns, look.ended_ns)

    def extend(self, look: Look) -> None:
        """Take in another window."""
        self.left_ns, self.ended_ns = look.middle_ns, look.ended_ns
        if look.steady:
            self.windows += 1
            self.level_g += (look.median_g - self.level_g) / self.windows


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
    """

    base_g: float
    started_ns: int
    passed: list[Plateau] = field(default_factory=list)
    current: Plateau | None = None
    _home_since_ns: int = -1

    def look(self, look: Look, tolerance_g: float) -> None:
        """Take in one window away from the old level.

        Args:
            look: the window.
            tolerance_g: how far a window may lie from its plateau.
        """
        self._home_since_ns = -1
        if self.current is None:
            self.current = Plateau.of(look) if look.steady else None
        elif abs(look.median_g - self.current.level_g) <= tolerance_g:
            self.current.extend(look)
        elif look.steady:
            # It creeps: a slow lift, not two. The plateau begins anew.
            self.current = Plateau.of(look)
        else:
            self.passed.append(self.current)
            self.current = None

    def look_home(self, look: Look) -> bool:
        """Take in one window near the old level; return whether the plate has returned for good."""
        if self.current is not None:
            self.passed.append(self.current)
            self.current = None
        if self._home_since_ns < 0:
            self._home_since_ns = look.started_ns
        return look.steady or look.ended_ns - self._home_since_ns >= HOME_HOLDS_NS

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
            if min(sign * (stop.level_g - level_g), sign * (final.level_g - stop.level_g)) > smallest_g:
                steps.append(Step(stop.level_g - level_g, started_ns, stop.started_ns))
                level_g, started_ns = stop.level_g, stop.left_ns
        steps.append(Step(final.level_g - level_g, started_ns, final.started_ns))
        return tuple(steps)
