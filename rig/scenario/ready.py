"""From a written scenario to one that is ready to run: other values put in, its store found, all names checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from contracts.layout import Layout
from rig.paths import find_store
from rig.scenario.altered import altered_layout
from rig.scenario.check import check
from rig.scenario.model import Scenario
from rig.scenario.read import Written
from rig.scenario.write import changed


def ready(
    written: Written, said: Mapping[str, Any] | None = None, *, layout_of: Callable[[Path], Layout] | None = None
) -> tuple[Scenario, Path]:
    """Return a scenario, checked against its store and with products by id, and the store's file.

    Args:
        written: the scenario and its file.
        said: other values for keys of the file: {"seed": 3, "store": "corner-shop"}.
        layout_of: reads a store's layout; None reads the file each time.

    Raises:
        UsageError: the store does not exist.
        BadFile: the store cannot play it; names file and line.
    """
    scenario = changed(written.scenario, **said) if said else written.scenario
    store_path = find_store(scenario.store, beside=written.document.path)
    layout = altered_layout((layout_of or _layout_of)(store_path), scenario.altered)
    return check(scenario, layout, written.document), store_path


def _layout_of(store_path: Path) -> Layout:
    """Read a store's layout."""
    from twin.store import load_store

    return load_store(store_path).layout
