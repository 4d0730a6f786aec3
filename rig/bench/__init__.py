"""Bench files: port by port, whether the twin, a real device or a recording stands behind it."""

from rig.bench.model import BenchDevice, BenchFile, Exposed
from rig.bench.paths import find_bench
from rig.bench.read import read
from rig.bench.stores import check_in_store

__all__ = ["BenchDevice", "BenchFile", "Exposed", "check_in_store", "find_bench", "read"]
