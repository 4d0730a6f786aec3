"""The plugin's markers: registered, and checked when a test is collected."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest


def rig_scenario(scenario: str, **said: object) -> None:
    """The scenario that `rig.run()` plays: a name or path, with other values for keys of its file."""


def rig_needs(*needs: str) -> None:
    """What the store or bench must have, or the test is skipped: "turnstile", "shelf>=4"."""


def rig_real(*ports: str) -> None:
    """Ports that must be real devices, or the test is skipped: "scanner"."""


def rig_xfail_feature(feature: str, reason: str = "") -> None:
    """The product is expected to fail, for want of a feature; trouble of the rig is still an error."""


def rig_budget(sim_s: float = 0.0, wall_s: float = 0.0) -> None:
    """The most bench time of a run, and the most wall time of the test, in seconds; 0 is no limit."""


def rig_fault(device: str, kind: str, at: object = 0, for_: object = 0) -> None:
    """A fault to add to whatever `rig.run()` plays: device, kind, begin and length ("3 s")."""


MARKERS: tuple[Callable[..., None], ...] = (
    rig_scenario,
    rig_needs,
    rig_real,
    rig_xfail_feature,
    rig_budget,
    rig_fault,
)


def register(config: pytest.Config) -> None:
    """Tell pytest every marker, so that --strict-markers passes."""
    for marker in MARKERS:
        config.addinivalue_line("markers", f"{signature(marker)}: {marker.__doc__}")


def signature(marker: Callable[..., None]) -> str:
    """Return "rig_budget(sim_s=0.0, wall_s=0.0)"."""
    parameters = inspect.signature(marker).parameters.values()
    plain = [parameter.replace(annotation=inspect.Parameter.empty) for parameter in parameters]
    return f"{marker.__name__}{inspect.Signature(plain)}"


def check_markers(item: pytest.Item) -> None:
    """Refuse markers with wrong arguments.

    Raises:
        pytest.UsageError: names the test and the signature.
    """
    from contracts.document import nearest
    from rig.plugin.needs import KNOWN, parse_need

    for marker in MARKERS:
        for mark in item.iter_markers(marker.__name__):
            try:
                inspect.signature(marker).bind(*mark.args, **mark.kwargs)
            except TypeError as error:
                raise pytest.UsageError(f"{item.nodeid}: {error}; write {signature(marker)}") from error
    for mark in item.iter_markers("rig_needs"):
        for need in mark.args:
            try:
                parse_need(need)
            except ValueError as error:
                near = nearest(need, KNOWN)
                raise pytest.UsageError(f"{item.nodeid}: rig_needs: {error}{f'; {near}' if near else ''}") from error


def apply_markers(item: pytest.Item, timeout_scale: float) -> None:
    """Turn our markers into those of pytest and pytest-timeout where they have one."""
    from rig.plugin.outcome import PRODUCT_WRONG

    for mark in item.iter_markers("rig_xfail_feature"):
        bound = inspect.signature(rig_xfail_feature).bind(*mark.args, **mark.kwargs).arguments
        reason = ": ".join(str(text) for text in bound.values() if text)
        item.add_marker(pytest.mark.xfail(reason=reason, raises=PRODUCT_WRONG, strict=True))
    for mark in item.iter_markers("rig_budget"):
        bound = inspect.signature(rig_budget).bind(*mark.args, **mark.kwargs).arguments
        if bound.get("wall_s") and item.config.pluginmanager.hasplugin("timeout"):
            item.add_marker(pytest.mark.timeout(float(bound["wall_s"]) * timeout_scale))


def sim_budget_s(item: pytest.Item) -> float:
    """Return the bench seconds that a run may take, 0 for no limit."""
    mark = item.get_closest_marker("rig_budget")
    if mark is None:
        return 0.0
    bound = inspect.signature(rig_budget).bind(*mark.args, **mark.kwargs).arguments
    return float(bound.get("sim_s", 0.0))
