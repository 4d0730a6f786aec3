"""Reloadable account numbers: what the bar code says that cash is paid in on."""

from __future__ import annotations

from numpy.random import Generator

from contracts.codes.top_up import NUMBER_DIGITS, TopUp
from contracts.codes.top_up import read as read_code
from contracts.errors import BadCode

_HALF = 10 ** (NUMBER_DIGITS // 2)


class TopUpNumbers:
    """One number an account, for as long as the account wants it.

    Args:
        draws: where numbers come from; they say nothing about the account.
    """

    def __init__(self, draws: Generator) -> None:
        self._draws = draws
        self._account: dict[str, str] = {}
        self._number: dict[str, str] = {}

    def code_of(self, account: str) -> str:
        """Return the 20 digits of an account's bar code, the same at every call."""
        if account not in self._number:
            number = self._drawn()
            self._account[number], self._number[account] = account, number
        return TopUp(self._number[account]).code()

    def account_of(self, code: bytes) -> str:
        """Return whose bar code this is, "" when it is nobody's or was misread."""
        try:
            return self._account.get(read_code(code.decode("ascii", "replace")).number, "")
        except BadCode:
            return ""

    def replace(self, account: str) -> str:
        """Return a new bar code for an account; the old one is nobody's from now on."""
        self._account.pop(self._number.pop(account, ""), None)
        return self.code_of(account)

    def _drawn(self) -> str:
        while True:
            halves = self._draws.integers(_HALF, size=2).tolist()
            number = "".join(f"{half:0{NUMBER_DIGITS // 2}d}" for half in halves)
            if number not in self._account:
                return number
