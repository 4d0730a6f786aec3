"""`rig fidelity`: the twin's plates beside a real store's."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from rich.console import Console
from rich.table import Table

from contracts.errors import UsageError
from rig.fidelity.bands import Row
from rig.fidelity.study import Study, study

VARIABLE = "RIG_AUTOCHECKOUT_CASE"
BESIDE = Path("../shared/nanostore/benchmark-1")


def show_fidelity(case: Path | None, output: Path, seed: int, as_json: bool) -> int:
    """Compare a real log with the twin; return 1 when a figure is outside its band.

    Args:
        case: directory of the log; None for the one that the environment names or that lies beside the project.
        output: folder of the picture.
        seed: of the twin's run.
        as_json: print for programs.
    """
    from rig.fidelity.plots import draw_study  # matplotlib is heavy

    found = study(case or default_case(), seed)
    picture = output / "fidelity.png"
    draw_study(found, picture)
    if as_json:
        sys.stdout.write(json.dumps(_plain(found, picture), indent=2) + "\n")
    else:
        _print(found, picture)
    return 0 if found.inside else 1


def default_case() -> Path:
    """Return the directory of the real log.

    Raises:
        UsageError: there is none.
    """
    directory = Path(os.environ.get(VARIABLE, BESIDE))
    if not directory.is_dir():
        raise UsageError(
            "there is no real log to compare with",
            where="--case",
            expected="a directory with case BENCHMARK-1 of the AutoCheckout competition",
            found=str(directory),
            hint=f"--case DIR, or set {VARIABLE}",
        )
    return directory


def _plain(found: Study, picture: Path) -> dict[str, object]:
    return {
        "inside": found.inside,
        "figures": [asdict(row) | {"inside": row.inside} for row in found.rows],
        "shelves_real_g": found.real_measured.shelves,
        "shelves_twin_g": found.twin_measured.shelves,
        "picture": str(picture),
    }


def _print(found: Study, picture: Path) -> None:
    console = Console()
    table = Table(title="Plates: real and twin", title_justify="left")
    table.add_column("figure")
    for name in ("real", "twin", "band"):
        table.add_column(name, justify="right")
    table.add_column("")
    for row in found.rows:
        band = f"{_figure(row.low)} to {_figure(row.high)}"
        table.add_row(_name(row), _figure(row.real), _figure(row.twin), band, "inside" if row.inside else "OUTSIDE")
    console.print(table)
    console.print(f"picture {picture}", soft_wrap=True)
    outside = [row for row in found.rows if not row.inside]
    for row in outside:
        console.print(f"  - {row.name}: the band's width: {row.why}", soft_wrap=True)
    console.print(f"{len(found.rows) - len(outside)} of {len(found.rows)} figures inside their bands")


def _name(row: Row) -> str:
    return f"{row.name} [{row.unit}]" if row.unit else row.name


def _figure(value: float) -> str:
    return f"{value:.3f}" if abs(value) < 1 else f"{value:.2f}"
