"""`rig store calibrate`: where a store's cameras truly hang."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Find where cameras truly hang, from pictures of boards or from depth.", no_args_is_help=True)

Store = Annotated[str, typer.Option("--store", help="The store: a name or a file.")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="A store file with the true poses.")]
Picture = Annotated[Path | None, typer.Option(help="A PNG file: the store's edges before and after.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print for programs.")]
MostShift = Annotated[float, typer.Option(min=0.0, help="Metres from the file that are believed.")]
MostTurn = Annotated[float, typer.Option(min=0.0, help="Degrees from the file that are believed.")]


@app.command()
def charuco(
    images: Annotated[list[Path], typer.Argument(help="Folders and pictures: c1.png, c1-*.jpg or c1/*.png.")],
    store: Store,
    board: Annotated[Path, typer.Option(help="The board file: squares, dictionary, and where the boards hang.")],
    output: Output = None,
    picture: Picture = None,
    intrinsics: Annotated[bool, typer.Option("--intrinsics", help="Estimate lenses too.")] = False,
    rectified: Annotated[bool, typer.Option("--rectified", help="The pictures are straight already.")] = False,
    most_shift: MostShift = 0.5,
    most_turn: MostTurn = 20.0,
    as_json: AsJson = False,
) -> None:
    """Find cameras by pictures of ChArUco boards whose places are surveyed."""
    from rig.storekit.calibrate.commands import by_boards
    from rig.storekit.calibrate.limits import Limits
    from rig.storekit.calibrate.tell import Wanted

    wanted = Wanted(output, picture, as_json, Limits(most_shift, most_turn))
    raise typer.Exit(by_boards(images, store, board, wanted, rectified=rectified, lenses=intrinsics))


@app.command()
def depth(
    recording: Annotated[Path, typer.Argument(help="A recording with depth frames.")],
    store: Store,
    from_s: Annotated[float, typer.Option("--from", min=0.0, help="Seconds; nobody should be there.")] = 0.0,
    seconds: Annotated[float, typer.Option(min=0.0, help="How long from there.")] = 5.0,
    output: Output = None,
    picture: Picture = None,
    most_shift: MostShift = 0.2,
    most_turn: MostTurn = 8.0,
    as_json: AsJson = False,
) -> None:
    """Find depth cameras by what they measured of the store, against its twin."""
    from rig.storekit.calibrate.commands import by_depth
    from rig.storekit.calibrate.limits import Limits
    from rig.storekit.calibrate.tell import Wanted

    wanted = Wanted(output, picture, as_json, Limits(most_shift, most_turn))
    raise typer.Exit(by_depth(recording, store, from_s, seconds, wanted))


@app.command()
def board(
    file: Annotated[Path, typer.Argument(help="The board file.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A PDF or PNG file, at true size.")],
) -> None:
    """Draw boards at their true size, to print."""
    from rig.storekit.calibrate.commands import print_boards

    print_boards(file, output)
