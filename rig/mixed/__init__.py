"""Mixed runs: simulated people, and devices on wires beside simulated ones, in one recording with one verdict."""

from rig.mixed.exposures import Exposures
from rig.mixed.source import MixedSource

__all__ = ["Exposures", "MixedSource"]
