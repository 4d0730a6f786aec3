"""Runs one scenario from beginning to verdict: the twin, the stack, the recorder and the judge put together."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from contracts.clock import MILLISECOND, SECOND, Clock, Stopwatch, VirtualClock, WallClock
from contracts.errors import RigFault, UsageError
from contracts.layout import Layout
from contracts.ports import Source, Stack
from contracts.records import AnswerRecord, Setup
from contracts.run import RunStart, Version
from rig.altered_store import altered_store
from rig.judge import Verdict, judge
from rig.keys import deployment_key
from rig.loop import Loop, Progress
from rig.pace import Pace
from rig.paths import find_store
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from rig.scenario.altered import as_surveyed
from rig.scenario.errands import with_crowd
from rig.scenario.model import Expect, Scenario
from rig.scenario.write import to_yaml

if TYPE_CHECKING:
    from rig.mixed.wires import Wires
    from rig.palm.inside import InsideReader

# By then a first frame and a first block of samples have gone all the way; the very first tick takes seconds.
LOADING_NS = 250 * MILLISECOND
# What shapes the bytes of a recording.
VERSIONED = ("walkout-rig", "numpy", "numba", "pybullet", "opencv-python", "protobuf")

OnProgress = Callable[[Progress], None]
OnStart = Callable[[Clock], None]
Around = Callable[[Stack], Stack]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """A finished run.

    Args:
        name: scenario or log.
        layout: the store.
        verdict: what the judge says.
        recording: the file, None when it was not kept.
        digest: of all messages.
        simulated_ns: bench time that passed.
        wall_s: seconds that it took.
        renderer: name of the renderer, "" without cameras.
        pace: how well it kept real time; None where it went as fast as it could.
        palms: what its palm readers' matcher cost, in words, outside of bench time; "" where a palm is a handle.
    """

    name: str
    layout: Layout
    verdict: Verdict
    recording: Path | None
    digest: str
    simulated_ns: int
    wall_s: float
    renderer: str = ""
    pace: Pace | None = None
    palms: str = ""

    @property
    def realtime_factor(self) -> float:
        """Simulated seconds a second of work."""
        return self.simulated_ns / SECOND / self.wall_s if self.wall_s else 0.0


def run_scenario(
    scenario: Scenario,
    *,
    store_path: Path | None = None,
    record_dir: Path | None = None,
    stack: str = "reference",
    stack_timeout_s: float = 20.0,
    ledger: str = "",
    realtime: bool = False,
    bench: Path | None = None,
    serve: bool = False,
    renderer: str = "numba",
    on_progress: OnProgress | None = None,
    on_start: OnStart | None = None,
    around: Around | None = None,
) -> RunResult:
    """Run a scenario in the twin and judge it.

    Args:
        scenario: what to play.
        store_path: another store file than the scenario names.
        record_dir: where to keep the recording; None keeps none.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        ledger: URL of the books of the reference stack; "" forgets them with the run.
        realtime: pace the run by the wall's clock.
        bench: the file of a bench whose devices take the place of the twin's; such a run is in real time.
        serve: start the shim of that bench on this machine, as `rig devices serve` does.
        renderer: a name that `twin.raster.choose` knows.
        on_progress: told after every tick.
        on_start: told the run's clock as it starts, before the first tick.
        around: what to put around the stack, to watch it at work.

    Returns:
        The run with its verdict.

    Raises:
        WalkoutError: the run could not be carried through; the recording holds everything up to then.
    """
    # Physics and renderers are heavy: only when a twin is wanted.
    from twin.raster import choose
    from twin.source import TwinSource
    from twin.store import load_store

    store_path = store_path or find_store(scenario.store)
    store = altered_store(load_store(store_path), scenario.altered)
    scenario = with_crowd(scenario, store.layout)
    with ExitStack() as stay:
        system = stay.enter_context(closing(open_stack(stack, stack_timeout_s, ledger)))
        system = around(system) if around else system
        clock: Clock = WallClock(LOADING_NS) if realtime or bench else VirtualClock()
        wires = stay.enter_context(_strung(bench, store.layout, clock, store_path if serve else None))
        palms = stay.enter_context(_looking(scenario))
        twin = TwinSource(
            store,
            scenario.shoppers,
            scenario.faults,
            seed=scenario.seed,
            renderer=choose.renderer(renderer),
            bodies=scenario.bodies,
            elsewhere=wires.switches if wires else None,
            matcher=palms,
            audited=isinstance(clock, VirtualClock),
        )
        source = stay.enter_context(closing(wires.beside(twin) if wires else twin))
        if on_start is not None:
            on_start(clock)
        result = drive(
            _start(scenario, store.layout.name, twin.renderer, stack),
            _setup(scenario, store.layout),
            source,
            system,
            obey=source.command,
            finished=lambda: twin.finished,
            limit_ns=scenario.limit_ns,
            expect=scenario.expect,
            record_dir=record_dir,
            clock=clock,
            on_progress=on_progress,
        )
        return replace(result, palms=palms.said) if palms else result


@contextmanager
def _looking(scenario: Scenario) -> Iterator[InsideReader | None]:
    """Make the matcher of the palm readers, where they look at hands."""
    if scenario.palms == "handles":
        yield None
        return
    from rig.palm.inside import inside_reader  # compiles the search

    with inside_reader(scenario) as reader:
        yield reader


@contextmanager
def _strung(bench: Path | None, layout: Layout, clock: Clock, serve: Path | None) -> Iterator[Wires | None]:
    """Open a bench, where there is one."""
    if bench is None or not isinstance(clock, WallClock):
        yield None
        return
    from rig.mixed.wires import strung  # grpc is heavy

    with strung(bench, layout, clock, serve=serve) as wires:
        yield wires


def _start(scenario: Scenario, store: str, renderer: str, stack: str) -> RunStart:
    """Return what a recording says first: all that is needed to run it again."""
    return RunStart(
        t_ns=0,
        source="rig",
        scenario=scenario.name,
        script=to_yaml(scenario),
        store=store,
        seed=scenario.seed,
        renderer=renderer,
        stack=stack,
        versions=versions(),
    )


def _setup(scenario: Scenario, layout: Layout) -> Setup:
    """Return what a stack is told at the start: the store as surveyed, the accounts, the key of their phones."""
    return Setup(
        t_ns=0,
        source="rig",
        layout=as_surveyed(layout, scenario.altered, scenario.seed),
        accounts=scenario.accounts,
        key=deployment_key(scenario.seed),
    )


def drive(
    start: RunStart,
    setup: Setup,
    source: Source,
    system: Stack,
    *,
    obey: Callable[[AnswerRecord], None],
    finished: Callable[[], bool],
    limit_ns: int,
    expect: Expect,
    record_dir: Path | None,
    clock: Clock,
    on_progress: OnProgress | None = None,
) -> RunResult:
    """Run any source through any stack into a recording, and judge that recording."""
    with ExitStack() as stay:
        folder = record_dir or Path(stay.enter_context(tempfile.TemporaryDirectory(prefix="rig-")))
        path = folder / f"{file_stem(start.scenario)}.mcap"
        recorder = Recorder(path, start)
        # What listens around the stack may have something to tell itself: what customers ask of the app.
        sources = [source, system] if isinstance(system, Source) else [source]
        loop = Loop(sources, system, recorder, clock, obey=obey, finished=finished, limit_ns=limit_ns)
        watch, pace = Stopwatch(), Pace()
        with _ending(recorder, loop, kept=record_dir is not None):
            for progress in loop.run(setup):
                pace.note(progress)
                if on_progress is not None:
                    on_progress(progress)
        wall_s = watch.seconds
        return RunResult(
            name=start.scenario,
            layout=setup.layout,
            verdict=judge(Recording(path), expect),
            recording=path if record_dir is not None else None,
            digest=recorder.digest,
            simulated_ns=loop.now_ns,
            wall_s=wall_s,
            renderer=start.renderer,
            pace=pace if isinstance(clock, WallClock) else None,
        )


def open_stack(where: str, timeout_s: float = 20.0, ledger: str = "") -> Stack:
    """Return the stack under test.

    Args:
        where: "reference" or "grpc://host:port".
        timeout_s: wall seconds that a remote stack may take for one tick.
        ledger: URL of the books of the reference stack; "" forgets them.
    """
    if where == "reference":
        from stack.core import FORGETFUL, ReferenceStack  # heavy

        return ReferenceStack(ledger=ledger or FORGETFUL)
    if ledger:
        raise UsageError(
            "another stack keeps its own books", where="--ledger", expected="--stack reference", found=where
        )
    if where.startswith("grpc://"):
        from rig.remote_stack import RemoteStack  # grpc is heavy

        return RemoteStack(where.removeprefix("grpc://"), timeout_s)
    raise UsageError("no such stack", where="--stack", expected="reference, or grpc://host:port", found=where)


def versions() -> tuple[Version, ...]:
    """Return the versions of everything that shapes the bytes of a recording."""
    return tuple(Version(name, version(name)) for name in VERSIONED)


def file_stem(name: str) -> str:
    """Return a scenario's name as a file name."""
    return re.sub(r"[^\w.=,-]+", "_", name).strip("_")


@contextmanager
def _ending(recorder: Recorder, loop: Loop, kept: bool) -> Iterator[None]:
    """Close the recording with how the run ended, and let any error name the file."""
    try:
        yield
    except BaseException as error:
        by_hand = isinstance(error, KeyboardInterrupt)
        # Where the file itself is the trouble it cannot be closed either; what ended the run is what counts.
        with suppress(RigFault):
            recorder.close("interrupted" if by_hand else "failed", str(error) or "by the user", loop.now_ns)
        if kept:
            error.add_note(f"recorded up to {loop.now_ns / SECOND:.2f} s: {recorder.path}")
        raise
    recorder.close("out of time" if loop.out_of_time else "finished", "", loop.now_ns)
