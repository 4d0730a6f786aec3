"""Plates that cannot weigh just now, and hands that reached over them: what was taken there no plate can tell.

A plate that weighs again tells afterwards what went on while it could not; then the change of load is as old as that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from contracts.clock import MILLISECOND, SECOND
from stack.attribution.evidence import Evidence
from stack.parts import LoadChange
from stack.weighing.steady import FORGET_NS, STUCK_NS

LATE_NS = STUCK_NS + 500 * MILLISECOND
"""A plate is known to be stuck only so long after it was."""
SIGHTINGS = 2.0
"""So many whole sightings of a hand over a plate are a reach; one may be misplaced."""
OVER = 0.5
"""A hand agrees so well with a plate that it may have taken something from it: up to 7 cm beside it."""
ABOUT_NS = SECOND
"""A change of load this near in time to a reach is what the reach was for."""
MOST = 0.5
"""When more than this part of a store's plates never changes its reading, they have no noise, and none is stuck."""
ENDED_NS = SECOND
"""A change that begins within this time after a plate weighs again happened before."""

WORDS = {"stuck": "which is stuck", "silent": "which is silent", "unseen": "which no camera sees"}


@dataclass(slots=True)
class Spell:
    """A time during which a plate could not weigh.

    Args:
        plate: its id.
        state: "stuck" or "silent".
        began_ns: since when.
        ended_ns: until when, 0 while it lasts.
    """

    plate: str
    state: str
    began_ns: int
    ended_ns: int = 0

    @property
    def forgotten(self) -> bool:
        """Whether the load before it is not known any more, so that nothing shows afterwards."""
        return self.state == "silent" and self.ended_ns - self.began_ns >= FORGET_NS

    def covers(self, t_ns: int) -> bool:
        """Whether it lasted at a moment."""
        return self.began_ns <= t_ns and not 0 < self.ended_ns < t_ns


@dataclass(slots=True)
class Reached:
    """One visit's hand over one plate that could not weigh.

    Args:
        spell: the plate and its trouble.
        first_ns: first sighting.
        last_ns: last sighting.
        sightings: how many, each by how probably it was this visit's and over this plate.
    """

    spell: Spell
    first_ns: int
    last_ns: int
    sightings: float = 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """A change of load with another beginning."""

    plates: tuple[str, ...]
    deltas_g: tuple[float, ...]
    sigma_g: float
    started_ns: int
    ended_ns: int


class BlindSpots:
    """Remembers which plates could not weigh when, and who reached there.

    Args:
        plates: how many plates the store has.
        evidence: whose hands were where.
        visit_of: says which visit a track is tied to, "" for none.
    """

    def __init__(self, plates: int, evidence: Evidence, visit_of: Callable[[str], str]) -> None:
        self._plates, self._evidence, self._visit_of = plates, evidence, visit_of
        self._spells: list[Spell] = []
        self._open: dict[str, Spell] = {}
        self._reached: dict[str, dict[tuple[str, int], Reached]] = {}
        self._changes: dict[str, LoadChange] = {}
        self._seen_ns = -1

    def hear(self, health: Mapping[str, str], t_ns: int) -> None:
        """Take in what each plate seems to be; plates that are not named weigh."""
        if sum(state == "stuck" for state in health.values()) > MOST * self._plates:
            health = {plate: state for plate, state in health.items() if state != "stuck"}
        for plate, spell in list(self._open.items()):
            if health.get(plate) != spell.state:
                self._open.pop(plate).ended_ns = t_ns
        for plate, state in health.items():
            if state in WORDS and plate not in self._open:
                self._open[plate] = Spell(plate, state, t_ns - STUCK_NS if state == "stuck" else t_ns)
                self._spells.append(self._open[plate])

    def note(self, event: str, change: LoadChange) -> LoadChange:
        """Remember a change of load; return it with the beginning that it may have had while a plate was blind."""
        spells = [s for s in self._spells if s.plate in change.plates and s.covers(change.started_ns - ENDED_NS)]
        began_ns = min((spell.began_ns for spell in spells), default=change.started_ns)
        if began_ns < change.started_ns:
            change = Change(change.plates, change.deltas_g, change.sigma_g, began_ns, change.ended_ns)
        self._changes[event] = change
        return change

    def look(self, until_ns: int) -> None:
        """Look at the hands up to a moment which is so long ago that the plates' trouble is known."""
        since_ns, self._seen_ns = self._seen_ns, max(self._seen_ns, until_ns)
        for spell in self._spells:
            if spell.ended_ns == 0 or spell.ended_ns > since_ns:
                self._watch(spell, since_ns, until_ns)

    def doubts(self, visit: str, events: Iterable[str]) -> list[str]:
        """Return why the receipt of a visit may lack something.

        Args:
            visit: its id.
            events: the changes of load that are in its books; they explain the reaches at their time.
        """
        changes = [self._changes[event] for event in events if event in self._changes]
        open_ = [reached for reached in self._reached.pop(visit, {}).values() if _unexplained(reached, changes)]
        plates = {reached.spell.plate: WORDS[reached.spell.state] for reached in open_}
        return [f"a hand over {plate}, {trouble}" for plate, trouble in sorted(plates.items())]

    def _watch(self, spell: Spell, since_ns: int, until_ns: int) -> None:
        for t_ns, track, share in self._evidence.over(spell.plate, since_ns, until_ns, OVER):
            visit = self._visit_of(track)
            if not visit or not spell.covers(t_ns):
                continue
            mine = self._reached.setdefault(visit, {})
            reached = mine.setdefault((spell.plate, spell.began_ns), Reached(spell, t_ns, t_ns))
            reached.last_ns, reached.sightings = t_ns, reached.sightings + share


def _unexplained(reached: Reached, changes: Iterable[LoadChange]) -> bool:
    weighed = reached.spell.ended_ns > 0 and not reached.spell.forgotten
    return reached.sightings >= SIGHTINGS and not weighed and not any(_at_its_time(reached, c) for c in changes)


def _at_its_time(reached: Reached, change: LoadChange) -> bool:
    return change.started_ns <= reached.last_ns + ABOUT_NS and reached.first_ns <= change.ended_ns + ABOUT_NS
