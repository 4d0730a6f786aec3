"""Trying an outline: told as a scenario, played, judged; a scenario that was played before is not played again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from contracts.errors import ProductError
from rig.hunt.kinds import kinds_of
from rig.judge.verdict import Outcome, Verdict
from rig.scenario.model import Scenario
from rig.strategies.plot import Plot

Play = Callable[[Scenario], Verdict]


@dataclass(frozen=True, slots=True)
class Tried:
    """An outline and what came of it.

    Args:
        plot: the outline.
        scenario: what was played.
        kinds: the ways in which the product was wrong; none when it was right.
        wrong: the same in sentences.
    """

    plot: Plot
    scenario: Scenario
    kinds: frozenset[str]
    wrong: tuple[str, ...] = ()


@dataclass
class Trials:
    """Plays outlines.

    Args:
        tell: makes the scenario of an outline.
        play: plays a scenario, for as long as that takes.
        held: whether a receipt that is held is wrong.
    """

    tell: Callable[[Plot], Scenario]
    play: Play
    held: bool = False
    unplayable: int = 0
    _known: dict[str, tuple[frozenset[str], tuple[str, ...]]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many scenarios have been played."""
        return len(self._known)

    def __call__(self, plot: Plot) -> Tried:
        """Return what comes of an outline."""
        scenario = self.tell(plot)
        if scenario.digest not in self._known:
            self._known[scenario.digest] = self._played(scenario)
        return Tried(plot, scenario, *self._known[scenario.digest])

    def known(self, plot: Plot) -> bool:
        """Whether it has been played."""
        return self.tell(plot).digest in self._known

    def _played(self, scenario: Scenario) -> tuple[frozenset[str], tuple[str, ...]]:
        try:
            verdict = self.play(scenario)
        except ProductError as error:
            return frozenset([f"the stack failed: {type(error.__cause__ or error).__name__}"]), (str(error),)
        self.unplayable += verdict.outcome is Outcome.ERROR
        kinds = kinds_of(verdict, held=self.held)
        return kinds, verdict.differences if kinds else ()
