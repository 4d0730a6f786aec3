"""The command that runs a recorded scenario again."""

from __future__ import annotations

import shlex
from pathlib import Path

from contracts.errors import UsageError
from contracts.run import RunStart
from rig.paths import find_scenario
from rig.scenario import from_yaml


def again(start: RunStart) -> str:
    """Return the command; "" for an imported log, which nothing can run again."""
    if not start.script:
        return ""
    scenario = from_yaml(start.script, start.scenario)
    name, varied, _ = start.scenario.partition("[")
    if varied:  # one of the combinations of a file: pytest runs one alone
        words = ["pytest", f"{_file(name)}::{start.scenario}"]
        return shlex.join([*words, *(["--rig-stack", start.stack] if start.stack != "reference" else [])])
    words = ["rig", "run", name, "--seed", str(start.seed), "--store", scenario.store]
    words += ["--stack", start.stack] if start.stack != "reference" else []
    return shlex.join([*words, *_renderer(start.renderer)])


def _file(name: str) -> str:
    """Return a scenario's file, or its name where nobody here knows the file."""
    try:
        file = find_scenario(name)
    except UsageError:
        return f"{name}.yaml"
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)


def _renderer(name: str) -> list[str]:
    """Return the option for another renderer than the usual, by the name that it gives itself."""
    if name == "raster":
        return ["--renderer", "plain"]
    return ["--renderer", "gl"] if name.startswith(("gl", "moderngl")) else []
