"""Who is signed in, on which browser. Only digests of their cookies are kept."""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from dataclasses import dataclass, field

from contracts.clock import SECOND
from stack.palm.keys import Entropy

LIFE_NS = 12 * 3600 * SECOND
"""Without use. Our choice: a day in the store."""
MOST = 1000
"""Sessions that are kept; the one that was idle longest goes first."""
FORMS = 32
"""Open forms that a session remembers."""
TOKEN_BYTES = 32


@dataclass(slots=True)
class Session:
    """One browser that is signed in.

    Args:
        account: as whom.
        csrf: stands in every form, so that only pages of ours can send one.
        used_ns: when it was last seen.
        forms: those that may be sent, each once.
    """

    account: str
    csrf: str = field(repr=False)
    used_ns: int
    forms: list[str] = field(default_factory=list, repr=False)

    def sent(self, form: str) -> bool:
        """Note that a form came in; return whether it is the first time."""
        if form not in self.forms:
            return False
        self.forms.remove(form)
        return True

    def proves(self, csrf: str) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(csrf.encode(), self.csrf.encode())


class Sessions:
    """All of them.

    Args:
        entropy: `secrets.token_bytes` outside tests.
    """

    def __init__(self, entropy: Entropy) -> None:
        self._entropy = entropy
        self._by_digest: OrderedDict[str, Session] = OrderedDict()

    def open(self, account: str, now_ns: int) -> str:
        """Sign a browser in; return the value of its cookie."""
        token = self._entropy(TOKEN_BYTES).hex()
        self._by_digest[_digest(token)] = Session(account, self._entropy(TOKEN_BYTES).hex(), now_ns)
        while len(self._by_digest) > MOST:
            self._by_digest.popitem(last=False)
        return token

    def find(self, token: str, now_ns: int) -> Session | None:
        """Return the session of a cookie, None when there is none or it has run out."""
        key = _digest(token)
        session = self._by_digest.get(key)
        if session is None or now_ns - session.used_ns > LIFE_NS:
            self._by_digest.pop(key, None)
            return None
        session.used_ns = now_ns
        self._by_digest.move_to_end(key)
        return session

    def close(self, token: str) -> None:
        """Sign a browser out."""
        self._by_digest.pop(_digest(token), None)

    def new_form(self, session: Session) -> str:
        """Return the name of a form that may be sent once."""
        session.forms = [*session.forms[1 - FORMS :], self._entropy(TOKEN_BYTES).hex()]
        return session.forms[-1]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
