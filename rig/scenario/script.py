"""What must come of a recorded run, from the script inside the recording."""

from __future__ import annotations

from rig.scenario.model import Expect
from rig.scenario.write import from_yaml


def expectation(script: str) -> Expect:
    """Return what a recorded run's scenario expects; nothing particular for an imported log.

    Args:
        script: `contracts.run.RunStart.script`.
    """
    return from_yaml(script, "recorded").expect if script else Expect()
