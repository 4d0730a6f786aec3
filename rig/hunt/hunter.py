"""The hunt: outline after outline until the time is up; what fails is made shorter for as long as it fails alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rig.hunt.known import Known
from rig.hunt.simpler import simpler, size
from rig.hunt.traits import Traits, steps_in
from rig.hunt.trial import Trials, Tried
from rig.strategies.plot import Plot


@dataclass(frozen=True, slots=True)
class Found:
    """A script whose receipt is wrong.

    Args:
        tried: the shortest script, and in what way it is wrong.
        shortest: whether everything simpler was tried; else time ran out.
        played: how many scenarios had been played by then.
    """

    tried: Tried
    shortest: bool
    played: int


@dataclass
class Hunter:
    """Hunts; keeps what it has when it is interrupted.

    Args:
        trials: plays outlines.
        traits_of: what happens in an outline.
        over: whether the time is up; asked before each run.
        known: finds of earlier hunts.
    """

    trials: Trials
    traits_of: Callable[[Plot], Traits]
    over: Callable[[], bool]
    known: Sequence[Known] = ()
    found: list[Found] = field(default_factory=list)
    again: int = 0
    _open: Tried | None = None

    def hunt(self, plots: Iterable[Plot]) -> Iterator[Found]:
        """Yield what is found, each made as short as time allows."""
        for plot in plots:
            if self.over():
                return
            tried = self.trials(plot)
            if tried.kinds and self._is_known(tried):
                self.again += 1
            elif tried.kinds and (found := self._shortened(tried)):
                yield found

    def unfinished(self) -> Found | None:
        """Return what was being made shorter when the hunt was interrupted, as short as it had become."""
        return Found(self._open, shortest=False, played=self.trials.count) if self._open else None

    def _shortened(self, failed: Tried) -> Found | None:
        """Return a failure made short; None where that ends at one that was found before."""
        self._open, shortest = failed, False
        while not self.over():
            better = self._better(self._open)
            if better is None:
                shortest = not self.over()
                break
            self._open = better
        found = Found(self._open, shortest, self.trials.count)
        self._open = None
        if self._is_known(found.tried):
            self.again += 1
            return None
        self.found.append(found)
        return found

    def _better(self, failed: Tried) -> Tried | None:
        """Return the first simpler outline that fails in the same way, or in fewer of the same ways."""
        for plot in simpler(failed.plot):
            if size(plot) >= size(failed.plot):
                continue
            if self.over() and not self.trials.known(plot):
                return None
            tried = self.trials(plot)
            if tried.kinds and tried.kinds <= failed.kinds:
                return tried
        return None

    def _is_known(self, tried: Tried) -> bool:
        """Whether a failure holds all that one found before holds, and goes wrong in the same ways."""
        happens = self.traits_of(tried.plot)
        own = (Known(each.tried.kinds, steps_in(self.traits_of(each.tried.plot))) for each in self.found)
        return any(known.covers(tried.kinds, happens) for known in (*self.known, *own))
