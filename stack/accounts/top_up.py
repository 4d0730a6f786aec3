"""Reloadable account numbers: what the bar code says that cash is paid in on."""

from __future__ import annotations

from numpy.random import Generator

from contracts.codes.shown import PREFIX, digest
from contracts.codes.top_up import NUMBER_DIGITS, TopUp
from contracts.errors import UsageError

_HALF = 10 ** (NUMBER_DIGITS // 2)


class TopUpNumbers:
    """One number an account, for as long as the account wants it. A number that was replaced is never given out again.

    Args:
        draws: where numbers come from; they say nothing about the account.
    """

    def __init__(self, draws: Generator) -> None:
        self._draws = draws
        self._code: dict[str, str] = {}
        self._account: dict[str, str] = {}  # by the code's digest; "" once it was replaced

    def enter(self, account: str, number: str) -> str:
        """Give an account the number that was drawn elsewhere; return its bar code.

        Args:
            account: whose.
            number: 16 digits, or the digest of the bar code, which is all that a recording keeps.

        Raises:
            UsageError: the number is, or was, somebody's.
        """
        code = number if number.encode().startswith(PREFIX) else TopUp(number).code()
        key = digest(code.encode())
        if key in self._account:
            raise UsageError("a reloadable number stands for one account", hint="draw another")
        self._account[digest(self._code.get(account, "").encode())] = ""
        self._account[key], self._code[account] = account, code
        return code

    def code_of(self, account: str) -> str:
        """Return the 20 digits of an account's bar code, the same at every call."""
        return self._code.get(account) or self.replace(account)

    def account_of(self, code: bytes) -> str:
        """Return whose bar code this is, as read or as a recording keeps it; "" when it is nobody's or was misread."""
        return self._account.get(digest(code), "")

    def replace(self, account: str) -> str:
        """Return a new bar code for an account; the old one is nobody's from now on."""
        while True:
            halves = self._draws.integers(_HALF, size=2).tolist()
            number = "".join(f"{half:0{NUMBER_DIGITS // 2}d}" for half in halves)
            if digest(TopUp(number).code().encode()) not in self._account:
                return self.enter(account, number)
