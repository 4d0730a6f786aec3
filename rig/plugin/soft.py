"""How soft checks end a test: with all that was wrong, beside whatever else failed it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from rig.plugin.checks import Check, ChecksFailed, checks_of, lines_of


def measured(
    name: str, value: float, *, unit: str, least: float | None, most: float | None, step: str, where: str
) -> Check:
    """Return a measurement as a check against its limits; NaN is never right."""
    limits = [f"at least {least:g}"] if least is not None else []
    limits += [f"at most {most:g}"] if most is not None else []
    text = " ".join(part for part in (f"{value:g}", unit, f"({' and '.join(limits)})" if limits else "") if part)
    low, high = least is not None and value < least, most is not None and value > most
    return Check(
        text=text,
        right=not (math.isnan(value) or low or high),
        step=step,
        where=where,
        name=name,
        value=value,
        unit=unit,
        least=least,
        most=most,
    )


def caller() -> str:
    """Return file and line of the test that called the method that called this."""
    frame = sys._getframe(2)
    return f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}"


@contextmanager
def ending(item: pytest.Item) -> Iterator[None]:
    """Fail a test at its end if checks were wrong; if something else failed it, say them beside that.

    Raises:
        ChecksFailed: checks were wrong, and nothing else.
    """
    __tracebackhide__ = True
    try:
        yield
    except Exception as error:
        if wrong := checks_of(item).wrong:
            for line in lines_of(wrong):
                error.add_note(line)
        raise
    if wrong := checks_of(item).wrong:
        raise ChecksFailed(wrong)


def said_plainly(report: pytest.TestReport, call: pytest.CallInfo[object]) -> pytest.TestReport:
    """Return the report, of failed checks without a traceback: it would lead into this plugin."""
    if call.excinfo and isinstance(call.excinfo.value, ChecksFailed) and not hasattr(report, "wasxfail"):
        report.longrepr = str(call.excinfo.value)
    return report
