"""One thing that a check of a store file found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.errors import BadFile


class Severity(StrEnum):
    """How bad a finding is."""

    ERROR = "error"
    """Impossible: no such store can stand, or no stack can work in it."""
    WARNING = "warning"
    """Possible, but unwise."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Args:
        severity: error or warning.
        about: which check found it: "racks", "goods", "masses", "cameras", "fronts", "lanes", "file".
        what: one sentence.
        file: the store file.
        line: 1-based; 0 when unknown.
        expected: what would have been right.
        found: what was there.
        hint: what to do.
    """

    severity: Severity
    about: str
    what: str
    file: str
    line: int = 0
    expected: str = ""
    found: str = ""
    hint: str = ""

    @property
    def text(self) -> str:
        """The finding for people: a line that editors can jump from, and one for each part."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        lines = [f"{where}: {self.severity}: {self.what}"]
        parts = (("expected", self.expected), ("found", self.found), ("try", self.hint))
        return "\n".join([*lines, *(f"  {label}: {text}" for label, text in parts if text)])


def of_bad_file(problem: BadFile, about: str = "file", severity: Severity = Severity.ERROR) -> Finding:
    """Return a complaint about a file as a finding."""
    return Finding(
        severity, about, problem.what, str(problem.file), problem.line, problem.expected, problem.found, problem.hint
    )
