"""`rig rerun` and `rig recover`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from contracts.clock import SECOND
from contracts.errors import UsageError
from rig.cli.running import progress_bar
from rig.compare.following import Differs
from rig.compare.rerun import changes, rerun, scenario_of
from rig.recording.reader import Recording
from rig.recording.recover import recover


@dataclass(frozen=True, slots=True)
class RerunOptions:
    """What the command line said."""

    record: Path | None
    stack: str
    stack_timeout_s: float
    store: Path | None
    renderer: str
    as_json: bool


def rerun_recording(path: Path, options: RerunOptions) -> int:
    """Run a recorded scenario again, and say whether it is the same; return the exit code."""
    if options.store is not None and not options.store.is_file():
        raise UsageError("no such store file", where="--store", expected="a YAML file", found=str(options.store))
    start = Recording(path).start
    console = Console(stderr=options.as_json)
    for line in changes(start):
        console.print(f"{line}: bytes may differ", soft_wrap=True, highlight=False)
    try:
        with progress_bar(scenario_of(start, path), quiet=options.as_json) as watch:
            same = rerun(
                path,
                record_dir=options.record,
                stack=options.stack,
                stack_timeout_s=options.stack_timeout_s,
                store=options.store,
                renderer=options.renderer,
                on_progress=watch,
            )
    except Differs as error:
        if options.as_json:
            told = asdict(error.difference) | {"t_s": error.difference.t_ns / SECOND}
            _print({"same": False, "difference": told, "changes": changes(start)})
        raise
    if options.as_json:
        _print({"same": True, **asdict(same), "changes": changes(start)})
    else:
        console.print(same.text, soft_wrap=True)
    return 0


def recover_recording(path: Path, output: Path) -> int:
    """Mend a cut recording; return the exit code."""
    for line in recover(path, output).lines:
        Console().print(line, soft_wrap=True, highlight=False)
    return 0


def _print(data: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(data, indent=2) + "\n")
