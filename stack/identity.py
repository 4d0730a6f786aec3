"""Who may come in: codes and palms to accounts. A code is hashed on arrival and never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.codes.shown import digest
from contracts.layout import Account
from contracts.records import PalmScan, Scan


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody showed at a gate, looked up.

    Args:
        account: account id, "" when it opens nothing.
        refusal: what to tell the person when it opens nothing, or "".
    """

    account: str
    refusal: str = ""


class AccountBook:
    """Looks accounts up by what their owners show."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_digest: dict[str, str] = {}
        self._by_palm: dict[str, str] = {}
        for account in accounts:
            self._by_digest.update(dict.fromkeys(account.code_digests, account.id))
            self._by_palm.update(dict.fromkeys(account.palm_handles, account.id))

    def look_up(self, record: Scan | PalmScan) -> Shown:
        """Return whose code or palm this is."""
        if isinstance(record, PalmScan):
            return self.by_palm(record.handle)
        return self.by_code(record.code)

    def by_code(self, code: bytes) -> Shown:
        """Return the account of a code as the scanner read it, or as a recording kept it."""
        account = self._by_digest.get(digest(code), "")
        return Shown(account, "" if account else "This code is not known here. Please show the code in your app.")

    def by_palm(self, handle: str) -> Shown:
        """Return the account of an enrolled palm; "" is the reader's word for a palm that matched nobody."""
        account = self._by_palm.get(handle, "") if handle else ""
        return Shown(account, "" if account else "This palm is not enrolled. Please show the code in your app.")
