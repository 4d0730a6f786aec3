"""Contacts bounce: a level counts only when it has stayed for a while."""

from __future__ import annotations

from contracts.clock import MILLISECOND

BOUNCE_NS = 40 * MILLISECOND
"""The longest that a contact bounces; relays and arms take 5 to 35 ms."""


class Debounced:
    """Some inputs.

    Args:
        count: how many.
        bounce_ns: how long a level must stay.
    """

    def __init__(self, count: int, bounce_ns: int = BOUNCE_NS) -> None:
        self._bounce_ns = bounce_ns
        self._taken: list[int | None] = [None] * count
        self._seen: list[tuple[int, int]] = [(-1, 0)] * count

    def level(self, channel: int) -> bool | None:
        """Return a level that has stayed, None when none has yet."""
        taken = self._taken[channel]
        return None if taken is None else bool(taken)

    def seen(self, channel: int) -> bool:
        """Return a level as it was read last, bounce or not."""
        return self._seen[channel][0] == 1

    def take(self, levels: tuple[int, ...], now_ns: int) -> list[tuple[int, bool]]:
        """Take all levels as read; return the channels that have changed. The first level of each is no change."""
        changed: list[tuple[int, bool]] = []
        for channel, level in enumerate(levels[: len(self._taken)]):
            seen, since_ns = self._seen[channel]
            if level != seen:
                self._seen[channel] = (level, now_ns)
            elif level != self._taken[channel] and now_ns - since_ns >= self._bounce_ns:
                if self._taken[channel] is not None:
                    changed.append((channel, bool(level)))
                self._taken[channel] = level
        return changed

    def forget(self) -> None:
        """Begin anew: nobody knows what happened meanwhile."""
        self._taken = [None] * len(self._taken)
        self._seen = [(-1, 0)] * len(self._seen)
