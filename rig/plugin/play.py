"""Plays scenarios for tests: finds the store, checks, runs, keeps or removes the recording, notes what came."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from contracts.errors import DeviceUnavailable, RigFault
from rig.plugin.again import again
from rig.plugin.options import SETTINGS, Settings
from rig.plugin.outcome import ScenarioFailed
from rig.plugin.paging import page_file, write_failed
from rig.plugin.ran import Ran, runs_of

if TYPE_CHECKING:
    from contracts.layout import Layout
    from rig.run import RunResult
    from rig.scenario.model import Scenario
    from rig.scenario.read import Written

LAYOUTS = pytest.StashKey[dict[Path, "Layout"]]()
NOT_RUN = "rig_not_run"
MOST_NAME = 80  # characters of a test's name in a folder's


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRequest:
    """What to play, and how.

    Args:
        scenario: checked against the store.
        store_path: the store's file.
        record_dir: where to put the recording; None keeps none.
        stack: "reference" or "grpc://host:port".
        realtime: whether the run is paced by the wall's clock.
        timeout_scale: factor on every wall-clock limit.
        bench: the file of a bench whose devices take the place of the twin's, or None.
        serve: whether that bench's shim is started for the run.
        replay: a recording to feed to the stack instead of playing in the twin, or None.
    """

    scenario: Scenario
    store_path: Path
    record_dir: Path | None
    stack: str
    realtime: bool
    timeout_scale: float
    bench: Path | None = None
    serve: bool = False
    replay: Path | None = None


def run(request: RunRequest) -> RunResult:
    """Play a scenario as `rig run` does, or its recording as `rig replay` does: its answers must be those accepted."""
    if request.replay is not None:
        from rig.plugin.replaying import replay

        timeout_s = 20.0 * request.timeout_scale
        return replay(request.replay, record_dir=request.record_dir, stack=request.stack, stack_timeout_s=timeout_s)
    from rig.run import run_scenario  # heavy

    return run_scenario(
        request.scenario,
        store_path=request.store_path,
        record_dir=request.record_dir,
        stack=request.stack,
        stack_timeout_s=20.0 * request.timeout_scale,
        realtime=request.realtime,
        bench=request.bench,
        serve=request.serve and request.bench is not None,
    )


def prepare(config: pytest.Config, written: Written, said: Mapping[str, Any]) -> tuple[Scenario, Path]:
    """Return a scenario with the options and a test's own values, checked against its store, and the store's file.

    Raises:
        UsageError: the store or something in it does not exist.
    """
    from rig.scenario import ready

    settings = config.stash[SETTINGS]
    given: dict[str, Any] = {} if settings.seed is None else {"seed": settings.seed}
    given |= {"store": settings.store} if settings.store else {}
    return ready(written, given | dict(said), layout_of=lambda path: layout_of(config, path))


def layout_of(config: pytest.Config, store_path: Path) -> Layout:
    """Return a store's layout, read once a session."""
    from twin.store import load_store  # heavy

    known = config.stash.setdefault(LAYOUTS, {})
    if store_path not in known:
        known[store_path] = load_store(store_path).layout
    return known[store_path]


def play(item: pytest.Item, scenario: Scenario, store_path: Path, part: str = "") -> RunResult:
    """Play a scenario for a test; note what came of it in the test's properties.

    Args:
        item: the test.
        scenario: as `prepare` returns it.
        store_path: the store's file.
        part: folder for this run when a test makes several.

    Raises:
        RigFault: the rig or the script was at fault, so that the product cannot be judged.
    """
    settings = item.config.stash[SETTINGS]
    folder = artifact_folder(settings.artifacts, item.nodeid) / part
    recording = None
    if settings.mode == "replay":
        recording = recording_of(scenario.name, item.nodeid, settings)
    if settings.mode == "replay" and recording is None:
        not_run(item, "mode replay: no recording of it")
    request = RunRequest(
        scenario=scenario,
        store_path=store_path,
        record_dir=None if settings.record == "never" else folder,
        stack=settings.stack,
        realtime=settings.speed == "1x",
        bench=settings.bench if settings.mode == "bench" else None,
        serve=settings.serve,
        timeout_scale=settings.timeout_scale,
        replay=recording,
    )
    _note(item, {"seed": scenario.seed, "scenario": scenario.digest, "store": scenario.store})
    _note(item, {"mode": settings.mode, "stack": settings.stack} | ({"bench": request.bench} if request.bench else {}))
    if request.record_dir:
        request.record_dir.mkdir(parents=True, exist_ok=True)
    command = again(item.nodeid, settings)
    _note(item, {"again": command})
    try:
        result: RunResult = item.config.hook.pytest_rig_run(config=item.config, request=request)
    except BaseException:
        runs_of(item).append(Ran(scenario=scenario, recording=_newest(folder), verdict=None, again=command))
        raise
    runs_of(item).append(Ran(scenario=scenario, recording=result.recording, verdict=result.verdict, again=command))
    _note(item, _properties(result))
    if settings.page and (page := write_failed(result, command)):
        _note(item, {"page": page})
    if result.verdict.troubles:
        raise RigFault("the scenario could not be played as written", found="; ".join(result.verdict.troubles))
    return result


def demand(result: RunResult, *, most_sim_s: float = 0.0) -> None:
    """Raise unless the product did everything right.

    Args:
        result: the run.
        most_sim_s: bench seconds that it may take, 0 for no limit.

    Raises:
        ScenarioFailed: it did not.
    """
    differences = list(result.verdict.differences)
    took_s = result.simulated_ns / 1e9
    if 0.0 < most_sim_s < took_s:
        differences.append(f"took {took_s:g} s of bench time, the budget is {most_sim_s:g} s")
    if differences or not result.verdict.ok:
        page = page_file(result.recording) if result.recording else None
        written = str(page) if page and page.is_file() else ""
        raise ScenarioFailed(result.name, differences, str(result.recording or ""), written)


def not_run(item: pytest.Item, reason: str) -> NoReturn:
    """Skip a test for a need that is not met, or with --rig-require make that an error.

    Raises:
        DeviceUnavailable: with --rig-require.
    """
    item.user_properties.append((NOT_RUN, reason))
    if item.config.stash[SETTINGS].require:
        raise DeviceUnavailable("a need is not met", where=item.nodeid, found=reason)
    pytest.skip(reason)


def recording_of(name: str, nodeid: str, settings: Settings) -> Path | None:
    """Return the recording of a scenario under --rig-replay: that of the same test, or the only one of its name.

    Args:
        name: the scenario.
        nodeid: the test.
        settings: where to look.
    """
    from rig.run import file_stem  # heavy

    root = settings.replay
    if root is None or root.is_file():
        return root if root and root.stem == file_stem(name) else None
    found = sorted(root.rglob(f"{file_stem(name)}.mcap"))
    own = artifact_folder(root, nodeid, "").name
    mine = [path for path in found if own in path.parts]
    return mine[0] if mine else found[0] if len(found) == 1 else None


def artifact_folder(base: Path, nodeid: str, worker: str | None = None) -> Path:
    """Return a test's own folder: no two tests share one, nor do two workers of xdist.

    Args:
        base: the folder for all.
        nodeid: the test.
        worker: xdist's name of this process; None asks the environment.
    """
    name = os.environ.get("PYTEST_XDIST_WORKER", "") if worker is None else worker
    readable = re.sub(r"[^\w.=,-]+", "_", nodeid.rsplit("/", 1)[-1]).strip("_")[:MOST_NAME]
    return base / name / f"{readable}-{hashlib.sha256(nodeid.encode()).hexdigest()[:8]}"


def _properties(result: RunResult) -> dict[str, object]:
    """Return what a report should say of a run."""
    said: dict[str, object] = {
        "renderer": result.renderer,
        "realtime_factor": f"{result.realtime_factor:.2f}",
        "simulated_s": f"{result.simulated_ns / 1e9:.2f}",
    }
    if result.digest:
        said["digest"] = result.digest
    found: Sequence[str] = result.verdict.troubles or result.verdict.differences
    if found:
        said["first_difference"] = found[0]
    return said


def _note(item: pytest.Item, said: Mapping[str, object]) -> None:
    """Write into the test's properties, which reach JUnit files and pass through xdist."""
    item.user_properties += [(f"rig_{name}", str(value)) for name, value in said.items()]


def _newest(folder: Path) -> Path | None:
    """Return the recording that a broken run left behind."""
    left = sorted(folder.glob("*.mcap"), key=lambda path: path.stat().st_mtime_ns) if folder.is_dir() else []
    return left[-1] if left else None
