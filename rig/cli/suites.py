"""The options of `rig suite`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Names = Annotated[list[str], typer.Argument(help="Scenario files, folders of them, or suites by name.")]


def suite(
    names: Names,
    engine: Annotated[str, typer.Option(help="What makes the runs: processes, or ray.")] = "processes",
    jobs: Annotated[int, typer.Option(help="Runs at once on this machine; 0: one a processor.")] = 0,
    address: Annotated[
        str, typer.Option(help="A Ray cluster: auto, host:port or ray://host:port; left out, one is started here.")
    ] = "",
    cpus: Annotated[float, typer.Option(help="Processors that Ray gives a run.")] = 1.0,
    gpus: Annotated[float, typer.Option(help="Graphics processors that Ray gives a run; 0.25: four share one.")] = 0.0,
    shard: Annotated[str, typer.Option(help="Only this share of the runs: 2/5 is the second of five.")] = "",
    only: Annotated[str, typer.Option(help="Only scenarios whose name holds this.")] = "",
    bench: Annotated[
        str, typer.Option(help="Run on this bench, one run at a time; in Ray a node's resource `bench:NAME`.")
    ] = "",
    record: Annotated[Path | None, typer.Option(help="Folder to keep recordings in; shared by all nodes.")] = None,
    stack: Annotated[str, typer.Option(help="The stack under test: reference, or grpc://host:port.")] = "reference",
    stack_timeout: Annotated[
        float, typer.Option(help="Wall seconds that a remote stack may take for one tick.")
    ] = 20.0,
    renderer: Annotated[str, typer.Option(help="How cameras see: numba, plain or gl.")] = "numba",
    list_only: Annotated[bool, typer.Option("--list", help="Print the names and run nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print for programs.")] = False,
) -> None:
    """Spread the runs of many scenarios over processes or a Ray cluster; the same digests as one after another."""
    from rig.cli.suiting import SuiteOptions, run_suite
    from rig.fanout.demand import Share
    from rig.fanout.engines import Wanted

    wanted = Wanted(engine, jobs, address, Share(cpus, gpus))
    options = SuiteOptions(
        tuple(names), wanted, shard, only, bench, record, stack, stack_timeout, renderer, list_only, as_json
    )
    raise typer.Exit(run_suite(options))
