"""Scenario files and suite files, written the same way every time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from contracts.document import Document
from contracts.layout import Layout
from contracts.yamlfile import check_model
from rig.paths import find_store
from rig.scenario.check import check
from rig.scenario.form import ScenarioForm
from rig.scenario.read import scenario_of
from rig.score.suite import FILE
from twin.store import load_store

HEAD = "# Made by ci/make_suites.py.\n"
Data = dict[str, Any]


@dataclass
class SuiteFiles:
    """One suite to be written.

    Args:
        name: of its folder.
        about: one sentence.
        tuning: seeds to tune with.
        reporting: seeds to report on.
        scenarios: by file stem, in the form of a file.
        notes: what had to be left out or changed.
    """

    name: str
    about: str
    tuning: Sequence[int]
    reporting: Sequence[int]
    scenarios: dict[str, Data] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Write the suite below a folder, in place of what was there; every scenario is checked first."""
        home = folder / self.name
        home.mkdir(parents=True, exist_ok=True)
        for old in home.glob("*.yaml"):
            old.unlink()
        for stem, data in self.scenarios.items():
            said = scenario_of(check_model(Document(Path(stem), data), ScenarioForm), stem)
            check(said, _layout(said.store))
            (home / f"{stem}.yaml").write_text(HEAD + written(data))
        seeds = {"tuning": list(self.tuning), "reporting": list(self.reporting)}
        head: Data = {"about": self.about, "seeds": seeds} | ({"notes": self.notes} if self.notes else {})
        (home / FILE).write_text(HEAD + written(head))


def written(data: Mapping[str, Any]) -> str:
    """Return data as YAML: small mappings and lists of numbers on one line, as people write them."""
    text: str = yaml.dump(
        _styled(data, 0), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=118, default_flow_style=False
    )
    return text


@cache
def _layout(store: str) -> Layout:
    return load_store(find_store(store)).layout


class _Flow(dict[str, Any]):
    """A mapping to be written on one line."""


class _Row(list[Any]):
    """A list to be written on one line."""


class _Dumper(yaml.SafeDumper):
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:  # noqa: ARG002 - PyYAML's own
        """Indent lists below their key."""
        return super().increase_indent(flow, False)


_Dumper.add_representer(_Flow, lambda d, data: d.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True))
_Dumper.add_representer(_Row, lambda d, data: d.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True))


def _styled(value: Any, depth: int) -> Any:
    """Mark what goes on one line: what stands after a step's verb, and lists of plain values."""
    if isinstance(value, Mapping):
        inner = {key: _styled(v, depth + 1) for key, v in value.items()}
        flat = depth >= 2 and len(value) > 1 and not any(isinstance(v, list) for v in value.values())
        return _Flow(inner) if flat else inner
    if isinstance(value, list):
        numbers = all(isinstance(v, int | float) for v in value)
        return _Row(value) if numbers else [_styled(v, depth + 1) for v in value]
    return value
