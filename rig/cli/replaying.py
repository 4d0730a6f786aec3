"""`rig replay` and `rig import`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from rich.console import Console

from contracts.checkout import Receipt
from contracts.records import Setup
from contracts.run import RunStart
from rig.cli.inspecting import receipt_text
from rig.cli.running import EXIT_CODES, show, summary
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.replay import replay
from rig.run import RunResult, versions


def replay_recording(path: Path, record: Path, stack: str, stack_timeout_s: float, as_json: bool) -> int:
    """Replay a recording, print what came of it; return the exit code."""
    result = replay(path, record_dir=record, stack=stack, stack_timeout_s=stack_timeout_s)
    if as_json:
        sys.stdout.write(json.dumps(summary(result), indent=2) + "\n")
    else:
        console = Console()
        for receipt in receipts(result):
            console.print(receipt_text(receipt, result.layout), soft_wrap=True)
        show(result, console)
    return EXIT_CODES[result.verdict.outcome]


def receipts(result: RunResult) -> list[Receipt]:
    """Return the receipts of a kept run."""
    if result.recording is None:
        return []
    found = Recording(result.recording).records(["/stack/receipt"])
    return [record for record in found if isinstance(record, Receipt)]


def import_case(directory: Path, output: Path) -> None:
    """Write a case of the AutoCheckout format as a recording."""
    from rig.autocheckout import read_case

    case = read_case(directory)
    start = RunStart(
        t_ns=0, source="rig", scenario=directory.resolve().name, store=case.layout.name, seed=0, versions=versions()
    )
    with Recorder(output, start) as recorder:
        recorder.write([Setup(t_ns=0, source="rig", layout=case.layout, seq=0)])
        last_ns = 0
        for record in case.records():
            recorder.write([record])
            last_ns = record.t_ns
            recorder.tick(last_ns)
        recorder.close("finished", now_ns=last_ns)
        counts = recorder.counts
    Console().print(f"{output}: {sum(counts.values())} messages, {last_ns / 1e9:.1f} s, {len(counts)} channels")
