"""What a recording says of where everybody and everything was, ready to be asked for any time."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.geometry import Pose
from contracts.record import Record
from contracts.records import GateEvent, GateEventKind
from contracts.truth import MoveKind, TrueMove, TruePerson, TruePoses
from rig.recording.reader import Recording
from rig.rerender.between import person_between, pose_between

# A thing that was let go comes to rest within this time, and only then is said to have been put there.
SETTLES_NS = 5 * SECOND
_TAKEN = {MoveKind.TAKE: True, MoveKind.HAND: True, MoveKind.PUT: False, MoveKind.DROP: False}


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a product item is.

    Args:
        pose: world.
        moving: whether it is held or falls, rather than standing there.
    """

    pose: Pose
    moving: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """Everything that differs from the store as it opened.

    Args:
        t_ns: bench time.
        people: everybody in the scene, by name.
        goods: items that have moved and can be seen, by name.
        hidden: items that are in somebody's bag, or have left.
        open: gates whose barrier is away.
    """

    t_ns: int
    people: Mapping[str, TruePerson]
    goods: Mapping[str, Placed]
    hidden: frozenset[str]
    open: frozenset[str]


@dataclass(slots=True)
class History:
    """All that was recorded of bodies, goods and gates.

    Args:
        looks: times of the records of poses, ascending.
        people: everybody at each of them.
        seen: when each item moved, and where it was then.
        moves: when each item changed hands, and whether somebody had it from then on.
        gates: when each gate's barrier went away (True) and came back.
    """

    looks: list[int] = field(default_factory=list)
    people: list[Mapping[str, TruePerson]] = field(default_factory=list)
    seen: dict[str, list[tuple[int, Pose]]] = field(default_factory=lambda: defaultdict(list))
    moves: dict[str, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    gates: dict[str, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, record: Record) -> None:
        """Take in the next record."""
        match record:
            case TruePoses(t_ns=t_ns, people=people, items=items):
                self.looks.append(t_ns)
                self.people.append({person.shopper: person for person in people})
                for item in items:
                    self.seen[item.item].append((t_ns, item.pose))
            case TrueMove(t_ns=t_ns, kind=kind, item=name) if kind in _TAKEN:
                self.moves[name].append((t_ns, _TAKEN[kind]))
            # A gate opens when it is told to, which is after the cameras have looked.
            case GateEvent(t_ns=t_ns, source=gate, kind=GateEventKind.OPENED):
                self.gates[gate].append((t_ns + 1, True))
            case GateEvent(t_ns=t_ns, source=gate, kind=GateEventKind.CLOSED):
                self.gates[gate].append((t_ns, False))

    def at(self, t_ns: int) -> Moment:
        """Return the moment at a time; between two looks, bodies and goods are half way.

        Raises:
            UsageError: nothing was recorded of that time.
        """
        place = bisect_right(self.looks, t_ns) - 1
        if place < 0 or t_ns > self.looks[-1]:
            first, last = (self.looks[0], self.looks[-1]) if self.looks else (0, 0)
            raise UsageError(
                "nothing is known of that time", where="--at",
                expected=f"a time from {first / SECOND:g} s to {last / SECOND:.2f} s", found=f"{t_ns / SECOND:g} s",
            )  # fmt: skip
        look_ns = self.looks[place]
        goods = {name: placed for name in self.seen if (placed := self._placed(name, t_ns, look_ns, place))}
        moved = {name for name, times in self.seen.items() if times[0][0] <= t_ns}
        return Moment(
            t_ns, self._people(t_ns, place), goods, frozenset(moved - goods.keys()),
            frozenset(gate for gate, turns in self.gates.items() if _state(turns, t_ns)),
        )  # fmt: skip

    def _share(self, t_ns: int, place: int) -> float:
        """Return how far a time is from one look to the next."""
        if place + 1 == len(self.looks):
            return 0.0
        return (t_ns - self.looks[place]) / (self.looks[place + 1] - self.looks[place])

    def _people(self, t_ns: int, place: int) -> Mapping[str, TruePerson]:
        share = self._share(t_ns, place)
        if not share:
            return self.people[place]
        later = self.people[place + 1]
        return {
            name: person_between(person, later[name], share) if name in later else person
            for name, person in self.people[place].items()
        }

    def _placed(self, name: str, t_ns: int, look_ns: int, place: int) -> Placed | None:
        """Return where an item is; None where it has not moved yet, or nobody can see it."""
        times = self.seen[name]
        last = bisect_right(times, t_ns, key=lambda each: each[0]) - 1
        if last < 0:
            return None
        seen_ns, pose = times[last]
        later = times[last + 1] if last + 1 < len(times) else None
        if seen_ns == look_ns:
            share = self._share(t_ns, place)
            follows = share > 0 and later is not None and later[0] == self.looks[place + 1]
            return Placed(pose_between(pose, later[1], share) if follows and later else pose, moving=True)
        away = _state(self.moves[name], t_ns) and not self._rests(name, t_ns, later[0] if later else None)
        return None if away else Placed(pose, moving=False)

    def _rests(self, name: str, t_ns: int, seen_ns: int | None) -> bool:
        """Whether an item that somebody took has been let go of: it is said so once it rests, and it moves no more."""
        told = next((when for when, taken in self.moves[name] if when > t_ns and not taken), None)
        return told is not None and told - t_ns <= SETTLES_NS and (seen_ns is None or told <= seen_ns)


def read_history(recording: Recording, until_ns: int) -> History:
    """Read all that was recorded up to a time, and a little more, to know what comes of what was let go.

    Raises:
        UsageError: the recording has no truth: it is of a real store.
    """
    history = History()
    gates = [f"/gate/{gate.id}" for gate in recording.layout.gates]
    topics = ["/truth/true_poses", "/truth/true_move", *gates]
    for record in recording.records(topics, end_ns=until_ns + SETTLES_NS):
        history.add(record)
    if not history.looks:
        raise nobody_knows(recording)
    return history


def nobody_knows(recording: Recording) -> UsageError:
    """Return the complaint about a recording of a real store, for the caller to raise."""
    return UsageError(
        "nobody knows where bodies and goods were in this recording",
        where=str(recording.path),
        expected="a run of the twin",
        found=f"no truth, of {recording.start.scenario}",
    )


def _state(turns: Sequence[tuple[int, bool]], t_ns: int) -> bool:
    """Return the last of some turns that came by a time; False before the first."""
    state = False
    for when, what in turns:
        if when > t_ns:
            break
        state = what
    return state
