"""What shoppers carry: accounts, phones, member cards and enrolled palms, all drawn from the scenario's seed."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.biometrics import Modality, Subject
from contracts.codes.token import FIRST_KEY_ID, derive
from contracts.codes.top_up import NUMBER_DIGITS, TopUp
from contracts.held import HeldPhone
from contracts.layout import Account
from contracts.seeds import stream
from contracts.steps import Phone
from rig.keys import deployment_key

CODE_BYTES = 18  # 144 random bits, 24 characters of base64: fits a version 2 QR code at level M (26 bytes)
PALM_BYTES = 12
ID_BYTES = 6
HANDLE_DIGITS = 8


@dataclass(frozen=True, slots=True)
class Wallet:
    """What one shopper can show to a gate.

    Args:
        account: the account it opens, None for somebody without one.
        code: on a printed member card; it opens nothing when there is no account.
        palm: the handle that a reader reports for the palm; "" when the palm is not enrolled.
        phone: signed in to the account, None without one.
    """

    account: Account | None
    code: bytes
    palm: str
    phone: Phone | None = None


def wallet(
    seed: int,
    name: str,
    *,
    account: bool = True,
    loyalty: str = "",
    enrolled: bool = True,
    known_by: Sequence[Modality] = (),
    card_on_file: str = "approves",
    ahead_ns: int = 0,
    online: bool = True,
    held: HeldPhone | None = None,
) -> Wallet:
    """Return what a shopper carries.

    Args:
        seed: the scenario's seed.
        name: the shopper.
        account: whether there is an account; without one there still is a code, which nobody knows.
        loyalty: membership tier or "".
        enrolled: whether the palm is.
        known_by: what else is.
        card_on_file: how its bank behaves (`twin.provider.behaviour`).
        ahead_ns: how far the phone's clock is ahead.
        online: whether the phone has a network.
        held: how the phone is held before scanners.
    """
    code = base64.urlsafe_b64encode(stream(seed, "code", name).bytes(CODE_BYTES))
    if not account:
        return Wallet(None, code, "")
    palm = f"palm-{stream(seed, 'palm', name).bytes(PALM_BYTES).hex()}"
    digits = stream(seed, "handle", name).integers(10, size=HANDLE_DIGITS)
    handle = derive(deployment_key(seed), FIRST_KEY_ID, "".join(map(str, digits.tolist())))
    number = "".join(map(str, stream(seed, "top-up number", name).integers(10, size=NUMBER_DIGITS).tolist()))
    owner = Account(
        id=f"account-{stream(seed, 'account', name).bytes(ID_BYTES).hex()}",
        code_digests=(hashlib.sha256(code).hexdigest(),),
        palm_handles=(palm,) if enrolled else (),
        loyalty=loyalty,
        handle=handle.handle,
        instrument=f"tok-{stream(seed, 'card on file', name).bytes(ID_BYTES).hex()}~{card_on_file}",
        top_up=number,
        subjects=tuple(Subject(modality, _reference(seed, modality, name)) for modality in known_by),
    )
    phone = Phone(
        id=f"phone-{name}",
        handle=handle,
        top_up=TopUp(number).code().encode(),
        ahead_ns=ahead_ns,
        online=online,
        held=held,
    )
    return Wallet(owner, code, palm if enrolled else "", phone)


def _reference(seed: int, modality: Modality, name: str) -> str:
    return f"{modality.value}-{stream(seed, modality.value, name).bytes(PALM_BYTES).hex()}"
