"""`rig replay` and `rig import`."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from contracts.checkout import Receipt
from contracts.errors import Divergence, UsageError
from contracts.records import Setup
from contracts.run import RunStart
from rig.cli.inspecting import receipt_text
from rig.cli.running import EXIT_CODES, show, summary
from rig.compare.replayed import replay_and_compare
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.run import RunResult, versions
from rig.storage.keeping import put_back

DIVERGED = Divergence.exit_code


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """What the command line said."""

    record: Path
    stack: str
    stack_timeout_s: float
    references: Path | None
    update: bool
    compare: bool | None
    as_json: bool


def replay_recording(path: Path, options: ReplayOptions) -> int:
    """Replay a recording, print what came of it; return the exit code."""
    _check(options)
    replayed = replay_and_compare(
        path,
        record_dir=options.record,
        stack=options.stack,
        stack_timeout_s=options.stack_timeout_s,
        references=options.references,
        compare=options.compare,
        update=options.update,
    )
    result = replayed.run
    stored = put_back(replayed.updated)
    if options.as_json:
        sys.stdout.write(json.dumps(summary(result) | {"comparison": replayed.as_data()}, indent=2) + "\n")
    else:
        console = Console()
        for receipt in receipts(result):
            console.print(receipt_text(receipt, result.layout), soft_wrap=True)
        show(result, console)
        for line in replayed.lines:
            console.print(line, soft_wrap=True, markup=False, highlight=False)
        if stored:
            console.print(f"stored    {stored}", soft_wrap=True, markup=False, highlight=False)
    return DIVERGED if replayed.diverged else EXIT_CODES[result.verdict.outcome]


def _check(options: ReplayOptions) -> None:
    """Refuse what cannot be meant, before anything is replayed."""
    if options.update and options.compare is False:
        raise UsageError(
            "a reference changes where the answers differ from it",
            where="--update-references",
            expected="a comparison",
            found="--no-compare beside it",
            hint="leave --no-compare away",
        )
    if options.references is not None and not options.references.is_dir():
        raise UsageError(
            "no such folder of references",
            where="--references",
            expected="a folder",
            found=str(options.references),
            hint="left out, references are beside the recording",
        )


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
