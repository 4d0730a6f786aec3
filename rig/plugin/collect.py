"""Scenario files as tests: each scenario in a collected YAML file is an item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from contracts.errors import ProductError, WalkoutError
from rig.plugin.markers import sim_budget_s
from rig.plugin.outcome import ScenarioFailed
from rig.plugin.play import demand, play, prepare
from rig.plugin.replaying import AnswersDiffer

if TYPE_CHECKING:
    from rig.scenario.model import Scenario
    from rig.scenario.read import Written

_SHOPPERS = re.compile(r"^[\"']?shoppers[\"']?\s*:", re.MULTILINE)
_STORE = re.compile(r"^[\"']?(store|about)[\"']?\s*:", re.MULTILINE)


def is_scenario_file(path: Path) -> bool:
    """Return whether a file is one of ours: YAML with `shoppers` at the top.

    Under a folder named `scenarios`, `store` or `about` is enough, so that a misspelt `shoppers` is complained of
    and not passed over.
    """
    if path.suffix not in (".yaml", ".yml") or path.name == "suite.yaml":
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(_SHOPPERS.search(text) or ("scenarios" in path.parts and _STORE.search(text)))


class ScenarioFile(pytest.File):
    """A YAML file with a scenario, or with several by `vary`."""

    def collect(self) -> Iterator[pytest.Item]:
        """Read the file; nothing is started."""
        from rig.scenario.read import read_scenarios  # pydantic: only where there are scenario files

        for written in read_scenarios(self.path):
            yield ScenarioItem.from_parent(self, name=written.scenario.name, written=written)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:  # noqa: ARG002
        """Show a complaint about the file as it is, without a traceback."""
        if isinstance(excinfo.value, WalkoutError):
            return str(excinfo.value)
        return super().repr_failure(excinfo)


class ScenarioItem(pytest.Item):
    """One scenario as a test.

    Args:
        written: the scenario and its file.
        rest: pytest's own.
    """

    def __init__(self, *, written: Written, **rest: Any) -> None:
        super().__init__(**rest)
        self.written = written
        self.ready: tuple[Scenario, Path] | None = None
        if written.scenario.xfail:
            wrong = (ScenarioFailed, ProductError)
            self.add_marker(pytest.mark.xfail(reason=written.scenario.xfail, raises=wrong, strict=True))

    def setup(self) -> None:
        """Check the scenario against its store: what is wrong with the file is an error, not a failure."""
        self.ready = prepare(self.config, self.written, {})

    def runtest(self) -> None:
        """Play it, and demand that the product was right."""
        if self.ready is None:
            raise RuntimeError("a scenario is set up before it runs")
        demand(play(self, *self.ready), most_sim_s=sim_budget_s(self))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Show what differs, without a traceback."""
        if isinstance(excinfo.value, ScenarioFailed | AnswersDiffer | WalkoutError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where it stands and what it is called."""
        return self.path, max(0, self.written.document.line("shoppers") - 1), self.name
