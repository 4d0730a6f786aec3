"""Everybody's visit: admitted at a gate, tied to a track there, kept through the store, ended at an exit.

Identity is tied once, at the gate, because a person seen from above cannot be recognised again. A visit whose
track breaks is tied again to whoever appears where it could have got to. Whoever is inside without having been
let in has a visit without an account. In a store without gates every person seen has a visit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.clock import SECOND
from contracts.layout import GateInfo, Layout
from contracts.records import VisitState
from stack.sightings import Person
from stack.visits.lanes import Lanes, distance
from stack.visits.visit import Visit, VisitEvent

REPEAT_NS = 2 * SECOND
"""A code or palm shown again within this time is the same showing: scanners repeat while they see the code."""
ADMISSION_NS = 30 * SECOND
"""An admission lapses after this; gates report their own, shorter timeouts when they can."""
GRACE_NS = 3 * SECOND // 2
"""How long a new person inside may stay unexplained before they count as a tailgater: gate and cameras
deliver at different times, up to about a second apart."""
GONE_NS = 3 * SECOND
"""Without exit gates, somebody out of sight for so long has left; trackers lose people for up to 1.5 s."""
CREDIT_NS = 3 * SECOND
"""A gate's report of a passage that the cameras already saw comes within this time."""
BLIND_NS = SECOND // 2
"""How long a gate's report waits for a capture that shows who it was."""
LOOSE_NS = SECOND
"""A track only predicted for so long may be given up for a new one in its place."""
STRIDE_M, SPEED_M_S = 1.0, 1.5
"""How far from where they were last seen somebody may reappear: a stride, and a brisk walk for the time between."""
LONGEST_GAP_NS = 10 * SECOND
BACK_NS, BACK_M = SECOND // 2, 1.0
"""Somebody who left and is seen so much later so far from every exit has not left."""
ENTRY_M = 1.5
"""Somebody who first appears inside within this distance of an entry gate has just come in."""
WALKED_M = 0.5
"""... and walks on; what only stands there is a raised hand or a thing, not a tailgater."""


class Visitors:
    """The register of visits."""

    def __init__(self, layout: Layout, say: Callable[[Visit], None], run: str = "") -> None:
        self.visits: list[Visit] = []
        self._run, self._begun = run, 0
        self._watched = bool(layout.cameras or layout.body_trackers)
        self._lanes, self._say = Lanes(layout), say
        self.gated = bool(self._lanes.entries)
        self._tied: dict[str, Visit] = {}
        self._first_inside: dict[str, tuple[Person, bool]] = {}
        self._shown: dict[tuple[str, str], int] = {}
        self._counted_out: list[tuple[GateInfo, int]] = []
        self._going: dict[str, list[Visit]] = {}
        self._walked_out: list[tuple[str, int]] = []

    # what gates say
    def admit(self, account: str, gate: str, now_ns: int) -> Visit | None:
        """Let one person in on an account; None when the same showing is being read again."""
        last_ns = self._shown.get((account, gate), -REPEAT_NS)
        self._shown[account, gate] = now_ns
        if now_ns - last_ns < REPEAT_NS:
            return None
        host = next((v for v in self.visits if v.account == account and v.state in _OPEN), None)
        visit = self._new(account, gate, now_ns, party=host.party if host else "")
        self._say(visit)
        return visit

    def take_up(self, visit: Visit) -> None:
        """Go on with a visit that an earlier process of the stack had begun."""
        self.visits.append(visit)
        self._say(visit)

    def counted_in(self, gate: GateInfo, t_ns: int) -> None:
        """A gate let one person pass: the one who was admitted there first."""
        visit = self._waiting_at(gate.id)
        if visit:
            visit.at, visit.seen_ns = gate.pose.position, t_ns
            self._move(visit, VisitEvent.CAME_IN)

    def lapsed(self, gate: str) -> None:
        """A gate gave up waiting and is shut: whoever was admitted there must be admitted again.

        All of them, for one left over would lend its account to the next person through.
        """
        while visit := self._waiting_at(gate):
            self._move(visit, VisitEvent.EXPIRED)

    def going(self, account: str, gate: GateInfo) -> Visit | None:
        """Somebody showed at an exit whose account they are on; return the visit that goes there next, if any."""
        going = [visit for visits in self._going.values() for visit in visits]
        inside = (v for v in self.visits if v.account == account and v.state is VisitState.INSIDE)
        visit = next((v for v in inside if v not in going), None)
        if visit:
            self._going.setdefault(gate.id, []).append(visit)
        return visit

    def counted_out(self, gate: GateInfo, t_ns: int) -> None:
        """A gate saw one person go; the next capture shows who."""
        self._counted_out.append((gate, t_ns))

    # what cameras say
    def see(self, people: Sequence[Person], t_ns: int) -> None:
        """Take in everybody seen at one capture time."""
        self._hand_on(people)
        self._follow(people)
        loose = [person for person in people if person.seen and person.track not in self._tied]
        inside = [person for person in loose if not self.gated or self._lanes.inside(person.head)]
        for person in inside:
            came_in = self._lanes.entry_within(person.head, ENTRY_M)
            self._first_inside.setdefault(person.track, (person, came_in))
        self._tie_again(inside, {person.track for person in people if person.seen}, t_ns)
        for person in inside:
            if person.track not in self._tied and self._is_newcomer(person, t_ns):
                self.adopt(person, t_ns)
        self._resolve_exits(t_ns)
        self._watch_exits(people, t_ns)

    def adopt(self, person: Person, t_ns: int) -> Visit:
        """Give a visit to somebody inside who has none."""
        visit = self._new("", "", t_ns)
        self._tie(visit, person)
        self._move(visit, VisitEvent.CAME_IN)
        return visit

    def tick(self, now_ns: int) -> None:
        """Let time pass."""
        for visit in self.visits:
            if visit.state is VisitState.ADMITTED and now_ns - visit.since_ns > ADMISSION_NS:
                self._move(visit, VisitEvent.EXPIRED)
            if visit.state is VisitState.INSIDE and not self._lanes.exits and now_ns - visit.seen_ns > GONE_NS:
                self._leave(visit, visit.seen_ns)
            if self._is_missed(visit) and now_ns - visit.missed_ns > LONGEST_GAP_NS:
                self._leave(visit, now_ns)
        self._resolve_exits(now_ns - BLIND_NS)

    # what others ask
    def of_track(self, track: str) -> Visit | None:
        """Return the visit that a track is tied to."""
        return self._tied.get(track)

    def parties(self) -> list[list[Visit]]:
        """Return the visits that have come in and are not closed, grouped by receipt."""
        groups: dict[str, list[Visit]] = {}
        for visit in self.visits:
            if visit.state in _CAME_IN:
                groups.setdefault(visit.party, []).append(visit)
        return list(groups.values())

    def close(self, party: Sequence[Visit]) -> None:
        """End the visits of a party whose receipt is written; a guest still at the gate starts a new one."""
        for visit in party:
            self._tied.pop(visit.track, None)
            self._move(visit, VisitEvent.SETTLED)
        late = [v for v in self.visits if v.state is VisitState.ADMITTED and v.party == party[0].party]
        for visit in late:
            visit.party = late[0].id

    # steps
    def _new(self, account: str, gate: str, t_ns: int, party: str = "") -> Visit:
        self._begun += 1
        name = f"{self._run}v{self._begun}"
        self.visits.append(Visit(name, account, party or name, gate, t_ns))
        return self.visits[-1]

    def _is_missed(self, visit: Visit) -> bool:
        """Whether nobody has been found whose visit it is, since an earlier process began it, where cameras look."""
        return self._watched and visit.state is VisitState.INSIDE and bool(visit.missed_ns)

    def _move(self, visit: Visit, event: VisitEvent) -> None:
        visit.move(event)
        self._say(visit)

    def _waiting_at(self, gate: str) -> Visit | None:
        return next((v for v in self.visits if v.gate == gate and v.state is VisitState.ADMITTED), None)

    def _hand_on(self, people: Sequence[Person]) -> None:
        """Give a visit that was tied to something pushed to whoever pushes it: it came through the gate first."""
        for person in people:
            for thing in person.pushes:
                visit = self._tied.get(thing)
                if visit and person.track not in self._tied:
                    self._tie(visit, person)
                    self._say(visit)

    def _follow(self, people: Sequence[Person]) -> None:
        for person in people:
            visit = self._tied.get(person.track)
            if not visit or not person.seen:
                continue
            if visit.state is VisitState.LEFT and self._is_back(visit, person):
                self._move(visit, VisitEvent.CAME_BACK)
            if visit.state is VisitState.INSIDE:
                visit.at, visit.seen_ns = person.head, person.t_ns

    def _is_back(self, visit: Visit, person: Person) -> bool:
        later = person.t_ns - visit.left_ns >= BACK_NS
        return later and self._lanes.inside(person.head) and not self._lanes.exit_within(person.head, BACK_M)

    def _tie(self, visit: Visit, person: Person) -> None:
        self._tied.pop(visit.track, None)
        self._tied[person.track] = visit
        visit.track, visit.at, visit.seen_ns, visit.missed_ns = person.track, person.head, person.t_ns, 0

    def _tie_again(self, inside: Sequence[Person], seen: set[str], t_ns: int) -> None:
        """Tie visits without a track to people without a visit: those just come in first, then the nearest."""
        lost = [v for v in self.visits if v.state is VisitState.INSIDE and self._is_loose(v, seen, t_ns)]
        pairs = [(bool(v.track), distance(v.at, p.head), i, p.track, v, p) for i, v in enumerate(lost) for p in inside]
        found: set[str] = set()
        for _, far_m, _, track, visit, person in sorted(pairs, key=lambda pair: pair[:4]):
            if track in self._tied or visit.id in found:
                continue
            alone = len(lost) == 1 or visit.missed_ns
            if _could_be(visit, far_m, t_ns) or (alone and not self._first_inside[track][1]):
                self._tie(visit, person)
                found.add(visit.id)
                self._say(visit)

    def _is_loose(self, visit: Visit, seen: set[str], t_ns: int) -> bool:
        return visit.track not in seen and (not visit.track or t_ns - visit.seen_ns >= LOOSE_NS)

    def _is_newcomer(self, person: Person, t_ns: int) -> bool:
        first, came_in = self._first_inside[person.track]
        walked = distance(first.head, person.head) >= WALKED_M
        return not self.gated or (came_in and walked and t_ns - first.t_ns >= GRACE_NS)

    # exits
    def _leave(self, visit: Visit, t_ns: int) -> None:
        visit.left_ns = t_ns
        self._move(visit, VisitEvent.WENT_OUT)

    def _resolve_exits(self, until_ns: int) -> None:
        """Find who each gate counted out up to this time."""
        due = [count for count in self._counted_out if count[1] <= until_ns]
        self._counted_out = [count for count in self._counted_out if count[1] > until_ns]
        for gate, t_ns in due:
            known = next((w for w in self._walked_out if w[0] == gate.id and abs(t_ns - w[1]) <= CREDIT_NS), None)
            visit = None if known else self._shown_out(gate) or self._nearest(gate, until_ns)
            if known:
                self._walked_out.remove(known)
            elif visit:
                self._leave(visit, t_ns)

    def _shown_out(self, gate: GateInfo) -> Visit | None:
        """Return who showed at a gate that they go there, and has not gone."""
        going = self._going.get(gate.id, [])
        self._going[gate.id] = going[1:]
        return going[0] if going and going[0].state is VisitState.INSIDE else None

    def _nearest(self, gate: GateInfo, t_ns: int) -> Visit | None:
        """Return who can be at a gate now; with only one person inside, it is them."""
        inside = [v for v in self.visits if v.state is VisitState.INSIDE]
        able = [v for v in inside if _within_reach(v, gate, t_ns)] or (inside if len(inside) == 1 else [])
        return min(able, key=lambda v: distance(v.at, gate.pose.position), default=None)

    def _watch_exits(self, people: Sequence[Person], t_ns: int) -> None:
        for person in people:
            visit, gate = self._tied.get(person.track), self._lanes.out_at(person.head)
            if visit and gate and person.seen and visit.state is VisitState.INSIDE:
                self._walked_out.append((gate.id, t_ns))
                self._leave(visit, t_ns)


_OPEN = (VisitState.ADMITTED, VisitState.INSIDE)
_CAME_IN = (VisitState.INSIDE, VisitState.LEFT)


def _within_reach(visit: Visit, gate: GateInfo, t_ns: int) -> bool:
    gap_s = max(0, t_ns - visit.seen_ns) / SECOND
    return distance(visit.at, gate.pose.position) <= STRIDE_M + SPEED_M_S * gap_s


def _could_be(visit: Visit, far_m: float, t_ns: int) -> bool:
    gap_ns = t_ns - visit.seen_ns
    return 0 <= gap_ns <= LONGEST_GAP_NS and far_m <= STRIDE_M + SPEED_M_S * gap_ns / SECOND
