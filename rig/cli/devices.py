"""`rig devices`: real devices at a bench, and the shims that host them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(help="Host, list and probe the devices of a bench.", no_args_is_help=True)

Bench = Annotated[str, typer.Argument(help="A bench: a name or a file.")]
Target = Annotated[str, typer.Argument(help="A bench by name or file, or a shim's host:port.")]
Ids = Annotated[list[str] | None, typer.Argument(help="Device ids; all by default.")]
Tls = Annotated[Path | None, typer.Option(help="Folder of certificates, for a shim given by host:port.")]
Client = Annotated[str, typer.Option(help="Whose certificate to use, where the folder has several.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print for programs.")]


@app.command()
def serve(
    bench: Bench,
    only: Annotated[list[str] | None, typer.Option(help="Host this device alone; may be given more than once.")] = None,
    store: Annotated[str, typer.Option(help="The store that the bench stands for, by name or file.")] = "",
) -> None:
    """Host the drivers of a bench until Ctrl-C; then every device goes to its safe state."""
    from rig.cli.devices_serve import serve_bench

    raise typer.Exit(serve_bench(bench, only or (), store))


@app.command("list")
def list_devices(target: Target, tls: Tls = None, client: Client = "", as_json: AsJson = False) -> None:
    """List the devices of running shims, who holds them and who waits."""
    from rig.cli.devices_list import list_target

    raise typer.Exit(list_target(target, tls, client, as_json))


@app.command()
def probe(
    target: Annotated[str, typer.Argument(help="A bench, a shim's host:port, or a line: /dev/ttyUSB0, socket://...")],
    ids: Ids = None,
    store: Annotated[str, typer.Option(help="The store that the bench stands for, by name or file.")] = "",
    tls: Tls = None,
    client: Client = "",
    as_json: AsJson = False,
) -> None:
    """Ask every device who it is; for each fault say the cause and what to try."""
    from rig.cli.devices_probe import probe_target

    raise typer.Exit(probe_target(target, ids or (), store, tls, client, as_json))


@app.command()
def watch(
    target: Target,
    ids: Ids = None,
    seconds: Annotated[float, typer.Option(help="End after so long; 0: with Ctrl-C.")] = 0.0,
    tls: Tls = None,
    client: Client = "",
) -> None:
    """Print what devices report, as it comes; codes are hidden."""
    from rig.cli.devices_watch import watch_target

    raise typer.Exit(watch_target(target, ids or (), seconds, tls, client))


@app.command()
def release(
    target: Target,
    ids: Ids = None,
    force: Annotated[bool, typer.Option("--force", help="End the leases of others.")] = False,
    tls: Tls = None,
    client: Client = "",
) -> None:
    """Take devices from whoever holds them; each goes to its safe state first."""
    from rig.cli.devices_list import release_target

    raise typer.Exit(release_target(target, ids or (), force, tls, client))


@app.command()
def drivers(
    text: Annotated[str, typer.Argument(help="Only those whose name holds this.")] = "", as_json: AsJson = False
) -> None:
    """List the drivers that a bench file may name, with their options."""
    from rig.cli.devices_drivers import list_drivers

    raise typer.Exit(list_drivers(text, as_json))


@app.command()
def certs(
    folder: Annotated[Path, typer.Argument(help="Where they go; `tls` of the bench file names it.")],
    host: Annotated[list[str] | None, typer.Option(help="Name or address by which others reach the shim.")] = None,
    client: Annotated[list[str] | None, typer.Option(help="Who may use the bench.")] = None,
    days: Annotated[int, typer.Option(help="How long they last.")] = 365,
) -> None:
    """Make the certificates of a bench that other machines reach, and the list of who is let in."""
    from devices.shim.certificates import make_certificates

    for file in make_certificates(folder, host or (), client or (), days=days):
        typer.echo(file)


@app.command()
def new(
    kind: Annotated[str, typer.Argument(help="What it is: scanner, scale, gate, ...")],
    name: Annotated[str, typer.Argument(help="Of the package: my_scanner.")],
    folder: Annotated[Path, typer.Option(help="Where to put it.")] = Path(),
) -> None:
    """Write the skeleton of a package with a driver of your own."""
    from rig.cli.devices_new import new_package

    new_package(kind, name, folder)
