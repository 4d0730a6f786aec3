"""Enrolments in a folder, for palm readers of a bench: of synthetic palms, known again by the reference matcher."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes

from contracts.errors import UsageError
from devices.palm.seams import Image
from rig.palm.inside import SAMPLES, TRIES, WORDING, InsideReader
from stack.palm.enrol import Refused, enrol
from stack.palm.identify import Identifier
from stack.palm.keys import new_keys, read_keys, write_keys
from stack.palm.record import Consent, Enrolment, masks_of
from stack.palm.vault import Vault
from twin.palms import draw_palm, hand


def matcher(folder: Path, keys: Path) -> InsideReader:
    """Return who knows everybody enrolled in a folder.

    Args:
        folder: of sealed enrolments.
        keys: the file of their keys.

    Raises:
        UsageError: one of them is not there.
    """
    if not folder.is_dir() or not keys.is_file():
        raise UsageError(
            "there are no enrolments",
            where=str(folder if not folder.is_dir() else keys),
            expected="a folder of sealed enrolments, and the file of their keys",
            hint="rig palm enrol makes both of synthetic palms",
        )
    own = read_keys(keys)
    vault = Vault(folder, own, token_bytes)
    return InsideReader(Identifier(own, token_bytes, vault.all(), threads=1), vault)


def drawn(seed: int, handle: str, sample: str) -> Image:
    """Return a picture of the synthetic palm behind a handle; "" is a stranger's."""
    return hand(draw_palm(seed, handle or "a stranger"), sample)


def enrol_drawn(folder: Path, keys: Path, seed: int, handles: Sequence[str]) -> list[str]:
    """Enrol synthetic palms under their handles; return those that could not be enrolled in several tries.

    Args:
        folder: for sealed enrolments; made if it is not there.
        keys: the file of their keys; made with new ones if it is not there.
        seed: of the palms.
        handles: as accounts list them.
    """
    if not keys.is_file():
        keys.parent.mkdir(parents=True, exist_ok=True)
        write_keys(new_keys(token_bytes), keys)
    own = read_keys(keys)
    folder.mkdir(parents=True, exist_ok=True)
    vault, failed = Vault(folder, own, token_bytes), []
    for handle in handles:
        made = _enrolment(seed, handle, own.mask)
        if made is None:
            failed.append(handle)
        else:
            vault.keep(made)
    return failed


def _enrolment(seed: int, handle: str, mask: bytes) -> Enrolment | None:
    consent = Consent(handle, 0, WORDING)
    for attempt in range(TRIES):
        images = [drawn(seed, handle, f"enrol-{attempt}-{number}") for number in range(SAMPLES)]
        made = enrol(consent, [images], masks_of(mask), token_bytes)
        if not isinstance(made, Refused):
            return replace(made, handle=handle)
    return None
