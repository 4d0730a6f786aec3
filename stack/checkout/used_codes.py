"""Which codes were used, kept with the books: a code that admitted somebody before a restart admits nobody after it."""

from __future__ import annotations

import hmac
from collections.abc import Callable

from stack.accounts.code_table import next_use
from stack.accounts.replays import KEPT_NS
from stack.money.notes import Notes, Use


class UsesKept:
    """Counts uses beside the books; implements `stack.accounts.replays.Uses`.

    What is written down is a digest under the deployment's key; without that it says neither the code nor whose it is.

    Args:
        notes: beside the books; written in the transaction in which the stack decides.
        key: the deployment's.
    """

    def __init__(self, notes: Notes, key: bytes) -> None:
        self._notes, self._key = notes, key
        self._begun = False

    def begin(self, now_ns: int) -> None:
        """Hear what time it is at the start: where bench time began anew, what was used in another run says nothing."""
        if not self._begun:
            self._begun = True
            self._drop(lambda use: use.t_ns > now_ns)

    def use(self, handle: str, step: int, places: int, t_ns: int) -> int:
        """Count a use and return which one it is, 1 and up; 0 when all places are taken, and then count nothing.

        Args:
            handle: whose code.
            step: of the code, whole.
            places: how many it admits.
            t_ns: now; never runs back.
        """
        self.begin(t_ns)
        self._drop(lambda use: t_ns - use.t_ns > KEPT_NS)
        code = hmac.digest(self._key, f"used {handle} {step}".encode(), "sha256").hex()
        before = self._notes.find(Use, code)
        count = next_use(before.uses if before else 0, places)
        if not count:
            return 0
        self._notes.keep(Use(code, count, t_ns))
        return count

    def _drop(self, old: Callable[[Use], bool]) -> None:
        for use in self._notes.all(Use):
            if old(use):
                self._notes.drop(Use, use.code)
