"""A recorded scenario, run again in the twin, and held against its recording message by message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.run import RunStart
from rig.compare.following import Differs, Enough, Following
from rig.loop import Progress
from rig.paths import find_store
from rig.recording.reader import Recording
from rig.run import OnProgress, run_scenario, versions
from rig.scenario import Scenario, from_yaml


@dataclass(frozen=True, slots=True)
class Rerun:
    """A rerun that agreed.

    Args:
        messages: how many agreed.
        until_ns: bench time of the last of them.
        whole: whether the recording was whole; else it was followed up to where it breaks off.
        wall_s: seconds that it took; 0 where the recording breaks off.
    """

    messages: int
    until_ns: int
    whole: bool
    wall_s: float = 0.0

    @property
    def text(self) -> str:
        """The same for people."""
        end = "" if self.whole else ", where the recording breaks off"
        return f"no difference in {self.messages} messages up to {self.until_ns / SECOND:.2f} s{end}"


def rerun(
    path: Path,
    *,
    record_dir: Path | None = None,
    stack: str = "",
    stack_timeout_s: float = 20.0,
    store: Path | None = None,
    renderer: str = "",
    on_progress: OnProgress | None = None,
) -> Rerun:
    """Run the scenario of a recording again, and stop at the first message that differs.

    Args:
        path: a recording of this rig.
        record_dir: where to keep the new recording; None keeps none.
        stack: another stack than the recorded one.
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        store: another store file than the script names.
        renderer: another renderer than the recorded one.
        on_progress: told after every tick.

    Raises:
        Differs: a message differs.
        UsageError: the recording holds no script.
    """
    recording = Recording(path)
    start = recording.start
    scenario = scenario_of(start, path)
    following = Following(recording)

    def watch(progress: Progress) -> None:
        following(progress)
        if on_progress is not None:
            on_progress(progress)

    drawn_by = renderer or renderer_of(start.renderer)
    try:
        run = run_scenario(
            scenario,
            store_path=store or store_of(scenario.store, path),
            record_dir=record_dir,
            stack=stack or start.stack,
            stack_timeout_s=stack_timeout_s,
            renderer=drawn_by,
            on_progress=watch,
        )
        following.end()
    except Enough:
        return Rerun(following.agreed, following.reached_ns, whole=False)
    except Differs as error:
        raise Differs(error.difference, str(path), _hint(start, drawn_by)) from None
    return Rerun(following.agreed, following.reached_ns, whole=True, wall_s=run.wall_s)


def scenario_of(start: RunStart, path: Path) -> Scenario:
    """Return the scenario that a recording is of, under a name of its own.

    Args:
        start: how the recording begins.
        path: the recording, for the message.

    Raises:
        UsageError: it holds no script.
    """
    if start.script:
        return from_yaml(start.script, f"{start.scenario}-rerun")
    raise UsageError(
        "this recording holds no script to run again",
        where=str(path),
        expected="a recording of a scenario",
        found=f"an imported log of {start.store}",
        hint="rig replay feeds its sensors to a stack",
    )


def changes(start: RunStart) -> Sequence[str]:
    """Return what shapes the bytes of a run and is another here than when a recording was made, for people."""
    here = {version.name: version.version for version in versions()}
    recorded = {version.name: version.version for version in start.versions}
    return [
        f"{name}: {recorded.get(name, 'none')} when it was recorded, {here.get(name, 'none')} here"
        for name in sorted({*here, *recorded})
        if here.get(name) != recorded.get(name)
    ]


def renderer_of(recorded: str) -> str:
    """Return the name by which the command line knows a recorded renderer."""
    from twin.raster import choose

    names = [name for name in ("numba", "plain") if choose.renderer(name).name == recorded]
    return names[0] if names else "gl" if recorded.startswith("gl on ") else choose.DEFAULT


def _hint(start: RunStart, renderer: str) -> str:
    """Say what may be the reason of a difference."""
    from twin.raster import choose

    reasons = list(changes(start))
    if renderer != "gl" and choose.renderer(renderer).name != start.renderer:
        reasons.append(f"renderer: {start.renderer or 'none'} when it was recorded, {renderer} here")
    if reasons:
        return "what differs here: " + "; ".join(reasons)
    return "versions and renderer are the recorded ones: the store file or the code has changed"


def store_of(name: str, path: Path) -> Path:
    """Return the store file of a script; one that lay beside the scenario may lie beside the recording."""
    beside = path.parent / name
    return beside if name.endswith(".yaml") and beside.is_file() else find_store(name)
