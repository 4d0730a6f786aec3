"""A test's runs and checks in an Allure report, where allure-pytest is installed and asked for one."""

from __future__ import annotations

import tempfile
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rig.plugin.checks import Check, checks_of
from rig.plugin.options import SETTINGS
from rig.plugin.ran import Ran, runs_of

if TYPE_CHECKING:
    from rig.plugin.timeline import Moment

PAGE = "application/vnd.walkout-rig.page"
"""Allure shows text/html without its scripts, an empty page; a type of its own is a file, which the site links to."""


def wanted(config: pytest.Config) -> bool:
    """Return whether this session writes Allure results."""
    return bool(config.getoption("allure_report_dir", None)) and config.pluginmanager.hasplugin("allure_listener")


def tell_allure(item: pytest.Item) -> None:
    """Write a test's runs and checks into its Allure result; called before its recordings may go."""
    runs, checks = runs_of(item), checks_of(item).all
    if not (runs or checks) or not wanted(item.config):
        return
    import allure

    for number, ran in enumerate(runs, start=1):
        with _group(f"run {number}: {ran.scenario.name}") if len(runs) > 1 else nullcontext():
            _run(ran, everything=not ran.ok or item.config.stash[SETTINGS].report == "all")
    for check in checks:
        _step(_title(check), "" if check.right else f"{check.said}  [{check.where}]")
    if runs:
        allure.dynamic.description(_description(item, runs))
        _parameters(runs[-1], item)


def _run(ran: Ran, *, everything: bool) -> None:
    """Write one run: its steps, its receipts and, if wanted, its page and pictures."""
    import allure

    from contracts.errors import WalkoutError
    from rig.plugin.receipts import receipt_difference

    if ran.verdict is not None:
        name = "receipts" if ran.ok else "receipt difference"
        allure.attach(receipt_difference(ran.verdict), name, allure.attachment_type.TEXT)
    if ran.recording is None or not ran.recording.is_file():
        return
    try:
        _recording(ran, ran.recording, everything=everything)
    except (WalkoutError, OSError) as error:  # a report must not hide what the test found
        _step("the recording cannot be shown", str(error))


def _recording(ran: Ran, recording: Path, *, everything: bool) -> None:
    import allure

    from rig.judge.story import gather
    from rig.page import Look, write_page
    from rig.plugin.paging import page_file
    from rig.plugin.timeline import timeline
    from rig.recording.reader import Recording
    from rig.view import contact_sheet
    from rig.view.pictures import busiest_ns

    read = Recording(recording)
    story = gather(read)
    for moment in timeline(story):
        _moment(moment)
    if not everything:
        return
    with tempfile.TemporaryDirectory() as folder:
        written = page_file(recording)
        page = written if written.is_file() else write_page(recording, Path(folder, "run.html"), Look(again=ran.again))
        allure.attach.file(str(page), "run page", PAGE, "html")
        sheet = Path(folder, "cameras.png")
        if contact_sheet(read, busiest_ns(story), sheet):
            allure.attach.file(str(sheet), "cameras", allure.attachment_type.PNG)


def _moment(moment: Moment) -> None:
    _step(moment.title, moment.problem)


def _step(title: str, problem: str = "") -> None:
    """Write a step, failed if there is a problem."""
    with suppress(AssertionError), _group(title):
        if problem:
            raise AssertionError(problem)


def _group(title: str) -> AbstractContextManager[Any]:
    import allure

    step: AbstractContextManager[Any] = allure.step(title.replace("{", "(").replace("}", ")"))
    return step


def _title(check: Check) -> str:
    return f"{'measured' if check.name else 'checked'}  {check.said}"


def _description(item: pytest.Item, runs: list[Ran]) -> str:
    """Return what stands at the top of a test: what it shows, and how to run it again."""
    shows = [ran.scenario.about for ran in runs] + [getattr(getattr(item, "function", None), "__doc__", None) or ""]
    told = list(dict.fromkeys(text.strip() for text in shows if text.strip()))
    return "\n\n".join([*told, f"Run it again:\n\n```sh\n{runs[-1].again}\n```"])


def _parameters(ran: Ran, item: pytest.Item) -> None:
    """Name what was run; only what tells tests apart counts for their history."""
    import allure

    variant = item.name.partition("[")[2].removesuffix("]")
    if variant and not hasattr(item, "callspec"):
        allure.dynamic.parameter("variant", variant)
    settings = item.config.stash[SETTINGS]
    for name, value in {"seed": ran.scenario.seed, "store": ran.scenario.store, "stack": settings.stack}.items():
        allure.dynamic.parameter(name, value, excluded=True)
