"""The command that runs a test again as it ran."""

from __future__ import annotations

import shlex

from rig.plugin.options import Settings


def again(nodeid: str, settings: Settings) -> str:
    """Return the command that runs a test again as it ran."""
    words = ["pytest", nodeid]
    if settings.seed is not None:
        words += ["--rig-seed", str(settings.seed)]
    if settings.store:
        words += ["--rig-store", settings.store]
    if settings.stack != "reference":
        words += ["--rig-stack", settings.stack]
    if settings.mode == "bench":
        words += ["--rig-mode", "bench", "--rig-bench", str(settings.bench)]
        words += ["--rig-serve"] if settings.serve else []
    if settings.mode == "replay":
        words += ["--rig-mode", "replay", "--rig-replay", str(settings.replay)]
    return shlex.join(words)
