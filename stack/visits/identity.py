"""Who may come in: codes and palms to accounts. A code is never kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.biometrics import BioScan
from contracts.clock import SECOND
from contracts.codes import token
from contracts.codes.shown import PREFIX, digest
from contracts.codes.token import FIRST_KEY_ID
from contracts.layout import Account
from contracts.records import PalmScan, Scan
from contracts.seeds import stream
from stack.accounts.handles import HandleBook
from stack.accounts.keys import KeyRing
from stack.accounts.reasons import says
from stack.accounts.replays import Uses
from stack.accounts.rotating import Accepted, RotatingCodes
from stack.accounts.top_up import TopUpNumbers
from stack.visits.subjects import Subjects

REPEAT_NS = 2 * SECOND
"""A code shown again to a reader within this time is the same showing: scanners repeat while they see it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What somebody showed at a reader, looked up.

    Args:
        account: account id, "" when it opens nothing.
        refusal: what to tell the person when it opens nothing, or "".
    """

    account: str
    refusal: str = ""


class AccountBook:
    """Looks accounts up by what their owners show.

    Args:
        accounts: customers.
        key: of which the keys of their phones derive, b"" where no phones are used.
    """

    def __init__(self, accounts: Iterable[Account], key: bytes = b"") -> None:
        self._by_digest: dict[str, str] = {}
        self._by_palm: dict[str, str] = {}
        self._subjects = Subjects(accounts := tuple(accounts))
        self._phones = _phones(key) if key else None
        self._top_up = TopUpNumbers(stream(0, "top-up numbers"))  # all come with the accounts: none is ever drawn
        self._taken: dict[tuple[str, str], int] = {}
        for account in accounts:
            self._by_digest.update(dict.fromkeys(account.code_digests, account.id))
            self._by_palm.update(dict.fromkeys(account.palm_handles, account.id))
            if self._phones and account.handle:
                self._phones.sign_in(account.id, account.handle)
            if account.top_up:
                self._top_up.enter(account.id, account.top_up)

    def keep_uses(self, uses: Uses) -> None:
        """Count the uses of codes there from now on: in the books, which outlive this process."""
        if self._phones:
            self._phones.keep_uses(uses)

    @property
    def subjects(self) -> Subjects:
        """Who is known by the face or a finger."""
        return self._subjects

    def look_up(self, record: Scan | PalmScan | BioScan) -> Shown:
        """Return whose code or palm this is; a code that is still before the reader that took it is nobody's news."""
        if isinstance(record, BioScan):
            account, refusal = self._subjects.look_up(record)
            return Shown(account, refusal)
        if isinstance(record, PalmScan):
            return self.by_palm(record.handle, record.why)
        showing = (record.source, digest(record.code))
        if showing in self._taken and record.t_ns - self._taken[showing] < REPEAT_NS:
            return Shown("")
        shown = self.by_code(record.code, record.t_ns)
        if shown.account:
            self._taken[showing] = record.t_ns
        return shown

    def by_code(self, code: bytes, t_ns: int) -> Shown:
        """Return the account of a code as the scanner read it, or as a recording kept it."""
        account = self._by_digest.get(digest(code), "")
        if account or not (self._phones and _from_a_phone(code)):
            return Shown(account, "" if account else "This code is not known here. Please show the code in your app.")
        answer = self._phones.check(code, t_ns)
        return Shown(answer.account) if isinstance(answer, Accepted) else Shown("", says(answer.reason))

    def by_top_up(self, code: bytes) -> str:
        """Return the account that cash is paid in on with a bar code, "" for none."""
        return self._top_up.account_of(code)

    def palms_of(self, account: str) -> tuple[str, ...]:
        """Return the handles by which an account's owner is known."""
        return tuple(handle for handle, owner in self._by_palm.items() if owner == account)

    def know_palm(self, handle: str, account: str) -> None:
        """Know the owner of an account by a palm that a reader has enrolled."""
        self._by_palm[handle] = account

    def forget_palms(self, account: str) -> None:
        """Know nobody of an account by the palm any more."""
        self._by_palm = {handle: owner for handle, owner in self._by_palm.items() if owner != account}

    def by_palm(self, handle: str, why: str = "") -> Shown:
        """Return the account of an enrolled palm.

        Args:
            handle: what the reader says; "" is its word for a palm that matched nobody.
            why: what kept it from reading the palm, as far as it says.
        """
        account = self._by_palm.get(handle, "") if handle else ""
        trouble = "This palm is not enrolled" if handle or not why else f"This palm was not taken: {why}"
        return Shown(account, "" if account else f"{trouble}. Please show the code in your app.")


def _phones(key: bytes) -> RotatingCodes:
    # Handles come with the accounts, so none is ever drawn here.
    return RotatingCodes(KeyRing({FIRST_KEY_ID: key}, FIRST_KEY_ID), HandleBook(stream(0, "handles")))


def _from_a_phone(code: bytes) -> bool:
    return code.startswith(PREFIX) or token.looks_like(code.decode("ascii", "replace"))
