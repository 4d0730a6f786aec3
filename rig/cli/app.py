"""The commands and their options. Each command's work is imported when it is asked for, so that help is quick."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from contracts.errors import ProductError, UsageError, WalkoutError
from rig.cli.devices import app as devices
from rig.cli.exporting import export
from rig.cli.hunts import hunt
from rig.cli.optional import filled
from rig.cli.palm import app as palms
from rig.cli.pruning import prune
from rig.cli.signals import ended_by_signals
from rig.cli.storing import app as stores
from rig.cli.suites import suite
from rig.storage.address import is_url
from rig.storage.cache import local

app = typer.Typer(
    name="rig",
    help="A test rig and digital twin for cashierless stores.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(help="Turn a log of a real store into a recording.", no_args_is_help=True)
app.add_typer(imports, name="import")
app.add_typer(stores, name="store")
app.add_typer(palms, name="palm")
app.add_typer(devices, name="devices")
app.command()(export)
app.command()(hunt)
app.command()(prune)
app.command()(suite)

_WRONG_ARGUMENT: type[BaseException] = typer.BadParameter.__bases__[0]

AsJson = Annotated[bool, typer.Option("--json", help="Print for programs.")]
Rec = Annotated[Path, typer.Argument(help="A recording (.mcap), or its URL.", parser=local, metavar="RECORDING")]
StackChoice = Annotated[str, typer.Option("--stack", help="The stack under test: reference, or grpc://host:port.")]
StackTimeout = Annotated[float, typer.Option(help="Wall seconds that a remote stack may take for one tick.")]


@app.command()
def run(
    files: Annotated[list[Path], typer.Argument(help="Scenario files.")],
    seed: Annotated[int | None, typer.Option(help="Instead of the scenario's seed.")] = None,
    store: Annotated[str, typer.Option(help="Instead of the scenario's store: a name or a file.")] = "",
    record: Annotated[str, typer.Option(help="Folder for recordings and pictures, or a URL to copy them to.")] = "out",
    stack: StackChoice = "reference",
    stack_timeout: StackTimeout = 20.0,
    realtime: Annotated[bool, typer.Option("--realtime", help="Pace the run by the clock on the wall.")] = False,
    renderer: Annotated[
        str, typer.Option(help="How cameras see: numba, plain, or gl on a graphics processor.")
    ] = "numba",
    feed: Annotated[
        list[str] | None, typer.Option(help="Serve cameras at rtsp://host:port, or send plates to mqtt://host:port.")
    ] = None,
    ledger: Annotated[
        str, typer.Option(help="Keep the books: sqlite:FILE or postgresql://...; else they are forgotten with the run.")
    ] = "",
    app: Annotated[str, typer.Option(help="Serve the customers' app at host:port, while the run lasts.")] = "",
    bench: Annotated[
        str, typer.Option(help="A bench, by name or file: its devices stand in for the twin's, in real time.")
    ] = "",
    serve: Annotated[bool, typer.Option("--serve", help="Start the bench's shim on this machine.")] = False,
    page: Annotated[str, typer.Option(help="Write the run's page: FILE.html, FOLDER/, or beside the recording.")] = "",
    live: Annotated[str, typer.Option(help="Serve the run's page while it goes on: 127.0.0.1:PORT, or any port.")] = "",
    draw: Annotated[str, typer.Option(help="Only one of a varied file: the number of a draw, or what is in [].")] = "",
    as_json: AsJson = False,
) -> None:
    """Run scenarios in the twin and judge them."""
    from rig.cli.living import PageOptions
    from rig.cli.running import RunOptions, run_files

    options = RunOptions(
        seed,
        store,
        Path("out") if is_url(record) else Path(record),
        stack,
        stack_timeout,
        realtime,
        renderer,
        as_json,
        tuple(feed or ()),
        app,
        ledger,
        bench,
        serve,
        PageOptions(live, page),
        draw,
        upload=record if is_url(record) else "",
    )
    raise typer.Exit(run_files(files, options))


@app.command()
def explain(file: Annotated[Path, typer.Argument(help="A scenario file.")], as_json: AsJson = False) -> None:
    """Print what a scenario does, without a store."""
    from rig.cli.explaining import explain_file

    explain_file(file, as_json)


@app.command()
def inspect(
    recording: Rec,
    digest: Annotated[bool, typer.Option("--digest", help="Print one line: the digest of all messages.")] = False,
    as_json: AsJson = False,
) -> None:
    """List a recording's channels, receipts and verdict."""
    from rig.cli.inspecting import inspect_recording

    inspect_recording(recording, digest=digest, as_json=as_json)


@app.command()
def view(
    recording: Rec,
    output: Annotated[Path, typer.Option("-o", "--output", help="The PNG file to write.")],
    at: Annotated[float | None, typer.Option(help="Seconds into the run.")] = None,
    camera: Annotated[str, typer.Option(help="A camera's frame instead of the floor plan.")] = "",
) -> None:
    """Draw the floor plan with tracks, truth and plate weights, or one camera's frame."""
    from rig.cli.viewing import view_recording

    view_recording(recording, output, at_s=at, camera=camera)


@app.command()
def page(
    recording: Rec,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The HTML file; beside the recording.")] = None,
    camera: Annotated[list[str] | None, typer.Option(help="A camera to show; else the six that see most.")] = None,
) -> None:
    """Make one HTML file of a recording, to scrub through it in a browser."""
    from rig.cli.paging import page_recording

    page_recording(recording, output, tuple(camera or ()))


@app.command()
def why(
    recording: Rec,
    shopper: Annotated[str, typer.Option(help="Whose receipt; all by default.")] = "",
    line: Annotated[str, typer.Option(help="Only the receipt line of this product.")] = "",
    event: Annotated[str, typer.Option(help="Only what rests on this shelf event: e3.")] = "",
    picture: Annotated[Path | None, typer.Option(help="Draw it into this PNG file instead.")] = None,
    as_json: AsJson = False,
) -> None:
    """Explain every receipt line: the weight event, the hand, the alternatives, the frames."""
    from rig.cli.explaining import WhyOptions, why_receipts

    why_receipts(recording, WhyOptions(shopper, line, event, picture, as_json))


@app.command()
def replay(
    recording: Rec,
    record: Annotated[Path, typer.Option(help="Folder for the new recording.")] = Path("out/replay"),
    stack: StackChoice = "reference",
    stack_timeout: StackTimeout = 20.0,
    references: Annotated[
        Path | None, typer.Option(help="Folder of references and tolerances; left out, they are beside the recording.")
    ] = None,
    update: Annotated[
        bool, typer.Option("--update-references", help="Accept the new answers: the only way to change a reference.")
    ] = False,
    compare: Annotated[
        bool | None,
        typer.Option("--compare/--no-compare", help="Hold against the recorded answers, whosever they are."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Feed a recording's sensor records to a stack, as fast as it takes them, and compare its answers."""
    from rig.cli.replaying import ReplayOptions, replay_recording

    options = ReplayOptions(record, stack, stack_timeout, references, update, compare, as_json)
    raise typer.Exit(replay_recording(recording, options))


@app.command()
def rerun(
    recording: Rec,
    record: Annotated[Path | None, typer.Option(help="Folder to keep the new recording in.")] = None,
    stack: Annotated[str, typer.Option(help="Instead of the recorded stack: reference, or grpc://host:port.")] = "",
    stack_timeout: StackTimeout = 20.0,
    store: Annotated[Path | None, typer.Option(help="Instead of the script's store: a file.")] = None,
    renderer: Annotated[str, typer.Option(help="Instead of the recorded renderer: numba, plain or gl.")] = "",
    as_json: AsJson = False,
) -> None:
    """Run a recorded scenario again in the twin, and stop at the first message that differs."""
    from rig.cli.rerunning import RerunOptions, rerun_recording

    options = RerunOptions(record, stack, stack_timeout, store, renderer, as_json)
    raise typer.Exit(rerun_recording(recording, options))


@app.command()
def render(
    recording: Rec,
    at: Annotated[str, typer.Option(help="When: seconds into the run, or 12.3s, 250ms.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A .png; of a range a folder or an .mp4.")],
    camera: Annotated[str, typer.Option(help="A camera of the store.")] = "",
    pose: Annotated[
        str, typer.Option(help="A camera anywhere: x,y,z,yaw,pitch[,roll] in metres and degrees; pitch -30 looks down.")
    ] = "",
    until: Annotated[str, typer.Option(help="Make pictures up to this time.")] = "",
    every: Annotated[str, typer.Option(help="How far apart.")] = "100ms",
    size: Annotated[str, typer.Option(help="Of the pictures of --pose, in pixels.")] = "1280x720",
    fov: Annotated[float, typer.Option(help="What the camera of --pose sees from left to right, degrees.")] = 75.0,
    depth: Annotated[bool, typer.Option("--depth", help="Distances in false colours instead.")] = False,
    store: Annotated[Path | None, typer.Option(help="Instead of the script's store: a file.")] = None,
    renderer: Annotated[str, typer.Option(help="Instead of the recorded renderer: numba, plain or gl.")] = "",
) -> None:
    """Make pictures from recorded poses, through any camera, also one that was not there."""
    from rig.cli.rendering import RenderOptions, render_recording

    options = RenderOptions(output, camera, pose, at, until, every, size, fov, depth, store, renderer)
    render_recording(recording, options)


@app.command()
def recover(
    recording: Rec,
    output: Annotated[Path, typer.Option("-o", "--output", help="The whole recording to write.")],
) -> None:
    """Mend a recording that was cut: keep all that comes before the cut."""
    from rig.cli.rerunning import recover_recording

    raise typer.Exit(recover_recording(recording, output))


@app.command()
def score(
    suite: Annotated[str, typer.Argument(help="A folder of scenarios, or the name of a suite.")] = "",
    recordings: Annotated[Path | None, typer.Option(help="Score these recordings instead.")] = None,
    jobs: Annotated[int, typer.Option(help="Runs at once, each in a process of its own.")] = 1,
    record: Annotated[Path | None, typer.Option(help="Folder to keep recordings in.")] = None,
    seeds: Annotated[str, typer.Option(help="Instead of the suite's: 1,2,3 or 1-5.")] = "",
    held_out: Annotated[bool, typer.Option("--held-out", help="Use the seeds that nobody tunes with.")] = False,
    only: Annotated[str, typer.Option(help="Only cases whose name holds this.")] = "",
    stack: StackChoice = "reference",
    stack_timeout: StackTimeout = 20.0,
    renderer: Annotated[str, typer.Option(help="How cameras see: numba, plain or gl.")] = "numba",
    least: Annotated[list[str] | None, typer.Option("--min", help="What must be reached: f1=0.97, f1@3=0.95.")] = None,
    most: Annotated[list[str] | None, typer.Option("--max", help="What must not be passed: held=0.02.")] = None,
    plots: Annotated[Path | None, typer.Option(help="Folder for pictures.")] = None,
    list_only: Annotated[bool, typer.Option("--list", help="Print the cases and run nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a suite of scenarios, and print what the stack is worth."""
    from rig.cli.scoring import ScoreOptions
    from rig.cli.scoring import score as score_suite

    demands = tuple(least or ()), tuple(most or ())
    options = ScoreOptions(
        suite, recordings, jobs, record, seeds, held_out, only, stack, stack_timeout, renderer, *demands, plots,
        list_only, as_json,
    )  # fmt: skip
    raise typer.Exit(score_suite(options))


@imports.command("autocheckout")
def import_autocheckout(
    directory: Annotated[Path, typer.Argument(help="A case of the AutoCheckout competition (JSON lines).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The recording to write.")],
) -> None:
    """Turn a case of the public AutoCheckout format into a recording."""
    from rig.cli.replaying import import_case

    import_case(directory, output)


@app.command()
def nightly(
    plan: Annotated[Path, typer.Argument(help="What a night does.")] = Path("nightly.yaml"),
    nights: Annotated[Path, typer.Option(help="Folder of all nights.")] = Path("out/nights"),
    blame: Annotated[float, typer.Option(help="Seconds to look for the first bad commit; 0: not at all.")] = 0.0,
    results: Annotated[str, typer.Option(help="A URL at which all nights are kept, too: s3://lab/nights.")] = "",
    update_references: Annotated[bool, typer.Option(help="Kept recordings: accept the answers of tonight.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run suites, recordings, hunts and benchmarks, and hold them against the last good night; resumes when killed."""
    from rig.cli.nightly import nightly as run_night

    raise typer.Exit(run_night(plan, nights, blame, results=results, update=update_references, as_json=as_json))


@app.command()
def history(
    question: Annotated[str, typer.Argument(help="SQL over the table `rows`; left out, the last nights.")] = "",
    nights: Annotated[str, typer.Option(help="Folder of all nights, or their URL.")] = "out/nights",
    as_json: AsJson = False,
) -> None:
    """Ask all nights a question."""
    from rig.cli.nightly import history as ask

    ask(nights, question, as_json=as_json)


@app.command()
def fidelity(
    case: Annotated[Path | None, typer.Option(help="A real log: case BENCHMARK-1 of AutoCheckout.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the picture.")] = Path("out"),
    seed: Annotated[int, typer.Option(help="Of the twin's run.")] = 31,
    as_json: AsJson = False,
) -> None:
    """Compare the twin's plates with a real store's log, figure by figure."""
    from rig.cli.fidelity import show_fidelity

    raise typer.Exit(show_fidelity(case, output, seed, as_json))


@app.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what this machine lacks, and how to get it."""
    from rig.cli.doctoring import examine

    raise typer.Exit(examine(as_json))


@app.command()
def schema(kind: Annotated[str, typer.Argument(help="scenario, store or bench")]) -> None:
    """Print the JSON Schema of a file format, for editors."""
    from rig.cli.explaining import print_schema

    print_schema(kind)


def main() -> None:
    """Run the command line; every error ends with a message and the exit code of its kind."""
    sys.exit(run_command(sys.argv[1:]))


def run_command(arguments: Sequence[str]) -> int:
    """Run one command; return the exit code."""
    try:
        with ended_by_signals():
            return _obey(arguments)
    except WalkoutError as error:
        if error.__cause__ is not None and isinstance(error, ProductError):
            traceback.print_exception(error.__cause__)
        _complain(str(error), error)
        return error.exit_code
    except KeyboardInterrupt as error:
        _complain("interrupted", error)
        return 2
    except BrokenPipeError:
        # The reader of our output has gone (| head): nothing is left to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 6
    except Exception as error:  # the last door: a fault of the rig must never look like a verdict
        traceback.print_exception(error)
        _complain("this is a fault of the rig, not of the product", error)
        return 6


def _obey(arguments: Sequence[str]) -> int:
    """Let typer read the arguments and call the command.

    Its own `main` would give an interrupted run 130 and a wrong argument 2, which here means interrupted.
    """
    command = get_command(app)
    try:
        with command.make_context("rig", list(filled(arguments))) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except _WRONG_ARGUMENT as error:
        error.show()  # type: ignore[attr-defined]  # the base class of BadParameter, which typer does not export
        return UsageError.exit_code
    return 0


def _complain(text: str, error: BaseException) -> None:
    for line in (f"rig: {text}", *getattr(error, "__notes__", ())):
        sys.stderr.write(f"{line}\n")
