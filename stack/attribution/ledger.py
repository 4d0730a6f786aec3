"""Everybody's cart, event by event, and what conservation says about earlier readings.

Goods do not appear: somebody who puts back what they never took got it from somebody. Either an earlier take was
theirs and read wrongly, or it was handed to them. The ledger finds which and corrects the books.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from contracts.records import Hypothesis

HANDED = 0.15
"""How probably somebody holds a product of a person they have stood beside since that person took it.
Most people who stand side by side hand nothing over; there is no measured rate."""
MISREAD_LEAST = 0.02
"""An earlier reading with less support than this is not taken up again."""

IN_HAND = 0.9
"""How often it is what was taken last that somebody gives away or drops; the rest is in bag or basket. Of 8 hand-overs
and drops by people with several goods, in 142 recordings of the suites' tuning seeds, all 8; with one of each added, 9
of 10. It is not used for put-backs: in a real store's log all 7 were of what was taken last, but in the recordings only
20 of 28."""
WORTH_TELLING = 0.05
"""Smaller changes of a probability are not news."""


@dataclass(slots=True, eq=False)
class Entry:
    """One line of the books: one part of one event.

    Args:
        visit: whose cart, "" for goods that nobody is known to have moved.
        product: what.
        count: into the cart; negative = out of it.
        event: shelf event id, "" for a hand-over.
        probability: of this part.
        t_ns: when.
        others: the event's rival readings.
    """

    visit: str
    product: str
    count: int
    event: str
    probability: float
    t_ns: int
    others: tuple[Hypothesis, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """A change to the books that a later event forced.

    Args:
        revised: all entries of an event of which one now has another owner; none for a hand-over.
        posted: new entries: giver's and receiver's, of a hand-over.
    """

    revised: tuple[Entry, ...] = ()
    posted: tuple[Entry, ...] = ()


class Ledger:
    """The books.

    Args:
        met: whether two visits have stood side by side since a moment.
    """

    def __init__(self, met: Callable[[str, str, int], bool]) -> None:
        self.entries: list[Entry] = []
        self._met = met
        self._closed: set[str] = set()

    def cart(self, visit: str) -> dict[str, int]:
        """Return what a visit holds: product -> count; negative where it put back what it never took."""
        cart: dict[str, int] = {}
        for entry in self.of(visit):
            cart[entry.product] = cart.get(entry.product, 0) + entry.count
        return {product: count for product, count in cart.items() if count}

    def in_hand(self, visit: str, t_ns: int) -> dict[str, float]:
        """Return what somebody probably had in the hand at a moment: product -> probability; empty of an empty cart."""
        count: dict[str, int] = {}
        taken_ns: dict[str, int] = {}
        for entry in self.of(visit):
            if entry.t_ns <= t_ns:
                count[entry.product] = count.get(entry.product, 0) + entry.count
                if entry.count > 0:
                    taken_ns[entry.product] = entry.t_ns
        held = sorted((at_ns, product) for product, at_ns in taken_ns.items() if count[product] > 0)
        if len(held) <= 1:
            return {product: 1.0 for _, product in held}
        *rest, (_, latest) = held
        return {latest: IN_HAND} | {product: (1.0 - IN_HAND) / len(rest) for _, product in rest}

    def of(self, visit: str) -> list[Entry]:
        """Return the entries of a visit."""
        return [entry for entry in self.entries if entry.visit == visit]

    def only_take(self, visit: str, product: str) -> Entry | None:
        """Return the take that a visit has its one item of a product by; None when it took more, or was handed it."""
        takes = [entry for entry in self.of(visit) if entry.product == product and entry.count > 0]
        return takes[0] if len(takes) == 1 and takes[0].count == 1 and takes[0].event else None

    def needs(self, visit: str, product: str, count: int) -> set[str]:
        """Return the events without which a visit would hold less than so many of a product."""
        held = self.cart(visit).get(product, 0)
        taken: dict[str, int] = {}
        for entry in self.of(visit):
            if entry.product == product:
                taken[entry.event] = taken.get(entry.event, 0) + entry.count
        return {event for event, gained in taken.items() if event and held - gained < count}

    def may_have(self, visit: str, product: str) -> float:
        """Return how probably a visit holds a product that stands in another's cart, 0..1."""
        return max((odds for odds, _, _ in self._sources(visit, product)), default=0.0)

    def close(self, visit: str) -> None:
        """No more corrections of this visit: its receipt is out."""
        self._closed.add(visit)

    def post(self, entry: Entry) -> list[Correction]:
        """Enter one part of an event; return what had to be corrected for it."""
        self.entries.append(entry)
        corrections = []
        while entry.visit and self.cart(entry.visit).get(entry.product, 0) < 0:
            correction = self._correct(entry)
            if correction is None:
                break
            corrections.append(correction)
        return corrections

    def strike(self, event: str) -> list[Entry]:
        """Take an event out of the books; return its entries. What a closed visit owes stays."""
        struck = [entry for entry in self.entries if entry.event == event and entry.visit not in self._closed]
        self.entries = [entry for entry in self.entries if entry not in struck]
        return struck

    def reread(self, event: str, chosen: Hypothesis, others: tuple[Hypothesis, ...]) -> Entry | None:
        """Give an event another owner or probability, unless somebody then had given back what they never had.

        Args:
            event: its id.
            chosen: the reading to act on; the same goods as before.
            others: the readings that lost.

        Returns:
            The entry when it has another owner now, or is more or less sure than it was.
        """
        mine = [entry for entry in self.entries if entry.event == event]
        if len(mine) != 1 or (mine[0].product, mine[0].count) != (chosen.product, chosen.count):
            return None
        entry, loser = mine[0], mine[0].visit if mine[0].count > 0 else chosen.visit
        if entry.visit == chosen.visit:
            told = abs(entry.probability - chosen.probability) > WORTH_TELLING
            entry.probability, entry.others = chosen.probability, others
            return entry if told else None
        held = self.cart(loser).get(entry.product, 0)
        if {entry.visit, chosen.visit} & self._closed or (loser and held < abs(entry.count)):
            return None
        entry.visit, entry.probability, entry.others = chosen.visit, chosen.probability, others
        return entry

    def _correct(self, put: Entry) -> Correction | None:
        """Explain one item that was put back without having been taken."""
        sources = list(self._sources(put.visit, put.product))
        if not sources:
            return None
        _, source, misread = max(sources, key=lambda source: source[0])
        if misread:
            source.visit, source.probability = put.visit, put.probability
            return Correction(revised=tuple(entry for entry in self.entries if entry.event == source.event))
        given = Entry(source.visit, put.product, -1, "", put.probability, put.t_ns)
        taken = Entry(put.visit, put.product, +1, "", put.probability, put.t_ns)
        self.entries += [given, taken]
        return Correction(posted=(given, taken))

    def _sources(self, visit: str, product: str) -> Iterator[tuple[float, Entry, bool]]:
        """Yield the takes that may really be a visit's: (odds, entry, whether misread rather than handed over)."""
        for entry in self.entries:
            mine = entry.visit == visit or entry.visit in self._closed
            if mine or entry.product != product or entry.count <= 0 or not entry.event:
                continue
            if self.cart(entry.visit).get(product, 0) < entry.count:
                continue
            misread = sum(h.probability for h in entry.others if (h.visit, h.product) == (visit, product))
            if misread >= MISREAD_LEAST:
                yield misread, entry, True
            if entry.visit and self._met(visit, entry.visit, entry.t_ns):
                yield HANDED, entry, False
