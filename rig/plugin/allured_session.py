"""What an Allure report says of the whole session: what ran where, and whose fault a failure is."""

from __future__ import annotations

import json
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from rig.plugin.allured import wanted
from rig.plugin.options import SETTINGS

# The first that fits counts. What is thrown stands at the beginning of a message, with its module.
_OURS = r"contracts\.errors\."
CATEGORIES: tuple[dict[str, object], ...] = (
    {
        "name": "Lease: a device or its lease could not be had",
        "matchedStatuses": ["broken", "failed"],
        "messageRegex": rf"^{_OURS}(DeviceUnavailable|LeaseHeld|LeaseLost)[\s\S]*",
    },
    {
        "name": "Product: the stack was wrong, died or did not answer",
        "matchedStatuses": ["broken", "failed"],
        "messageRegex": rf"^({_OURS}(ProductError|StackDied|StackSilent)|rig\.plugin\.outcome\.|AssertionError)[\s\S]*",
    },
    {"name": "Product: a check of the test was wrong", "matchedStatuses": ["failed"]},
    {"name": "Rig: the rig, the script or a file was at fault", "matchedStatuses": ["broken"]},
    {"name": "Not run: a need was not met", "matchedStatuses": ["skipped"], "messageRegex": r"[\s\S]*[Nn]eeds[\s\S]*"},
)


def write_session(config: pytest.Config) -> None:
    """Write environment.properties and categories.json among Allure's results, once a session."""
    if hasattr(config, "workerinput") or not wanted(config):  # a worker of xdist; the controller writes them
        return
    folder = Path(config.getoption("allure_report_dir")).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}={_escaped(value)}" for name, value in environment(config).items()]
    (folder / "environment.properties").write_text("\n".join(lines) + "\n", encoding="latin-1")
    (folder / "categories.json").write_text(json.dumps(CATEGORIES, indent=1) + "\n", encoding="utf-8")


def environment(config: pytest.Config) -> dict[str, str]:
    """Return what a reader must know to run the session again."""
    settings = config.stash[SETTINGS]
    try:
        ours = version("walkout-rig")
    except PackageNotFoundError:
        ours = "not installed"
    return {
        "rig": ours,
        "mode": settings.mode,
        "bench": str(settings.bench or "none"),
        "seed": "of each scenario" if settings.seed is None else str(settings.seed),
        "store": settings.store or "of each scenario",
        "stack": settings.stack,
        "speed": settings.speed,
        "shard": "all" if settings.shard is None else "{}/{}".format(*settings.shard),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
    }


def _escaped(value: str) -> str:
    """Return a value as a .properties file has it: Latin-1, backslashes doubled."""
    return value.replace("\\", "\\\\").encode("ascii", "backslashreplace").decode("ascii")
