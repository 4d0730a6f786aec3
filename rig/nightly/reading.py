"""From what a step's command printed to rows. Each prints JSON, or keeps it in a file; else it has died."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from contracts.errors import Divergence
from rig.nightly.row import Row
from rig.nightly.steps import Step
from rig.score.figures import ALL

TAIL = 2000
"""Characters of what a dead command said last."""
_BETTER = {kind.name: "higher" if kind.unit == "share" else "lower" for kind in ALL}


def rows_of(step: Step, code: int, printed: str, errors: str, folder: Path) -> list[Row]:
    """Return what a step found out.

    Args:
        step: which.
        code: exit code of its command; negative for a signal.
        printed: its standard output.
        errors: its standard error.
        folder: its own, with whatever it made.
    """
    try:
        told = None if step.kind in ("bench", "test") else json.loads(printed or "null")
        rows = list(_READERS[step.kind](step, code, told, folder))
    except (ValueError, KeyError, TypeError, AttributeError, OSError, ElementTree.ParseError):
        rows = []
    return rows or [_died(step, code, errors or printed)]


def _died(step: Step, code: int, said: str) -> Row:
    detail = f"exit code {code}\n{said[-TAIL:]}".strip()
    return Row(job=step.job, case=step.name, outcome="error", detail=detail, again=step.again)


def _run(step: Step, code: int, data: Any, folder: Path) -> Iterator[Row]:  # noqa: ARG001
    for told in data:
        name, verdict = told["scenario"], told["verdict"]
        wrong = [*verdict["troubles"], *verdict["differences"]]
        page = next(iter(sorted(folder.glob(f"{Path(told['recording']).stem}*.html"))), None)
        yield Row(
            job=step.job,
            case=name,
            outcome=_expected(verdict["outcome"], bool(told["xfail"])),
            digest=told["digest"],
            detail="\n".join(wrong),
            again=step.again,
            page=str(page.relative_to(folder.parent)) if page else "",
        )
        yield Row(job=step.job, case=name, measure="realtime_factor", value=told["realtime_factor"], better="higher")


def _expected(outcome: str, xfail: bool) -> str:
    return {"fail": "xfail", "pass": "xpass"}.get(outcome, outcome) if xfail else outcome


def _replay(step: Step, code: int, data: Any, folder: Path) -> Iterator[Row]:  # noqa: ARG001
    diverged = code == Divergence.exit_code
    outcome = "diverged" if diverged else data["verdict"]["outcome"]
    detail = _differs(data["comparison"]) if diverged else "\n".join(data["verdict"]["differences"])
    unjudged = outcome == "unjudged"
    yield Row(
        job=step.job, case=step.name, outcome="pass" if unjudged else outcome, digest=data["digest"], detail=detail,
        again=step.again,
    )  # fmt: skip
    yield Row(job=step.job, case=step.name, measure="realtime_factor", value=data["realtime_factor"], better="higher")


def _differs(told: Any) -> str:
    """Return the first difference of a replay in a few lines."""
    first = told["difference"]
    where = f"{first['message']} at {first['t_s']:.3f} s, after {first['after']} messages that agree"
    return f"{where}\n{first['path'] or 'the whole message'}\nrecorded  {first['recorded']}\nnow       {first['found']}"


def _score(step: Step, code: int, data: Any, folder: Path) -> Iterator[Row]:  # noqa: ARG001
    for name, figure in data["total"]["figures"].items():
        if figure["value"] is not None:
            yield Row(
                job=step.job, case=data["suite"], measure=name, value=figure["value"], low=figure["low"],
                high=figure["high"], better=_BETTER.get(name, ""),
            )  # fmt: skip
    missed = [gate for gate in data["gates"] if not gate["met"]]
    detail = "; ".join(f"{gate['figure']} {gate['found']}" for gate in missed)
    outcome = "pass" if code == 0 else "fail"
    yield Row(job=step.job, case=data["suite"], outcome=outcome, detail=detail, again=step.again)


def _hunt(step: Step, code: int, data: Any, folder: Path) -> Iterator[Row]:  # noqa: ARG001
    for found in data["found"]:
        yield Row(
            job=step.job, case=found["name"], outcome="found", detail=found["about"], again=f"rig run {found['file']}"
        )
    yield Row(job=step.job, case=step.name, measure="tried", value=float(data["tried"]))
    yield Row(job=step.job, case=step.name, outcome="pass" if code in (0, 1) else "error", again=step.again)


def _bench(step: Step, code: int, data: Any, folder: Path) -> Iterator[Row]:  # noqa: ARG001
    for figure in json.loads((folder / "figures.json").read_text(encoding="utf-8")):
        yield Row(
            job=step.job,
            case=figure["name"],
            measure=figure["unit"],
            value=figure["median"],
            better=figure["better"],
            again=step.again,
        )


def _test(step: Step, code: int, data: Any, folder: Path) -> Iterator[Row]:  # noqa: ARG001
    cases = list(ElementTree.parse(folder / "junit.xml").iter("testcase"))  # noqa: S314  # pytest wrote it
    skipped = [part for case in cases if (part := case.find("skipped")) is not None]
    if cases and len(skipped) == len(cases):
        why = skipped[0].get("message") or ""
        yield Row(job=step.job, case=step.name, outcome="skipped", detail=why, again=step.again)
    for case in cases:
        wrong = next((part for part in case if part.tag in ("failure", "error")), None)
        if case.find("skipped") is None:
            yield Row(
                job=step.job,
                case=f"{case.get('classname')}::{case.get('name')}",
                outcome="pass" if wrong is None else {"failure": "fail"}.get(wrong.tag, "error"),
                detail="" if wrong is None else (wrong.text or wrong.get("message") or "")[-TAIL:],
                again=step.again,
            )


_READERS: dict[str, Callable[[Step, int, Any, Path], Iterator[Row]]] = {
    "run": _run,
    "replay": _replay,
    "score": _score,
    "hunt": _hunt,
    "bench": _bench,
    "test": _test,
}
