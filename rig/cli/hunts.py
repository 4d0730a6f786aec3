"""The command `rig hunt`: its options; what it does is in `rig.cli.hunting`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def hunt(
    store: Annotated[str, typer.Option(help="Where to hunt: a name, or a store file. Small stores are quick.")],
    budget: Annotated[str, typer.Option(help='How long: "10 m", "90 s", "1 h".')] = "10 m",
    corpus: Annotated[Path, typer.Option(help="Folder for scripts, recordings and pages.")] = Path("out/hunt"),
    add: Annotated[Path | None, typer.Option(help="Put the scripts into this folder, too: scenarios/corpus.")] = None,
    known: Annotated[list[Path] | None, typer.Option(help="A folder of finds that are not told again.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the hunt: another one tries other scripts.")] = 1,
    shoppers: Annotated[str, typer.Option(help="How many: 2, or 1-3.")] = "1-3",
    steps: Annotated[int, typer.Option(help="The most between coming in and leaving, of all shoppers.")] = 4,
    most: Annotated[int, typer.Option(help="Stop after so many finds; 0: when time is up.")] = 0,
    held: Annotated[bool, typer.Option("--held", help="A receipt held for review is wrong, too.")] = False,
    stack: Annotated[str, typer.Option(help="The stack under test: reference, or grpc://host:port.")] = "reference",
    stack_timeout: Annotated[float, typer.Option(help="Wall seconds that a remote stack may take for a tick.")] = 20.0,
    as_json: Annotated[bool, typer.Option("--json", help="Print for programs.")] = False,
) -> None:
    """Look for scripts whose receipt is wrong, and shorten each to the plainest that still fails."""
    from rig.cli.hunting import HuntOptions
    from rig.cli.hunting import hunt as run_hunt

    options = HuntOptions(
        store, budget, corpus, add, seed, shoppers, steps, most, held, stack, stack_timeout, as_json, tuple(known or ())
    )  # fmt: skip
    raise typer.Exit(run_hunt(options))
