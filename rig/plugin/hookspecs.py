"""The hook by which a project plays scenarios in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from rig.plugin.play import RunRequest
    from rig.run import RunResult


@pytest.hookspec(firstresult=True)
def pytest_rig_run(config: pytest.Config, request: RunRequest) -> RunResult | None:
    """Play a scenario and return the run, or None to leave it to the next.

    Args:
        config: pytest's.
        request: what to play, and how.
    """
