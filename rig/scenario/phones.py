"""What shoppers carry: accounts, codes on phones and enrolled palms, all drawn from the scenario's seed."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from contracts.layout import Account
from contracts.seeds import stream

CODE_BYTES = 18  # 144 random bits, 24 characters of base64: fits a version 2 QR code at level M (26 bytes)
PALM_BYTES = 12
ID_BYTES = 6


@dataclass(frozen=True, slots=True)
class Wallet:
    """What one shopper can show to a gate.

    Args:
        account: the account it opens, None for somebody without one.
        code: what the phone shows.
        palm: the handle that a reader reports for the palm; "" when the palm is not enrolled.
    """

    account: Account | None
    code: bytes
    palm: str


def wallet(seed: int, name: str, *, account: bool = True, loyalty: str = "") -> Wallet:
    """Return what a shopper carries.

    Args:
        seed: the scenario's seed.
        name: the shopper.
        account: whether there is an account; without one the phone still shows a code, which nobody knows.
        loyalty: membership tier or "".
    """
    code = base64.urlsafe_b64encode(stream(seed, "code", name).bytes(CODE_BYTES))
    if not account:
        return Wallet(None, code, "")
    palm = f"palm-{stream(seed, 'palm', name).bytes(PALM_BYTES).hex()}"
    owner = Account(
        id=f"account-{stream(seed, 'account', name).bytes(ID_BYTES).hex()}",
        code_digests=(hashlib.sha256(code).hexdigest(),),
        palm_handles=(palm,),
        loyalty=loyalty,
    )
    return Wallet(owner, code, palm)
