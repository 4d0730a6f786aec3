"""Checks rotating account codes: the server's clock decides, and each code is taken once.

The code itself is described in `contracts/codes/token.py`. A guess is right with a chance of at most 1.4e-9, so a desk
needs no lock-out; it should count refusals that are `FORGED` all the same.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from contracts.codes import token
from contracts.codes.shown import PREFIX, digest
from contracts.codes.token import Handle, Token
from contracts.errors import BadCode, UsageError
from stack.accounts.handles import HandleBook
from stack.accounts.keys import KeyRing
from stack.accounts.reasons import Reason
from stack.accounts.replays import Uses, UsesInMemory
from stack.accounts.unhide import unhidden

DRIFT = 1
"""Steps that a phone's clock may be off, either way. Source: RFC 6238, section 5.2 (one step for the delay)."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A code that was right, and is used now.

    Args:
        account: whose it is.
        handle: by which of its phones.
        use: which use of the code this is, 1 and up.
        places: how many it admits.
    """

    account: str
    handle: str
    use: int = 1
    places: int = 1


@dataclass(frozen=True, slots=True)
class Refused:
    """A code that opens nothing."""

    reason: Reason


class RotatingCodes:
    """Signs phones in and out, and checks what they show.

    Args:
        keys: the server's keys.
        book: which handle is whose.
        uses: which codes were used.
    """

    def __init__(self, keys: KeyRing, book: HandleBook, uses: Uses | None = None) -> None:
        self.keys = keys
        self._book = book
        self._uses = uses or UsesInMemory()
        self._now_ns = 0

    def keep_uses(self, uses: Uses) -> None:
        """Count uses elsewhere from now on."""
        self._uses = uses

    def sign_in(self, account: str, handle: str = "") -> Handle:
        """Return what a phone of an account needs to make codes, also without a network.

        Args:
            account: whose phone.
            handle: 8 digits that were given out elsewhere, "" to draw new ones.
        """
        entered = self._book.add(account, self.keys.current, handle)
        return self._secret(self.keys.current, entered)

    def renew(self, handle: str) -> Handle:
        """Return what takes a handle's place, under the current key; the old one ends."""
        entry = self._book.find(handle)
        if entry is None or not self._book.revoke(handle):
            raise UsageError("no phone is signed in under this handle", hint="sign it in")
        return self.sign_in(entry.account)

    def issue(self, handle: str, t_ns: int, places: int = 1) -> str:
        """Return the code that a phone shows at a moment, for a phone that asks the server for it."""
        entry = self._book.find(handle)
        if entry is None or entry.revoked:
            raise UsageError("no phone is signed in under this handle", hint="sign it in")
        return self._secret(entry.key_id, handle).code_at(t_ns, places)

    def check(self, code: bytes, t_ns: int) -> Accepted | Refused:
        """Take a code, or say why not.

        Args:
            code: as a scanner read it, or the digest that a recording keeps of it (`contracts/codes/shown.py`).
            t_ns: the server's clock. One that runs back is not believed: the latest time stands.
        """
        self._now_ns = max(self._now_ns, t_ns)
        try:
            shown = token.read(self._text(code))
        except BadCode:
            return Refused(Reason.MALFORMED)
        return self._verify(shown, token.step_at(self._now_ns))

    def _verify(self, shown: Token, now_step: int) -> Accepted | Refused:
        secret, entry = self.keys.handle(shown.key_id, shown.handle), self._book.find(shown.handle)
        if secret is None:
            return Refused(Reason.UNKNOWN_KEY)
        if entry is None or entry.key_id != shown.key_id:
            return Refused(Reason.UNKNOWN_HANDLE)
        step = shown.step_near(now_step)
        if not hmac.compare_digest(secret.mac(step, shown.places), shown.mac):
            return Refused(Reason.FORGED)
        if entry.revoked:
            return Refused(Reason.REVOKED)
        if abs(step - now_step) > DRIFT:
            return Refused(Reason.EXPIRED if step < now_step else Reason.EARLY)
        use = self._uses.use(shown.handle, step, shown.places, self._now_ns)
        return Accepted(entry.account, shown.handle, use, shown.places) if use else Refused(Reason.REPLAYED)

    def _text(self, code: bytes) -> str:
        if not code.startswith(PREFIX):
            return code.decode("ascii", "replace")
        phones = [self.keys.handle(entry.key_id, one) for one, entry in self._book.all()]
        return unhidden(digest(code), [one for one in phones if one], self._now_ns)

    def _secret(self, key_id: int, handle: str) -> Handle:
        secret = self.keys.handle(key_id, handle)
        if secret is None:
            raise UsageError("the key of this handle is no longer on the ring", hint="sign the phone in again")
        return secret
