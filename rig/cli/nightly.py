"""`rig nightly` and `rig history`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from contracts.errors import UsageError
from rig.nightly.closing import Outcome
from rig.nightly.compare import Change
from rig.nightly.history import ask
from rig.nightly.night_of import Options, run_plan
from rig.nightly.running import to_stderr
from rig.storage.address import is_url

NOT_GOOD = 1


def nightly(plan: Path, nights: Path, blame_s: float, *, results: str = "", update: bool = False, as_json: bool) -> int:
    """Run a night; return 0 when nothing was for the worse, else 1."""
    if nights.exists() and not nights.is_dir():
        raise UsageError("nights go into a folder", where="--nights", found=f"the file {nights}")
    done = run_plan(plan, nights, Options(blame_s=blame_s, results=results, update=update, tell=to_stderr))
    if as_json:
        sys.stdout.write(json.dumps(_data(done), indent=2) + "\n")
    else:
        _show(done)
    return 0 if done.good else NOT_GOOD


def history(nights: str, question: str, *, as_json: bool) -> None:
    """Print what all nights answer to a question; one that is a URL says where they are."""
    names, rows = ask(question, "") if is_url(question) else ask(nights, question)
    if as_json:
        told = [dict(zip(names, row, strict=True)) for row in rows]
        sys.stdout.write(json.dumps(told, indent=2, default=str) + "\n")
        return
    table = Table(*names)
    for row in rows:
        table.add_row(*("" if value is None else _text(value) for value in row))
    Console().print(table)


def _show(done: Outcome) -> None:
    console = Console()
    for change in done.changed:
        found = _since(done, change)
        since = f", since {found['since']}" if found.get("since") else ""
        console.print(f"{change.turn}: {_about(change)}{since}", soft_wrap=True, markup=False, highlight=False)
    if not done.in_history:
        console.print("not in the history: pip install 'walkout-rig[history]'", markup=False)
    console.print(f"summary   {done.night.folder / 'summary.html'}", soft_wrap=True)
    console.print(f"night: {'good' if done.good else 'not good'}, held against {done.against or 'nothing yet'}")


def _about(change: Change) -> str:
    row, before = change.row, change.before
    was = "" if before is None or before.value is None or row.value is None else f" {before.value:.4g} ->"
    now = row.outcome if row.value is None else f"{row.value:.4g}"
    return f"{row.job}, {row.case}, {row.measure}:{was} {now}"


def _data(done: Outcome) -> dict[str, object]:
    return {
        "night": done.night.name,
        "folder": str(done.night.folder),
        "good": done.good,
        "against": done.against,
        "changes": [{"turn": c.turn.value, "job": c.row.job, "case": c.row.case, "measure": c.row.measure,
                     "before": c.before and (c.before.outcome or c.before.value), "now": c.row.outcome or c.row.value,
                     "again": c.row.again,
                     **_since(done, c)} for c in done.changed],
    }  # fmt: skip


def _since(done: Outcome, change: Change) -> dict[str, object]:
    """Return the first bad commit, and among how many it is; nothing where none was looked for."""
    found = done.blames.get(change.row.key)
    return {"since": found.commit, "among": found.among} if found else {}


def _text(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
