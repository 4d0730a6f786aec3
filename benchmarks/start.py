"""How long a twin takes from nothing to its first frame, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping

from benchmarks.figure import Figure
from contracts.clock import Stopwatch

SCRIPT = """
from rig.paths import find_store
from twin.source import TwinSource
from twin.store import load_store
twin = TwinSource(load_store(find_store("nanostore")), (), seed=1)
ticks = iter(range(20))
while not any(type(record).__name__ == "Frame" for record in twin.read(50_000_000 * next(ticks))):
    pass
twin.close()
"""


def first_frame() -> Iterator[Figure]:
    """Start the nanostore with warm caches five times, and once with none."""
    _spent({})
    warm = [_spent({}) for _ in range(5)]
    note = "nanostore, imports included, caches warm"
    yield Figure(name="first_frame_s", unit="s", better="lower", values=warm, target=1.5, note=note)
    with tempfile.TemporaryDirectory() as folder:
        cold = [_spent({"NUMBA_CACHE_DIR": folder, "XDG_CACHE_HOME": folder})]
    note = "the same with no caches: kernels compiled, light baked, layers drawn; done once at install"
    yield Figure(name="first_frame_cold_s", unit="s", better="lower", values=cold, note=note)


def _spent(environment: Mapping[str, str]) -> float:
    """Return the wall seconds of the whole process."""
    watch = Stopwatch()
    subprocess.run([sys.executable, "-c", SCRIPT], check=True, env={**os.environ, **environment})
    return watch.seconds
