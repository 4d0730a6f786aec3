"""Whose account answers for whom: truth that no device knows, kept beside the gates."""

from __future__ import annotations

from contracts.clock import SECOND
from contracts.layout import Layout
from contracts.records import Direction, GateAction, GateCommand

PATIENCE_NS = 15 * SECOND
"""A code that has opened nothing for so long was turned down."""


class Admissions:
    """Follows codes and palms from the reader through the opened gate to the person who passes.

    Args:
        layout: the store.
    """

    def __init__(self, layout: Layout) -> None:
        readers = {g.id: (g.scanner, g.palm_reader, g.bio_reader) for g in layout.gates}
        self._gate_of = {reader: gate for gate, here in readers.items() for reader in here if reader}
        self._shown: dict[str, tuple[str, int]] = {}
        self._admitted: dict[str, list[str]] = {}
        self._payer: dict[str, str] = {}

    def shown(self, reader: str, owner: str, now_ns: int) -> None:
        """Somebody's code or palm was held to a reader."""
        gate = self._gate_of.get(reader, "")
        if gate and owner:
            self._shown[gate] = (owner, now_ns)

    def ordered(self, command: GateCommand, now_ns: int) -> None:
        """A gate was told something; opening it inwards admits somebody on the code last shown there."""
        if command.action is not GateAction.OPEN or command.direction is not Direction.IN:
            return
        self._admitted.setdefault(command.gate, []).append(self._last_shown(command.gate, now_ns))

    def walked_up(self, gate: str, now_ns: int) -> None:
        """Somebody goes through a gate that needs no opening: a code that was shown there counts all the same."""
        if not self._admitted.get(gate):
            self._admitted[gate] = [self._last_shown(gate, now_ns)]

    def _last_shown(self, gate: str, now_ns: int) -> str:
        """Return whose code was shown at a gate and has admitted nobody yet, or ""."""
        owner, since_ns = self._shown.pop(gate, ("", 0))
        return owner if now_ns - since_ns <= PATIENCE_NS else ""

    def passed(self, shopper: str, gate: str, direction: Direction, *, opened: bool) -> str:
        """Somebody crossed a gate's line.

        Returns:
            The shopper whose account answers for this person; "" when nobody's does.
        """
        if direction is Direction.IN:
            waiting = self._admitted.get(gate, [])
            self._payer[shopper] = waiting.pop(0) if opened and waiting else ""
        return self._payer.get(shopper, "")

    def lapsed(self, gate: str) -> None:
        """A gate locked again with nobody through: what was admitted there is void."""
        self._admitted.pop(gate, None)
