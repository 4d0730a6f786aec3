"""Looks for secrets, card numbers and pictures of palms in everything that a run leaves behind."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
from mcap.reader import make_reader

from contracts.biometrics import BioScan
from contracts.codes.digits import passes_luhn
from contracts.record import Record
from contracts.records import PalmScan
from rig.recording.reader import Recording

# Not inside a longer number, nor inside a digest: runs of digits there say nothing.
_RUN = re.compile(rb"(?<![0-9A-Fa-f])[0-9]{13,19}(?![0-9A-Fa-f])")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"BM6")
_PALM_BYTES = 80
"""A handle of a palm is shorter; a template or a picture is longer."""


def findings(folder: Path, secrets: Mapping[str, bytes], goods: frozenset[str] = frozenset()) -> list[str]:
    """Return what is found, and where; each says what it is and never quotes it.

    Args:
        folder: of a run, with all that it left.
        secrets: what for -> the secret.
        goods: bar codes that may pass for card numbers.
    """
    wanted = [(what, form) for what, secret in secrets.items() for form in _forms(secret)]
    found = []
    for where, data in _parts(folder):
        found += [f"{what} in {where}" for what, form in wanted if form in data]
        found += [f"a card number in {where}" for _ in _card_numbers(data, goods)]
    return sorted({*found, *_palms(folder)})


def _forms(secret: bytes) -> set[bytes]:
    """Return how a secret may be written."""
    digits = secret.hex()
    encoded = {base64.b64encode(secret).rstrip(b"="), base64.urlsafe_b64encode(secret).rstrip(b"=")}
    return {secret, digits.encode(), digits.upper().encode(), *encoded, repr(secret)[2:-1].encode()}


def _parts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield everything that can be read in a folder: each file as it lies, and recordings message by message."""
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = file.read_bytes()
        yield file.name, file.name.encode()
        if file.suffix != ".mcap":
            yield file.name, data
            continue
        with file.open("rb") as stream:
            reader = make_reader(stream)
            for meta in reader.iter_metadata():
                yield f"{file.name} (metadata)", repr(meta.metadata).encode()
            for attached in reader.iter_attachments():
                yield f"{file.name} ({attached.name})", attached.data
        for entry in Recording(file).entries():
            yield f"{file.name} {entry.topic}", entry.data


def _card_numbers(data: bytes, goods: frozenset[str]) -> Iterator[bytes]:
    for run in _RUN.findall(data):
        text = run.decode()
        if passes_luhn(text) and text not in goods and not text.startswith("0"):
            yield run


def _palms(folder: Path) -> Iterator[str]:
    """Yield what could be a palm: anything of a palm's reader that is longer than a handle, and pictures in books."""
    for file in sorted(folder.rglob("*")):
        if file.suffix == ".mcap":
            for record in Recording(file).records():
                if isinstance(record, PalmScan | BioScan) and any(
                    _size(leaf) > _PALM_BYTES for leaf in _leaves(record)
                ):
                    yield f"a palm in {file.name}"
        elif ".db" in file.name and any(head in file.read_bytes() for head in _PICTURES):
            yield f"a picture in {file.name}"


def _leaves(record: Record) -> Iterator[object]:
    for field in fields(record) if is_dataclass(record) else ():
        yield getattr(record, field.name)


def _size(leaf: object) -> int:
    if isinstance(leaf, np.ndarray):
        return leaf.nbytes
    return len(leaf) if isinstance(leaf, str | bytes | tuple) else 0
