"""One-time codes that sign a browser in: for a test deployment, where nobody has a password."""

from __future__ import annotations

import hashlib
from collections import deque
from enum import StrEnum

from contracts.clock import SECOND
from stack.palm.keys import Entropy

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No I, L, O, U: they are taken for others. Source: Crockford's Base32."""
LENGTH = 8
"""40 bits: at ten guesses a minute, one of a hundred open codes is found in 20 000 years."""
GUESSES, WITHIN_NS = 10, 60 * SECOND


class Wrong(StrEnum):
    """Why nobody is signed in, as keys of the app's words."""

    CODE = "sign_in.wrong"
    TOO_OFTEN = "sign_in.wait"


class SignIns:
    """The open codes, one an account.

    Args:
        entropy: `secrets.token_bytes` outside tests.
    """

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy
        self._account_of: dict[str, str] = {}  # by the code's digest
        self._wrong_ns: deque[int] = deque()

    def issue(self, account: str) -> str:
        """Return a new code of an account; its old one is worth nothing from now on."""
        text = "".join(LETTERS[byte % len(LETTERS)] for byte in self._entropy(LENGTH))
        self._account_of = {code: owner for code, owner in self._account_of.items() if owner != account}
        self._account_of[_digest(text)] = account
        return f"{text[: LENGTH // 2]}-{text[LENGTH // 2 :]}"

    def redeem(self, code: str, now_ns: int) -> str | Wrong:
        """Return whose code this is, and take it; or why it is nobody's.

        Args:
            code: as typed.
            now_ns: the server's clock.
        """
        while self._wrong_ns and now_ns - self._wrong_ns[0] > WITHIN_NS:
            self._wrong_ns.popleft()
        if len(self._wrong_ns) >= GUESSES:
            return Wrong.TOO_OFTEN
        account = self._account_of.pop(_digest(_plain(code)), None)
        if account is None:
            self._wrong_ns.append(now_ns)
            return Wrong.CODE
        return account


def _plain(code: str) -> str:
    """Return a code without what people put between its letters."""
    return "".join(code.upper().split()).replace("-", "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
