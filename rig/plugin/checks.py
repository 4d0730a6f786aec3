"""Soft checks and measurements of a test: all are noted, and the test fails at its end with all that was wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Something that a test held to be right.

    Args:
        text: what was checked, or the figure with its limits.
        right: whether it was.
        step: the step of the test that it belongs to, "" outside of any.
        where: file and line of the call.
        name: of a measurement, "" of a check.
        value: what was measured; None of a check.
        unit: of the value.
        least: the least that is right, None without a limit.
        most: the most that is right, None without a limit.
    """

    text: str
    right: bool
    step: str = ""
    where: str = ""
    name: str = ""
    value: float | None = None
    unit: str = ""
    least: float | None = None
    most: float | None = None

    @property
    def said(self) -> str:
        """Return it in one line: "at the gate: gate_latency_ms is 310 ms (at most 300)"."""
        text = f"{self.name} is {self.text}" if self.name else self.text
        return f"{self.step}: {text}" if self.step else text


@dataclass(slots=True)
class Checks:
    """The checks of one test, in order; `step` is the one that the test is at."""

    all: list[Check] = field(default_factory=list)
    step: str = ""

    @property
    def wrong(self) -> tuple[Check, ...]:
        """Return those that were not right."""
        return tuple(check for check in self.all if not check.right)


CHECKS: pytest.StashKey[Checks] = pytest.StashKey()


class ChecksFailed(AssertionError):
    """Checks of a test that were wrong; the test went on after each.

    Args:
        wrong: at least one.
    """

    def __init__(self, wrong: Sequence[Check]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("\n".join(lines_of(wrong)))


def checks_of(item: pytest.Item) -> Checks:
    """Return the checks of a test."""
    return item.stash.setdefault(CHECKS, Checks())


def lines_of(wrong: Sequence[Check]) -> list[str]:
    """Return what was wrong, a line each under a heading."""
    heading = f"{len(wrong)} check{'s' if len(wrong) > 1 else ''} of the test failed"
    return [heading, *(f"  {check.said}  [{check.where}]" for check in wrong)]


def note(item: pytest.Item, check: Check) -> None:
    """Add a check to a test, and to its properties, which reach JUnit files."""
    checks = checks_of(item)
    checks.all.append(check)
    if check.name:
        item.user_properties.append((f"measure_{check.name}", check.text))
    else:
        number = sum(not one.name for one in checks.all)
        item.user_properties.append((f"check_{number}", f"{'right' if check.right else 'wrong'}: {check.said}"))


def write_checks(checks: Checks, recording: Path) -> Path:
    """Write the checks beside a recording, which was closed before they were made."""
    path = recording.with_suffix(".checks.json")
    said = [{key: value for key, value in asdict(check).items() if value not in ("", None)} for check in checks.all]
    path.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
