"""Hypothesis strategies for whole scenarios, for tests that look for what goes wrong: `scenarios`, `plots`.

Hypothesis is needed (`pip install hypothesis`); what is drawn, and how it becomes a scenario, needs none of it.
"""

from rig.strategies.drawn import plots, scenarios
from rig.strategies.tell import tell

__all__ = ["plots", "scenarios", "tell"]
