"""The pytest plugin `rig`: scenario files are tests, and tests in Python can play scenarios.

Pytest imports this in every session where the package is installed, so it imports nothing heavy.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import WalkoutError
from rig.plugin import hookspecs
from rig.plugin.allured import tell_allure
from rig.plugin.allured_session import write_session
from rig.plugin.benches import read_bench, strange, tags_of, unreal
from rig.plugin.collect import ScenarioFile, ScenarioItem, is_scenario_file
from rig.plugin.fixtures import clock, rig, store, store_of
from rig.plugin.markers import apply_markers, check_markers, register
from rig.plugin.needs import unmet
from rig.plugin.options import SETTINGS, add_options, resolve
from rig.plugin.outcome import map_outcome
from rig.plugin.play import RunRequest, not_run, run
from rig.plugin.ran import over, settle
from rig.plugin.report import header, summarise
from rig.plugin.shards import allow_empty, take_part
from rig.plugin.soft import ending, said_plainly

if TYPE_CHECKING:
    from collections.abc import Generator

    from rig.run import RunResult

__all__ = ["clock", "rig", "store"]

UNMET = pytest.StashKey[list[str]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options."""
    add_options(parser)


def pytest_addhooks(pluginmanager: pytest.PytestPluginManager) -> None:
    """Declare the plugin's own hook."""
    pluginmanager.add_hookspecs(hookspecs)


def pytest_configure(config: pytest.Config) -> None:
    """Read the options, so that a bad value ends the session before it begins."""
    register(config)
    config.stash[SETTINGS] = resolve(config, os.environ)
    read_bench(config)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Say in an Allure report what ran where."""
    allow_empty(session)
    write_session(session.config)


def pytest_report_header(config: pytest.Config) -> list[str]:
    """Say what runs where."""
    return header(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take scenario files."""
    return ScenarioFile.from_parent(parent, path=file_path) if is_scenario_file(file_path) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take this job's part of the tests; check and apply the markers."""
    take_part(config, items)
    for item in items:
        check_markers(item)
        apply_markers(item, config.stash[SETTINGS].timeout_scale)
        if config.stash[SETTINGS].mode == "bench":
            item.add_marker(pytest.mark.xdist_group("bench"))
            with suppress(WalkoutError):  # of a bad file; it is told when the test is set up
                item.stash[UNMET] = _unmet(item)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose needs are not met, or with --rig-require make that an error."""
    reasons = _unmet(item)
    if reasons:
        not_run(item, "; ".join(reasons))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test at its end if soft checks of it were wrong."""
    __tracebackhide__ = True
    with ending(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Report the test's runs, keep the recordings worth keeping, and count trouble of the rig as an error."""
    if over(call):
        tell_allure(item)
        settle(item, call)
    return said_plainly(map_outcome((yield), call), call)


@pytest.hookimpl(trylast=True)
def pytest_rig_run(request: RunRequest) -> RunResult:
    """Play a scenario in the twin, unless somebody else has."""
    return run(request)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what went wrong and how to see it again."""
    summarise(terminalreporter, config.stash[SETTINGS])


def _unmet(item: pytest.Item) -> list[str]:
    """Return why a test cannot be run here; decided as it is collected, before anything is opened."""
    if UNMET in item.stash:
        return item.stash[UNMET]
    config, mode = item.config, item.config.stash[SETTINGS].mode
    real = [port for mark in item.iter_markers("rig_real") for port in mark.args]
    needs = [need for mark in item.iter_markers("rig_needs") for need in mark.args]
    if mode != "bench":
        reasons = [f"needs a real {port}, mode is {mode}" for port in real]
        return [*reasons, *unmet(needs, lambda: store_of(item))]
    plays = isinstance(item, ScenarioItem) or item.get_closest_marker("rig_scenario")
    reasons = [*unmet(needs, lambda: store_of(item), tags_of(config))]
    reasons += unreal(real, config, store_of(item)) if real else ()
    return [*reasons, *(strange(config, store_of(item)) if plays else ())]
