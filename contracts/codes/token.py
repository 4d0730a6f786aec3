"""The rotating account code: 24 digits that a phone computes anew every 30 s, with or without a network.

    7 | key id 2 | handle 8 | step 3 | places 1 | MAC 9

The handle is random and means something to the server alone; no account data is in the code. The step is the number
of 30 s since the start of the clock; its last three digits are written, the server's own clock gives the rest. The MAC
is RFC 4226's code (SHA-256, 9 digits) of `step * 10 + places` under the handle's secret, which is derived from the
server's key, the key id and the handle (RFC 5869, expand): the server stores none of them, and a phone that leaks its
own gives away no other. How many people the code admits is `places`: 1, or a group's number up to 9.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field

from contracts.clock import SECOND
from contracts.codes.digits import require_digits
from contracts.codes.hotp import hotp
from contracts.errors import BadCode, UsageError

STEP_NS = 30 * SECOND
LENGTH = 24
FIRST_KEY_ID = 1
"""The number of the key that a deployment is set up with."""
MOST_PLACES = 9
SHORTEST_KEY = 16
_KIND = "7"
_WRITTEN_STEPS = 1000
_MAC_DIGITS = 9
_INFO = b"walkout rotating code 7\0"


@dataclass(frozen=True, slots=True)
class Token:
    """A code as read; nothing of it is verified yet.

    Args:
        key_id: which of the server's keys, 0..99.
        handle: 8 digits, to look up.
        written_step: the last three digits of the step.
        places: how many people it admits, 1..9.
        mac: 9 digits, to compare in constant time.
    """

    key_id: int
    handle: str
    written_step: int
    places: int
    mac: str = field(repr=False)

    def step_near(self, now_step: int) -> int:
        """Return the whole step: of all that end in the written digits, the one nearest to now."""
        half = _WRITTEN_STEPS // 2
        return now_step + (self.written_step - now_step + half) % _WRITTEN_STEPS - half


@dataclass(frozen=True, slots=True)
class Handle:
    """What a phone holds: enough to make its own codes, and no other handle's.

    Args:
        key_id: which of the server's keys its secret comes from.
        handle: 8 digits.
        secret: 32 bytes; never logged.
    """

    key_id: int
    handle: str
    secret: bytes = field(repr=False)

    def code_at(self, t_ns: int, places: int = 1) -> str:
        """Return the 24 digits to show.

        Args:
            t_ns: the phone's own clock, from the same start as the server's.
            places: how many people shall get in on it, 1..9.
        """
        if not 1 <= places <= MOST_PLACES:
            raise UsageError("a code cannot admit so many", expected=f"1 to {MOST_PLACES}", found=f"{places}")
        step = step_at(t_ns)
        head = f"{_KIND}{self.key_id:02d}{self.handle}{step % _WRITTEN_STEPS:03d}{places}"
        return head + self.mac(step, places)

    def mac(self, step: int, places: int) -> str:
        """Return the 9 digits that prove step and places."""
        return hotp(self.secret, step * 10 + places, _MAC_DIGITS, "sha256")


def step_at(t_ns: int) -> int:
    """Return the step of a moment."""
    return t_ns // STEP_NS


def derive(key: bytes, key_id: int, handle: str) -> Handle:
    """Return a handle with its secret. Source: RFC 5869, section 2.3, one block; the key must be uniformly random.

    Args:
        key: the server's key, at least 16 random bytes.
        key_id: its number, 0..99.
        handle: 8 digits.
    """
    if len(key) < SHORTEST_KEY or not 0 <= key_id <= 99:
        raise UsageError(
            "this cannot be a key of rotating codes",
            expected=f"at least {SHORTEST_KEY} bytes and a number from 0 to 99",
            found=f"{len(key)} bytes, number {key_id}",
        )
    require_digits(handle, "a handle", (8,))
    return Handle(key_id, handle, hmac.digest(key, _INFO + f"{key_id:02d}{handle}".encode() + b"\x01", "sha256"))


def looks_like(text: str) -> bool:
    """Whether a text has the length and the first digit of a rotating code."""
    return len(text) == LENGTH and text.startswith(_KIND)


def read(text: str) -> Token:
    """Return the parts of a code.

    Raises:
        BadCode: it is none.
    """
    require_digits(text, "a rotating code", (LENGTH,))
    if text[0] != _KIND or text[14] == "0":
        raise BadCode("this is no rotating code", expected=f"{_KIND} first and at least one place")
    return Token(int(text[1:3]), text[3:11], int(text[11:14]), int(text[14]), text[15:])
