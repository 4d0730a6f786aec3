"""What a till remembers of payments over its own death: a line before each is begun, and one with its end."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from contracts.checkout import TerminalEventKind
from contracts.errors import UsageError


@dataclass(frozen=True, slots=True)
class Noted:
    """One payment, as far as it has come. Nothing of the card.

    Args:
        key: idempotency key.
        amount_minor: minor units.
        trace: running number of the terminal's last transaction before this one.
        receipt: receipt number of it.
        kind: how it ended, None while it is under way.
        token: of the answer.
    """

    key: str
    amount_minor: int
    trace: int = 0
    receipt: int = 0
    kind: TerminalEventKind | None = None
    token: str = ""


class Memory(Protocol):
    """Where payments are noted."""

    def load(self) -> Sequence[Noted]:
        """Return all that was noted, oldest first."""

    def note(self, noted: Noted) -> None:
        """Note something; when this returns it will be there after any death."""


class Forgetful:
    """Remembers nothing beyond the process."""

    def load(self) -> Sequence[Noted]:
        """Return nothing."""
        return ()

    def note(self, noted: Noted) -> None:
        """Note nothing."""


class FileMemory:
    """A file with a line of JSON for each note.

    Args:
        file: made where there is none; its owner alone may read it.
    """

    def __init__(self, file: Path) -> None:
        self._file = file

    def load(self) -> Sequence[Noted]:
        """Return all that was noted, oldest first; a last line that was cut off was never noted."""
        found = []
        with suppress(FileNotFoundError):
            for line in self._file.read_text().splitlines(keepends=True):
                if line.endswith("\n") and line.strip():
                    found.append(_noted(line, self._file))
        return found

    def note(self, noted: Noted) -> None:
        """Append a line, and wait for the disk."""
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            size = os.fstat(handle).st_size
            whole = not size or os.pread(handle, 1, size - 1) == b"\n"
            os.write(handle, f"{'' if whole else chr(10)}{json.dumps(asdict(noted))}\n".encode())
            os.fsync(handle)
        finally:
            os.close(handle)


def _noted(line: str, file: Path) -> Noted:
    try:
        fields = json.loads(line)
        kind = fields.pop("kind")
        return Noted(**fields, kind=TerminalEventKind(kind) if kind else None)
    except (ValueError, TypeError, KeyError) as error:
        raise UsageError(
            "not the memory of a terminal", where=str(file), expected="a line of JSON for each payment", found=line[:40]
        ) from error
