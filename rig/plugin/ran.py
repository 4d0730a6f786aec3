"""The runs of a test until it is over: only then is it known whether their recordings are worth keeping."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rig.plugin.checks import checks_of, write_checks
from rig.plugin.options import SETTINGS, Settings

if TYPE_CHECKING:
    from rig.judge import Verdict
    from rig.scenario.model import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run that a test made.

    Args:
        scenario: what was played.
        recording: of it, if there is one; also of a run that broke off.
        verdict: None when the run broke off.
        again: the command that runs the test again.
    """

    scenario: Scenario
    recording: Path | None
    verdict: Verdict | None
    again: str

    @property
    def ok(self) -> bool:
        """Whether it came to its end and the product did everything right."""
        return self.verdict is not None and self.verdict.ok


RUNS: pytest.StashKey[list[Ran]] = pytest.StashKey()


def runs_of(item: pytest.Item) -> list[Ran]:
    """Return the runs that a test has made and that nobody has settled yet."""
    return item.stash.setdefault(RUNS, [])


def over(call: pytest.CallInfo[Any]) -> bool:
    """Return whether this phase decides about the test: set-up only when it fails."""
    return call.when != "setup" or call.excinfo is not None


def settle(item: pytest.Item, call: pytest.CallInfo[Any]) -> None:
    """Keep the recordings that are wanted, remove the others, and note the last that is kept."""
    settings = item.config.stash[SETTINGS]
    runs, failed = runs_of(item), failing(call)
    for ran in runs:
        if ran.recording is None or not ran.recording.is_file():
            continue
        if settings.record == "always" or failed or not ran.ok:
            item.user_properties.append(("rig_recording", str(ran.recording)))
            if checks_of(item).all and ran is runs[-1]:
                write_checks(checks_of(item), ran.recording)
        else:
            remove(ran.recording, settings)
    runs.clear()


def failing(call: pytest.CallInfo[Any]) -> bool:
    """Return whether a phase failed; a skip is none."""
    return call.excinfo is not None and not isinstance(call.excinfo.value, pytest.skip.Exception)


def remove(recording: Path, settings: Settings) -> None:
    """Remove a recording, and the folders that it leaves empty."""
    recording.unlink(missing_ok=True)
    folder = recording.parent
    while folder != settings.artifacts.parent and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
