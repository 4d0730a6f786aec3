"""What the inputs of a module say of the turnstile: debounced, each with its polarity, and counted."""

from __future__ import annotations

from contracts.clock import MILLISECOND
from devices.gate.debounce import BOUNCE_NS, Debounced
from devices.gate.module import Module
from devices.gate.turnstile import PASSES, Contact, Sense, Turnstile

BODY_NS = 300 * MILLISECOND
"""No two people come through in less. Our assumption; a tripod's arms take longer."""
DOUBT_NS = 2 * BOUNCE_NS
"""So long a count waits for the level that it may belong to."""


class Senses:
    """The inputs of one turnstile.

    Args:
        module: what they hang on.
        turnstile: which input tells what.
    """

    def __init__(self, module: Module, turnstile: Turnstile) -> None:
        self._inputs = turnstile.inputs
        self._of = {contact.channel: sense for sense, contact in turnstile.inputs.items()}
        self._levels = Debounced(module.inputs)
        self._counts: dict[Sense, int] = {}
        self._passed_ns: dict[Sense, int] = {}
        self._doubted_ns: dict[Sense, int] = {}
        self._told: set[Sense] = set()

    def active(self, sense: Sense) -> bool | None:
        """Whether a sense says so; None when nobody knows yet, or it is not wired."""
        contact = self._inputs.get(sense)
        level = None if contact is None else self._levels.level(contact.channel)
        return None if level is None or contact is None else level is contact.closed

    @property
    def known(self) -> bool:
        """Whether every wired input has been seen."""
        return all(self._levels.level(contact.channel) is not None for contact in self._inputs.values())

    def take(self, levels: tuple[int, ...], now_ns: int) -> list[tuple[Sense, bool]]:
        """Take all inputs as read; return what has changed."""
        found = []
        for channel, level in self._levels.take(levels, now_ns):
            sense = self._of.get(channel)
            if sense is None:
                continue
            found.append((sense, level is self._inputs[sense].closed))
            if sense in PASSES:
                self._told.add(sense)
                self._passed_ns[sense] = now_ns
        return found

    def count(self, counts: tuple[int, ...], now_ns: int) -> list[Sense]:
        """Take all counters; return the passages that were too short for anybody to look.

        A contact that bounces counts more than once, so what the levels have told, or are about to tell, is left out.
        """
        found: list[Sense] = []
        for sense in PASSES:
            contact = self._inputs.get(sense)
            if contact is None or not self._at_rest(contact):
                continue
            now, before = counts[contact.channel], self._counts.setdefault(sense, counts[contact.channel])
            told = sense in self._told or now_ns - self._passed_ns.get(sense, -BODY_NS) < BODY_NS
            self._told.discard(sense)
            if now == before or told:
                self._counts[sense] = now
                self._doubted_ns.pop(sense, None)
            elif now_ns - self._doubted_ns.setdefault(sense, now_ns) >= DOUBT_NS:
                self._counts[sense], self._passed_ns[sense] = now, now_ns
                del self._doubted_ns[sense]
                found.append(sense)
        return found

    def _at_rest(self, contact: Contact) -> bool:
        """Whether a contact has been as it is when nobody passes, and is."""
        level = self._levels.level(contact.channel)
        return level is not None and level is not contact.closed and self._levels.seen(contact.channel) is level

    def forget(self) -> None:
        """Begin anew: nobody knows what happened meanwhile."""
        self._levels.forget()
        self._counts.clear()
        self._told.clear()
        self._doubted_ns.clear()
