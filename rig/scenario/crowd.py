"""A crowd: how many come, how they shop, and everything about them that can be drawn without a store."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from numpy.random import Generator

from contracts.clock import MILLISECOND, SECOND
from contracts.seeds import stream
from contracts.steps import Engine
from rig.scenario import habits

BEHIND_NS = SECOND
"""How long after one another the members of a group arrive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """What a file says of its crowd.

    Args:
        shoppers: how many; they are named c1, c2, ...
        per_minute: parties that arrive a minute.
        basket: whose baskets they fill, a key of `habits.BASKETS`.
        put_back: at each stop, the chance that what is taken goes back to a shelf and is not bought.
        wrong_shelf: share of what goes back that goes to another shelf than its own.
        groups: share of parties that are more than one person on one account.
        children: share of guests who are children.
        browse_ns: how long somebody looks at a shelf before taking something, on average.
        drawn: the scenario's shoppers hold the crowd already.
        engine: who steers them.
    """

    shoppers: int
    per_minute: float = habits.ARRIVALS_PER_MINUTE
    basket: str = "convenience"
    put_back: float = habits.PUT_BACK
    wrong_shelf: float = 0.0
    groups: float = 0.0
    children: float = habits.CHILDREN
    browse_ns: int = 2 * SECOND
    drawn: bool = False
    engine: Engine = "own"

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the crowd's shoppers."""
        return tuple(f"c{number}" for number in range(1, self.shoppers + 1))


class Kind(StrEnum):
    """What comes of a stop at a shelf."""

    BUY = "buy"
    RETURN = "return"
    """Taken, looked at and put back where it was."""
    MISPLACE = "misplace"
    """Taken and put on another shelf."""
    LOOK = "look"
    """Nothing is touched."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop at a shelf.

    Args:
        kind: what comes of it.
        units: how many of one product.
        for_ns: how long they look.
    """

    kind: Kind
    units: int
    for_ns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One of the crowd; what they take is known once there is a store.

    Args:
        name: "c1".
        arrives_ns: when they appear outside.
        height_m: standing height.
        speed_m_s: walking speed.
        guest_of: on whose account they come in, "" on their own.
        stops: what they do inside.
    """

    name: str
    arrives_ns: int
    height_m: float
    speed_m_s: float
    guest_of: str
    stops: tuple[Stop, ...]


def visitors(crowd: Crowd, seed: int) -> tuple[Visitor, ...]:
    """Draw a crowd; each trait of each shopper from a stream of its own, so that more shoppers change nobody.

    Args:
        crowd: what the file says.
        seed: the scenario's seed.
    """
    found: list[Visitor] = []
    arrives_s, host, left = 0.0, "", 0
    for name in crowd.names:
        guest = left > 0
        if guest:
            left -= 1
            arrives_ns = found[-1].arrives_ns + BEHIND_NS
        else:
            host, left = name, habits.party_size(_of(seed, name, "party"), crowd.groups) - 1
            arrives_s += habits.gap_s(_of(seed, name, "gap"), crowd.per_minute)
            arrives_ns = round(arrives_s * 1000) * MILLISECOND
        found.append(_visitor(crowd, seed, name, arrives_ns, host if guest else ""))
    return tuple(found)


def _visitor(crowd: Crowd, seed: int, name: str, arrives_ns: int, guest_of: str) -> Visitor:
    """Draw one shopper."""
    child = bool(guest_of) and _of(seed, name, "child").random() < crowd.children
    return Visitor(
        name=name,
        arrives_ns=arrives_ns,
        height_m=habits.height_m(_of(seed, name, "height"), child=child),
        speed_m_s=habits.speed_m_s(_of(seed, name, "speed"), child=child),
        guest_of=guest_of,
        stops=_stops(crowd, seed, name),
    )


def _stops(crowd: Crowd, seed: int, name: str) -> tuple[Stop, ...]:
    """Draw what somebody does inside; who buys nothing stops once, and may put back what they took."""
    lines = habits.BASKETS[crowd.basket].draw(_of(seed, name, "basket"))
    units, second_thoughts = _of(seed, name, "units"), _of(seed, name, "put back")
    wrong, browse = _of(seed, name, "wrong shelf"), _of(seed, name, "browse")

    def stop(kind: Kind, count: int = 1) -> Stop:
        looks_s = habits.browse_s(browse, crowd.browse_ns / SECOND)
        return Stop(kind, count, round(looks_s * 1000) * MILLISECOND)

    def goes_back() -> Stop:
        return stop(Kind.MISPLACE if wrong.random() < crowd.wrong_shelf else Kind.RETURN)

    if not lines:
        return (goes_back() if second_thoughts.random() < crowd.put_back else stop(Kind.LOOK),)
    found: list[Stop] = []
    for _ in range(lines):
        while second_thoughts.random() < crowd.put_back:
            found.append(goes_back())
        found.append(stop(Kind.BUY, habits.units(units)))
    return tuple(found)


def _of(seed: int, name: str, what: str) -> Generator:
    """Return the stream of one trait of one shopper."""
    return stream(seed, "crowd", name, what)
