"""The fixtures: `rig` plays scenarios and measures, `store` is a layout, `clock` is time that costs nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contracts.clock import VirtualClock
from contracts.errors import UsageError
from rig.plugin.checks import Check, checks_of, note
from rig.plugin.markers import sim_budget_s
from rig.plugin.options import SETTINGS
from rig.plugin.play import demand, layout_of, play, prepare
from rig.plugin.soft import caller, measured

if TYPE_CHECKING:
    from contracts.layout import Layout
    from rig.run import RunResult
    from rig.scenario.model import Scenario
    from rig.scenario.read import Written


class Rig:
    """Plays scenarios for one test.

    Args:
        item: the test.
    """

    def __init__(self, item: pytest.Item) -> None:
        self._item = item
        self._runs = 0

    def run(self, scenario: Scenario | str | Path | None = None, *, check: bool = True, **said: Any) -> RunResult:
        """Play a scenario and return the run.

        Args:
            scenario: one made in Python, a name, or a file; None for the one of the marker `rig_scenario`.
            check: whether the test fails at once when the product is wrong; else look at the verdict.
            said: other values for keys of the scenario's file: seed=3, store="corner-shop".

        Raises:
            ScenarioFailed: the product did something wrong.
            WalkoutError: the rig, a device or a file is at fault; the test is then an error.
        """
        __tracebackhide__ = True
        if scenario is None:
            scenario, said = _marked(self._item, said)
        written = _written(scenario)
        said = _with_faults(self._item, written.scenario, said)
        self._runs += 1
        result = play(self._item, *prepare(self._item.config, written, said), part=f"run-{self._runs}")
        if check:
            demand(result, most_sim_s=sim_budget_s(self._item))
        return result

    def measure(
        self, name: str, value: float, *, unit: str = "", max: float | None = None, min: float | None = None  # noqa: A002
    ) -> None:  # fmt: skip
        """Note a measurement; if it is outside its limits, the test goes on and fails at its end.

        Args:
            name: unique in the test.
            value: what was measured.
            unit: "ms", "cm", "g".
            max: the most that is right.
            min: the least that is right.
        """
        step = checks_of(self._item).step
        note(self._item, measured(name, value, unit=unit, least=min, most=max, step=step, where=caller()))

    def check(self, right: object, text: str) -> bool:
        """Note a check; if it is wrong, the test goes on and fails at its end, with all that was wrong.

        Args:
            right: whether it is right, by its truth.
            text: what is wrong if it is not: "ana did not get in".

        Returns:
            Whether it was right.
        """
        step = checks_of(self._item).step
        note(self._item, Check(text=text, right=bool(right), step=step, where=caller()))
        return bool(right)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Name the step of the test that the checks within belong to."""
        checks = checks_of(self._item)
        before, checks.step = checks.step, name
        try:
            yield
        finally:
            checks.step = before


@pytest.fixture
def rig(request: pytest.FixtureRequest) -> Rig:
    """Return what plays scenarios for this test."""
    return Rig(request.node)


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Layout:
    """Return the layout of the store: that of the marker `rig_scenario`, or of --rig-store, RIG_STORE or rig_store."""
    return store_of(request.node)


@pytest.fixture
def clock() -> VirtualClock:
    """Return a clock at 0 that passes only when told to."""
    return VirtualClock()


def store_of(item: pytest.Item) -> Layout:
    """Return the layout of a test's store.

    Raises:
        UsageError: nothing says which.
    """
    from rig.paths import find_store
    from rig.plugin.collect import ScenarioItem

    name, beside = item.config.stash[SETTINGS].store, None
    if not name and isinstance(item, ScenarioItem):
        name, beside = item.written.scenario.store, item.path
    elif not name and item.get_closest_marker("rig_scenario"):
        written = _written(_marked(item, {})[0])
        name, beside = written.scenario.store, written.document.path
    if not name:
        raise UsageError(
            "nothing says which store",
            where=item.nodeid,
            expected="a marker rig_scenario, or rig_store in the ini file",
            hint="add `rig_store = corner-shop` to pytest's ini file, or give --rig-store",
        )
    return layout_of(item.config, find_store(name, beside=beside))


def _marked(item: pytest.Item, said: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """Return the scenario of the marker, and its values under those of the call."""
    mark = item.get_closest_marker("rig_scenario")
    if mark is None:
        raise UsageError(
            "nothing says which scenario", where=item.nodeid, expected='rig.run("buy_one"), or a marker rig_scenario',
        )  # fmt: skip
    kwargs = dict(mark.kwargs)
    scenario = mark.args[0] if mark.args else kwargs.pop("scenario")
    return scenario, {**kwargs, **said}


def _written(scenario: Scenario | str | Path) -> Written:
    """Return a scenario and its file; one made in Python stands in a document without lines."""
    from contracts.document import Document
    from rig.paths import find_scenario
    from rig.scenario.read import Written, read_scenario

    if isinstance(scenario, str | Path):
        text = str(scenario)
        file, bracket, rest = text.partition("[")
        path = find_scenario(file)
        return read_scenario(path, f"{path.stem}[{rest}" if bracket else "")
    return Written(scenario, Document(Path(scenario.name), None))


def _with_faults(item: pytest.Item, scenario: Scenario, said: dict[str, Any]) -> dict[str, Any]:
    """Add the faults of the markers `rig_fault` to those of the scenario."""
    from rig.scenario.write import to_data

    marked = [_fault(*mark.args, **mark.kwargs) for mark in item.iter_markers("rig_fault")]
    return {**said, "faults": [*said.get("faults", to_data(scenario).get("faults", [])), *marked]} if marked else said


def _fault(device: str, kind: str, at: object = 0, for_: object = 0) -> dict[str, object]:
    """Return a fault in the form of a file."""
    return {"device": device, "is": kind, "at": at, "for": for_}
