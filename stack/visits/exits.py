"""Opens turnstiles to people who want to go out: nobody is ever kept in, with an account or without."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from contracts.clock import SECOND
from contracts.layout import GateInfo, GateKind, Layout
from stack.sightings import Person
from stack.visits.lanes import along, in_lane

NEAR_M = 1.2
"""Open at this distance, of the person or of what they push: at a walking pace the barrier then has about a second."""
AGAIN_NS = 4 * SECOND
"""Open again for somebody who still stands there; barriers close after 5 s or so."""
STAYED_NS = 5 * SECOND
"""At a gate for both directions, somebody who came in more recently than this is on the way in."""


class ExitKeeper:
    """Watches the inner side of exit turnstiles."""

    def __init__(self, layout: Layout) -> None:
        self._gates = tuple(gate for gate in layout.gates if gate.exit and gate.kind is GateKind.TURNSTILE)
        self._opened: dict[tuple[str, str], int] = {}

    def approached(self, people: Sequence[Person], t_ns: int) -> Iterator[tuple[GateInfo, Person]]:
        """Yield who now needs which gate opened."""
        for gate in self._gates:
            for person in people:
                at = (gate.id, person.track)
                if _wants_out(gate, person) and t_ns - self._opened.get(at, -AGAIN_NS) >= AGAIN_NS:
                    self._opened[at] = t_ns
                    yield gate, person


def _wants_out(gate: GateInfo, person: Person) -> bool:
    fronts = (person.head, *((x, y, 0.0) for x, y in person.pushed_at))
    near = any(in_lane(gate, at) and 0.0 <= along(gate, at) <= NEAR_M for at in fronts)
    return near and in_lane(gate, person.head) and (not gate.entry or person.t_ns - person.born_ns >= STAYED_NS)
