"""`rig store`: what people need who design, install or survey a store."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rig.cli.calibrating import app as calibrating

app = typer.Typer(help="Check, draw, map and survey a store file.", no_args_is_help=True)
app.add_typer(calibrating, name="calibrate")

File = Annotated[str, typer.Argument(help="A store: a name or a file.")]
Folder = Annotated[Path, typer.Option("-o", "--output", help="The folder to write into.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print for programs.")]


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Name what is impossible or unwise in a store file."""
    from rig.storekit.commands import check_file

    raise typer.Exit(check_file(file, as_json))


@app.command()
def render(
    file: File,
    output: Folder,
    views: Annotated[bool, typer.Option(help="What each camera sees; takes longest.")] = True,
) -> None:
    """Draw a store's plan, the elevation of every gondola, and what each camera sees."""
    from rig.storekit.commands import render_file

    render_file(file, output, views=views)


@app.command()
def coverage(
    file: File,
    output: Folder,
    height: Annotated[list[float] | None, typer.Option(help="Heights of heads, metres.")] = None,
    as_json: AsJson = False,
) -> None:
    """Map how many cameras see each part of the floor and of every shelf front."""
    from rig.storekit.commands import cover_file

    cover_file(file, output, tuple(height or ()), as_json)


@app.command()
def align(
    scan: Annotated[Path, typer.Argument(help="A point cloud of the real store: PLY, PCD or XYZ, in metres.")],
    store: Annotated[str, typer.Option(help="The store: a name or a file.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="A store file with the true poses.")] = None,
    picture: Annotated[Path | None, typer.Option(help="A PNG file, coloured by deviation.")] = None,
    as_json: AsJson = False,
) -> None:
    """Lay a scan on a store file and say how far every rack and shelf stands from its place."""
    from rig.storekit.commands import align_scan

    align_scan(scan, store, output, picture, as_json)
