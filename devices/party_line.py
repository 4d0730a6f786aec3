"""The far end of a line that several emulated devices hang on: each hears all, and speaks when it is asked."""

from __future__ import annotations

from devices.drivers.lines import FarLine
from devices.line import MOST_BYTES


class PartyLine:
    """The owner of a far end.

    Args:
        line: that end; closed with the last who leaves.
    """

    def __init__(self, line: FarLine) -> None:
        self._line = line
        self._places: list[Place] = []

    def place(self) -> Place:
        """Return one more device's place."""
        self._places.append(Place(self, self._line))
        return self._places[-1]

    def hear(self) -> None:
        """Let everybody hear what came."""
        data = self._line.read()
        for place in self._places:
            place.inbox += data
            del place.inbox[:-MOST_BYTES]

    def leave(self, place: Place) -> None:
        """Give a place back; may be called twice."""
        if place in self._places:
            self._places.remove(place)
            if not self._places:
                self._line.close()


class Place:
    """One device's end; made by `PartyLine.place`."""

    def __init__(self, party: PartyLine, line: FarLine) -> None:
        self._party, self._line = party, line
        self.inbox = bytearray()

    @property
    def arrivals(self) -> int:
        """How many have come to the near end so far."""
        return self._line.arrivals

    def read(self) -> bytes:
        """Return what has come since the last call, b"" when nothing has."""
        self._party.hear()
        data = bytes(self.inbox)
        self.inbox.clear()
        return data

    def write(self, data: bytes) -> None:
        """Send bytes."""
        self._line.write(data)

    def hang_up(self) -> None:
        """End the connection, where there is one."""
        self._line.hang_up()

    def close(self) -> None:
        """Leave; may be called twice."""
        self._party.leave(self)
