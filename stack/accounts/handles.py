"""Which account a handle stands for. A handle is random; an account has as many as it has phones."""

from __future__ import annotations

from dataclasses import dataclass, replace

from numpy.random import Generator

from contracts.codes.digits import require_digits
from contracts.errors import UsageError

DIGITS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One handle.

    Args:
        account: whose.
        key_id: number of the key that its secret comes from.
        revoked: whether its phone was signed out.
    """

    account: str
    key_id: int
    revoked: bool = False


class HandleBook:
    """Maps handles to accounts.

    Args:
        draws: where new handles come from; in a shop of its own, seeded by the machine's entropy.
    """

    def __init__(self, draws: Generator) -> None:
        self._draws = draws
        self._entries: dict[str, Entry] = {}

    def find(self, handle: str) -> Entry | None:
        """Return what is known of a handle."""
        return self._entries.get(handle)

    def of(self, account: str) -> tuple[str, ...]:
        """Return the handles of an account that are in use, oldest first."""
        return tuple(one for one, entry in self._entries.items() if entry.account == account and not entry.revoked)

    def all(self) -> tuple[tuple[str, Entry], ...]:
        """Return all handles that were ever given out, oldest first."""
        return tuple(self._entries.items())

    def add(self, account: str, key_id: int, handle: str = "") -> str:
        """Enter a handle of an account and return it.

        Args:
            account: whose.
            key_id: number of the key that its secret comes from.
            handle: 8 digits that were given out elsewhere, "" to draw new ones.

        Raises:
            UsageError: the handle is taken.
        """
        chosen = handle or self._drawn()
        require_digits(chosen, "a handle", (DIGITS,))
        if chosen in self._entries:
            raise UsageError("a handle stands for one phone", found="one that is in use or was", hint="draw a new one")
        self._entries[chosen] = Entry(account, key_id)
        return chosen

    def revoke(self, handle: str) -> bool:
        """Sign a phone out; return whether it was signed in. A handle that was revoked is never given out again."""
        entry = self._entries.get(handle)
        if entry is None or entry.revoked:
            return False
        self._entries[handle] = replace(entry, revoked=True)
        return True

    def revoke_account(self, account: str) -> int:
        """Sign all phones of an account out; return how many."""
        return sum(self.revoke(handle) for handle in self.of(account))

    def _drawn(self) -> str:
        """Return eight digits that were never used; half the space must be free, so a few draws are enough."""
        if len(self._entries) >= 10**DIGITS // 2:
            raise UsageError("no handles are left", expected=f"at most {10**DIGITS // 2}", hint="start a new key ring")
        while True:
            drawn = f"{int(self._draws.integers(10**DIGITS)):0{DIGITS}d}"
            if drawn not in self._entries:
                return drawn
