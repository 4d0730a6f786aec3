"""What the plugin prints: the header, and at the end what went wrong and how to see it again."""

from __future__ import annotations

import csv
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from rig.plugin.again import again
from rig.plugin.options import SETTINGS, Settings
from rig.plugin.play import NOT_RUN


def header(config: pytest.Config) -> list[str]:
    """Return the lines for the top of the report."""
    s = config.stash[SETTINGS]
    seed = "each scenario's own" if s.seed is None else str(s.seed)
    what = f"rig: mode {s.mode}, seed {seed}, renderer {'of the recording' if s.mode == 'replay' else 'of the twin'}"
    how = f"bench {s.bench or 'none'}, stack {s.stack}, speed {s.speed}"
    where = f"rig: walkout-rig {_version()}, recordings {s.record}, artifacts {s.artifacts}"
    return [f"{what}, {how}", where]


def summarise(reporter: pytest.TerminalReporter, settings: Settings) -> None:
    """Write the plugin's part of the summary, and not_run.csv."""
    lines = list(summary_lines(reporter.stats, settings))
    reports = [report for category in ("skipped", "error") for report in reporter.stats.get(category, ())]
    rows = sorted({(report.nodeid, reason) for report, reason in _not_run(reports)})
    path = write_not_run(settings.artifacts, rows)
    if path:
        lines.append(f"{len(rows)} not run, for needs that are not met: {path}")
    if lines:
        reporter.section("rig")
        for line in lines:
            reporter.line(line)


def summary_lines(stats: dict[str, list[Any]], settings: Settings) -> Iterator[str]:
    """Yield what went wrong, what was expected to, and how fast it went.

    Args:
        stats: pytest's reports by category.
        settings: for the command that runs a test again.
    """
    for category in ("failed", "error"):
        for report in stats.get(category, ()):
            said = _said(report)
            if "rig_seed" in said:
                yield from _failure_lines(report, said, settings)
    expected = Counter(report.wasxfail for report in stats.get("xfailed", ()) if "rig_seed" in _said(report))
    if expected:
        yield f"{expected.total()} expected failures:"
        yield from (f"  {count} x {reason}" for reason, count in sorted(expected.items()))
    yield from _pace([_said(report) for reports in stats.values() for report in reports])


def write_not_run(folder: Path, rows: Sequence[tuple[str, str]]) -> Path | None:
    """Write which tests were not run and why; remove the list of an earlier session.

    Returns:
        The file, None when everything was run.
    """
    path = folder / "not_run.csv"
    if not rows:
        path.unlink(missing_ok=True)
        return None
    folder.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("test", "reason"), *sorted(rows)])
    return path


def _failure_lines(report: Any, said: dict[str, str], settings: Settings) -> Iterator[str]:
    """Yield the lines of one failure."""
    yield report.nodeid
    if "rig_first_difference" in said:
        yield f"  first difference: {said['rig_first_difference']}"
    if "rig_recording" in said:
        yield f"  recording: {said['rig_recording']}"
        if "rig_page" in said:
            yield f"  page: {said['rig_page']}"
        yield f"  replay: {shlex.join(['rig', 'replay', said['rig_recording']])}"
    yield f"  run again: {again(report.nodeid, settings)}"


def _pace(all_said: Sequence[dict[str, str]]) -> Iterator[str]:
    """Yield one line on all runs together; a test's properties stand in the report of each of its phases."""
    ran = [said for said in all_said if "rig_realtime_factor" in said]
    if ran:
        factors = sorted(float(said["rig_realtime_factor"]) for said in ran)
        renderers = ", ".join(sorted({said["rig_renderer"] for said in ran if said["rig_renderer"]}))
        yield f"real-time factor {factors[0]:.2f} to {factors[-1]:.2f}, renderer {renderers or 'none'}"


def _not_run(reports: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    """Yield the reports of tests that were not run for an unmet need."""
    for report in reports:
        reason = _said(report).get(NOT_RUN)
        if reason:
            yield report, reason


def _said(report: Any) -> dict[str, str]:
    """Return a report's properties; a report of collection has none."""
    return {str(name): str(value) for name, value in getattr(report, "user_properties", ())}


def _version() -> str:
    try:
        return version("walkout-rig")
    except PackageNotFoundError:
        return "(not installed)"
