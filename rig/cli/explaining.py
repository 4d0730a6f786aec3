"""`rig explain`, `rig why` and `rig schema`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console

from contracts.errors import UsageError
from rig.judge.story import gather
from rig.narrowed import narrowed
from rig.recording.reader import Recording
from rig.why import as_text, explain_receipts


def explain_file(file: Path, as_json: bool) -> None:
    """Print the timeline of every scenario in a file."""
    from rig.explain import explain, timeline
    from rig.paths import find_scenario
    from rig.scenario import read_scenarios

    scenarios = [written.scenario for written in read_scenarios(find_scenario(str(file)))]
    if as_json:
        told = [
            {"scenario": s.name, "about": s.about, "timeline": [asdict(line) for line in timeline(s)]}
            for s in scenarios
        ]
        sys.stdout.write(json.dumps(told, indent=2) + "\n")
        return
    for scenario in scenarios:
        sys.stdout.write("\n".join(explain(scenario)) + "\n")


@dataclass(frozen=True, slots=True)
class WhyOptions:
    """What `rig why` was asked.

    Args:
        shopper: whose receipt; "" for all.
        line: product of the only receipt line wanted; "" for all.
        event: the only shelf event wanted; "" for all.
        picture: PNG file to draw instead of printing; None to print.
        as_json: for programs.
    """

    shopper: str = ""
    line: str = ""
    event: str = ""
    picture: Path | None = None
    as_json: bool = False


def why_receipts(path: Path, asked: WhyOptions) -> None:
    """Print or draw why each receipt line is there."""
    if asked.picture and asked.picture.suffix.lower() != ".png":
        raise UsageError(
            "pictures are PNG files", where="--picture", expected="a name ending in .png", found=str(asked.picture)
        )
    recording = Recording(path)
    story = gather(recording)
    explained = narrowed(explain_receipts(story, asked.shopper), asked.line, asked.event)
    if asked.picture:
        from rig.view.why import draw_why  # late: drawing is a second of imports

        for file in draw_why(recording, story, explained, asked.picture):
            Console().print(f"{file}: why", soft_wrap=True)
    elif asked.as_json:
        sys.stdout.write(json.dumps([asdict(each) for each in explained], indent=2) + "\n")
    else:
        console = Console()
        for each in explained:
            for line in as_text(each, story.start):
                console.print(line, soft_wrap=True, highlight=False, markup=False)


def print_schema(kind: str) -> None:
    """Print a JSON Schema."""
    from rig.bench.schema import bench_schema
    from rig.scenario.schema import scenario_schema
    from twin.store_model import StoreFile

    makers = {"scenario": scenario_schema, "store": StoreFile.model_json_schema, "bench": bench_schema}
    if kind not in makers:
        raise UsageError("no such file format", where="rig schema", expected=", ".join(makers), found=kind)
    sys.stdout.write(json.dumps(makers[kind](), indent=2) + "\n")
