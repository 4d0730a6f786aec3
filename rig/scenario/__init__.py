"""Scenarios: what people write, as files or in Python, and the data that a run is made of."""

from rig.scenario.check import check
from rig.scenario.model import DEFAULT_LIMIT_NS, Expect, Scenario
from rig.scenario.read import Written, read_scenario, read_scenarios
from rig.scenario.ready import ready
from rig.scenario.script import expectation
from rig.scenario.write import changed, from_yaml, to_yaml

__all__ = [
    "DEFAULT_LIMIT_NS",
    "Expect",
    "Scenario",
    "Written",
    "changed",
    "check",
    "expectation",
    "from_yaml",
    "read_scenario",
    "read_scenarios",
    "ready",
    "to_yaml",
]
