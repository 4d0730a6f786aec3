"""`rig palm`: what the reference palm reader is worth, on synthetic palms."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from contracts.errors import UsageError

if TYPE_CHECKING:
    from rig.palm.study import Study

app = typer.Typer(help="Measure palm recognition on synthetic palms.", no_args_is_help=True)

LEAST_IDENTITIES = 8


@app.command()
def evaluate(
    identities: Annotated[int, typer.Option(help="Different palms; 2500 give 6 million impostor comparisons.")] = 200,
    gallery: Annotated[int, typer.Option(help="Palms to search among.")] = 10_000,
    attacked: Annotated[int, typer.Option(help="People who are attacked by each species.")] = 40,
    seed: Annotated[int, typer.Option(help="Of the palms.")] = 1,
    plots: Annotated[Path | None, typer.Option(help="Folder for the DET plot, the distances and a sheet.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print for programs.")] = False,
) -> None:
    """Print FMR, FNMR, FTA, FTE, FPIR, FNIR, APCER of each species and BPCER; all of synthetic palms."""
    from rig.palm.study import Plan, study

    _check(identities, gallery, attacked)
    plan = Plan(seed=seed, palms=identities, gallery=gallery, attacked=attacked)
    found = study(plan, _tell)
    if as_json:
        sys.stdout.write(json.dumps(_plain(found), indent=2) + "\n")
    else:
        _print(found)
    if plots is not None:
        _draw(found, plots)


@app.command()
def enrol(
    vault: Annotated[Path, typer.Option(help="Folder for the sealed enrolments.")],
    keys: Annotated[Path, typer.Option(help="File of their keys; made if it is not there.")],
    handles: Annotated[list[str] | None, typer.Argument(help="As accounts list them.")] = None,
    scenario: Annotated[str, typer.Option(help="Enrol everybody in it whose account has a palm.")] = "",
    seed: Annotated[int, typer.Option(help="Of the palms; the emulator of the bench wants the same.")] = 0,
) -> None:
    """Enrol synthetic palms, for a palm reader of a bench that sends pictures."""
    from rig.palm.enrolled import enrol_drawn
    from rig.paths import find_scenario
    from rig.scenario.read import read_scenario

    wanted = list(handles or ())
    if scenario:
        plans = read_scenario(find_scenario(scenario)).scenario.shoppers
        wanted += [plan.palm for plan in plans if plan.palm]
    failed = enrol_drawn(vault, keys, seed, wanted)
    sys.stdout.write(f"{len(wanted) - len(failed)} palms enrolled in {vault}\n")
    if failed:
        raise UsageError(
            "some palms cannot be enrolled", found=", ".join(failed), hint="other handles, or another seed"
        )


def _check(identities: int, gallery: int, attacked: int) -> None:
    wanted = {
        "--identities": (identities, LEAST_IDENTITIES),
        "--gallery": (gallery, identities),
        "--attacked": (attacked, 1),
    }
    for option, (given, least) in wanted.items():
        if given < least:
            raise UsageError("too few to measure with", where=option, expected=f"{least} or more", found=str(given))


def _tell(what: str, done: int, of: int) -> None:
    """Say how far it is, for who waits at a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{what}: {done} of {of}   " + ("\n" if done == of else ""))


def _plain(found: Study) -> dict[str, object]:
    from rig.palm.table import LABEL, distribution_rows, rows

    return {
        "label": LABEL,
        "plan": asdict(found.plan),
        "measures": [asdict(row) | {"met": row.met} for row in rows(found)],
        "distances": [{"of": of, "mean": mean, "sd": sd} for of, mean, sd in distribution_rows(found)],
    }


def _print(found: Study) -> None:
    from rich.console import Console
    from rich.table import Table

    from rig.palm.table import LABEL, distribution_rows, rows

    console, table = Console(), Table(title=f"Palm recognition, {LABEL}", title_justify="left")
    for name in ("measure", "of", "rate", "errors", "target", ""):
        table.add_column(name, justify="right" if name in ("rate", "target") else "left", overflow="fold")
    verdicts = {None: "", True: "met", False: "MISSED"}
    for row in rows(found):
        counted = "" if row.counted is None else row.counted.text
        target = "" if row.target is None else f"{row.target:.2%}"
        table.add_row(row.measure, row.of, f"{row.value:.3%}", counted, target, verdicts[row.met])
    console.print(table)
    for of, mean, sd in distribution_rows(found):
        console.print(f"distance {mean:.3f}, sd {sd:.3f}: {of}", soft_wrap=True)


def _draw(found: Study, folder: Path) -> None:
    from rig.palm.plots import draw_det, draw_distances
    from rig.palm.sheet import draw_sheet

    draw_det(found, folder / "det.png")
    draw_distances(found, folder / "distances.png")
    draw_sheet(found.plan.seed, folder / "hands.png")
    sys.stderr.write(f"pictures in {folder}\n")
