"""The script inside a recording, read back: what a run was asked to do and what must come of it."""

from __future__ import annotations

import yaml

from rig.scenario.form import ScenarioForm
from rig.scenario.model import Expect, Scenario
from rig.scenario.read import scenario_of


def scenario_in(script: str, name: str) -> Scenario:
    """Return the scenario that a recording carries as YAML.

    Args:
        script: `contracts.run.RunStart.script`.
        name: `contracts.run.RunStart.scenario`.
    """
    return scenario_of(ScenarioForm.model_validate(yaml.safe_load(script)), name)


def expectation(script: str) -> Expect:
    """Return what must come of a recorded run; nothing particular for an imported log."""
    return scenario_in(script, "").expect if script else Expect()
