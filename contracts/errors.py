"""The error tree. Whose fault it is stands in the type, and the type fixes the exit code.

    WalkoutError
    +-- UsageError             4  the caller's: arguments, names, files
    |   +-- BadFile            4  a file that says something impossible; names file and line
    |   +-- BadCode            4  a code (bar code, QR, payment code) that breaks its format; never quotes a secret one
    |   `-- NothingToRun       5
    +-- ProductError           1  the system under test broke its contract
    |   +-- StackDied          1
    |   `-- StackSilent        1
    +-- RigFault               6  ours
    |   +-- BadRecording       6  a recording that cannot be read
    |   `-- PortInUse          6
    +-- Divergence             7  a replay differs from what was recorded
    `-- DeviceUnavailable      8  a device or lease cannot be had
        +-- LeaseHeld          8  somebody else has the device
        `-- LeaseLost          8  a lease ended while it was needed: no heartbeat in time, or taken by force

A message says what, where, expected, found and what to try next, in that order.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar


class WalkoutError(Exception):
    """Anything that the rig raises on purpose.

    Args:
        what: one sentence: what went wrong.
        where: file and line, device, port or step; "" when there is none.
        expected: what would have been right.
        found: what was there.
        hint: what to do next.
    """

    exit_code: ClassVar[int] = 6

    def __init__(self, what: str, *, where: str = "", expected: str = "", found: str = "", hint: str = "") -> None:
        self.what, self.where, self.expected, self.found, self.hint = what, where, expected, found, hint
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the message, one labelled line a part."""
        lines = [f"{self.where}: {self.what}" if self.where else self.what]
        lines += [
            f"  {label}: {text}"
            for label, text in (("expected", self.expected), ("found", self.found), ("try", self.hint))
            if text
        ]
        return "\n".join(lines)


class UsageError(WalkoutError):
    """The caller asked for something impossible."""

    exit_code = 4


class BadFile(UsageError):
    """A file of the user's says something impossible.

    Args:
        file: the file.
        line: 1-based line, 0 when unknown.
        also: further complaints about the same file, listed under this one.
    """

    def __init__(
        self,
        what: str,
        *,
        file: Path | str,
        line: int = 0,
        expected: str = "",
        found: str = "",
        hint: str = "",
        also: Sequence[BadFile] = (),
    ) -> None:
        self.file, self.line, self.also = Path(file), line, tuple(also)
        super().__init__(what, where=f"{file}:{line}" if line else str(file), expected=expected, found=found, hint=hint)

    def __str__(self) -> str:
        """Return this complaint and then the others."""
        return "\n".join([super().__str__(), *map(str, self.also)])


class BadCode(UsageError):
    """A code that somebody showed or asked for breaks its format; its message never quotes what must stay private."""


class NothingToRun(UsageError):
    """No scenario was selected."""

    exit_code = 5


class ProductError(WalkoutError):
    """The system under test broke its contract."""

    exit_code = 1


class StackDied(ProductError):
    """The stack's process or connection ended during a run."""


class StackSilent(ProductError):
    """The stack did not answer in time."""


class RigFault(WalkoutError):
    """The rig itself, its machine or its files failed."""

    exit_code = 6


class BadRecording(RigFault):
    """A recording cannot be read."""


class PortInUse(RigFault):
    """A listener could not have its port."""


class Divergence(WalkoutError):
    """A replay or a re-run differs from the recording."""

    exit_code = 7


class DeviceUnavailable(WalkoutError):
    """A device or its lease cannot be had."""

    exit_code = 8


class LeaseHeld(DeviceUnavailable):
    """Somebody else has the device."""


class LeaseLost(DeviceUnavailable):
    """A lease ended while it was needed."""
