"""Why a rotating code is refused, and what the screen then says."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why not."""

    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown key"
    UNKNOWN_HANDLE = "unknown handle"
    FORGED = "forged"
    REVOKED = "revoked"
    EXPIRED = "expired"
    EARLY = "early"
    REPLAYED = "replayed"


_NOT_KNOWN = "This code is not known here. Please show the code in your app."
_SAYS = {
    Reason.REVOKED: "This phone was signed out. Please sign in again in the app.",
    Reason.EXPIRED: "This code is too old. Please show the one that is in your app now.",
    Reason.EARLY: "The clock of this phone is ahead. Please let your phone set its time.",
    Reason.REPLAYED: "This code was used. Please wait for the next one in your app.",
}


def says(reason: Reason) -> str:
    """Return what to tell the customer; who shows a code that is not ours learns nothing more than that."""
    return _SAYS.get(reason, _NOT_KNOWN)
