"""Whose fault it is: the product's is a failure, the rig's an error, and nobody's a skip."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from contracts.errors import ProductError, WalkoutError


class ScenarioFailed(AssertionError):
    """The product did something wrong.

    Args:
        name: the scenario.
        differences: one sentence each, the first first.
        recording: path of the recording, "" when none was kept.
        page: path of its page, "" when none was written.
    """

    def __init__(self, name: str, differences: Sequence[str], recording: str = "", page: str = "") -> None:
        self.name, self.differences, self.recording = name, tuple(differences), recording
        lines = [f"{name}: the product is wrong", *(f"  {difference}" for difference in differences)]
        lines += [f"  {what}: {path}" for what, path in (("recording", recording), ("page", page)) if path]
        super().__init__("\n".join(lines))


PRODUCT_WRONG = (AssertionError, ProductError)


def is_rig_trouble(error: BaseException) -> bool:
    """Return whether an exception says that the rig, a device or a file is at fault, not the product."""
    return isinstance(error, WalkoutError) and not isinstance(error, ProductError)


def map_outcome(report: pytest.TestReport, call: pytest.CallInfo[Any]) -> pytest.TestReport:
    """Return the report, with trouble of the rig during a test counted as an error instead of a failure.

    Pytest, its JUnit file and xdist know an error by its phase alone: anything that fails outside "call".
    """
    if report.when == "call" and report.failed and call.excinfo and is_rig_trouble(call.excinfo.value):
        report.when = "setup"
    return report
