"""The page of a run that failed, for --rig-page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from contracts.errors import WalkoutError

if TYPE_CHECKING:
    from rig.run import RunResult


def write_failed(result: RunResult, again: str) -> str:
    """Write the page of a run that the product got wrong, beside its recording.

    Args:
        result: the run.
        again: the command that runs the test again.

    Returns:
        Its path; why there is none, which must not hide what the test found; "" when none is wanted.
    """
    if result.recording is None or result.verdict.ok:
        return ""
    from rig.page import Look, write_page  # heavy

    try:
        return str(write_page(result.recording, page_file(result.recording), Look(again=again)))
    except WalkoutError as error:
        return f"none: {error.what}"


def page_file(recording: Path) -> Path:
    """Return where the page of a recording stands."""
    return recording.with_suffix(".html")
