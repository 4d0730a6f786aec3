"""Places in the queue for devices: who came first is first, and nobody waits behind one who wants something else."""

from __future__ import annotations

from dataclasses import replace

from devices.shim.leases import PATIENCE_NS, Asked, Waiting


class LeaseQueue:
    """The queue of one shim. A place is kept by asking again."""

    def __init__(self) -> None:
        self._places: dict[int, Waiting] = {}

    @property
    def places(self) -> tuple[Waiting, ...]:
        """All places, first come first."""
        return tuple(self._places.values())

    def place(self, ticket: int) -> int:
        """Return how many are before a place, itself included: 1 is next; 0 for one that was given up."""
        return [*self._places].index(ticket) + 1 if ticket in self._places else 0

    def wanted_before(self, ticket: int) -> frozenset[str]:
        """Return the devices that those before a place wait for; all in the queue are before one who has no place."""
        before: set[str] = set()
        for place in self._places.values():
            if place.ticket == ticket:
                break
            before |= place.asked.devices
        return frozenset(before)

    def join(self, ticket: int, asked: Asked, now_ns: int) -> Waiting:
        """Return a new place at the end."""
        place = Waiting(ticket, replace(asked, ticket=ticket), now_ns, now_ns)
        self._places[ticket] = place
        return place

    def seen(self, asked: Asked, now_ns: int) -> Waiting | None:
        """Return the place of one who asks again; None when there is none, or it was for other devices."""
        place = self._places.get(asked.ticket)
        if place is None or place.asked.devices != asked.devices:
            return None
        self._places[asked.ticket] = place = replace(place, seen_ns=now_ns)
        return place

    def leave(self, ticket: int) -> None:
        """Give a place up, if there is one."""
        self._places.pop(ticket, None)

    def forget_gone(self, now_ns: int) -> None:
        """Give up the places that nobody has asked for lately."""
        gone = [place.ticket for place in self._places.values() if now_ns - place.seen_ns > PATIENCE_NS]
        for ticket in gone:
            del self._places[ticket]
