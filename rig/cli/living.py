"""`rig run --live` and `--page`: the page of a run, while it goes on and when it is over."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from contracts.run import RunStart
from rig.cli.optional import BESIDE
from rig.loop import Progress
from rig.run import RunResult
from rig.scenario import Scenario, to_yaml

if TYPE_CHECKING:
    from rig.page.live import Live


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What the command line said.

    Args:
        live: where to serve the page of a run that goes on, "" for nowhere.
        page: where to write the page of a run, "" for nowhere.
    """

    live: str = ""
    page: str = ""


NO_PAGE = PageOptions()


class RunPage:
    """The page of one run; without an address and a file it does nothing.

    Args:
        options: what is wanted.
        live: the page that follows the run, if any.
        told: where to say where pages are.
    """

    def __init__(self, options: PageOptions, live: Live | None, told: TextIO) -> None:
        self._options, self._live, self._told = options, live, told

    @property
    def on_progress(self) -> Callable[[Progress], None]:
        """What to call after every tick."""
        return self._live.on_progress if self._live else _nothing

    def finish(self, result: RunResult) -> None:
        """Tell the verdict, and write the file beside the recording or where it was asked for."""
        if self._live:
            self._live.finish(result.recording)
        if self._options.page and result.recording is not None:
            from rig.cli.paging import told
            from rig.page import write_page  # after the run: pictures are heavy

            written = write_page(result.recording, self._file(result.recording))
            self._told.write(f"{told(written)}\n")

    def _file(self, recording: Path) -> Path:
        """Return the page's file: a folder gets one a scenario."""
        asked = Path(self._options.page)
        if self._options.page == BESIDE:
            return recording.with_suffix(".html")
        return asked if asked.suffix.lower() in (".html", ".htm") else asked / f"{recording.stem}.html"


@contextmanager
def paged(options: PageOptions, scenario: Scenario, stack: str, *, quiet: bool) -> Iterator[RunPage]:
    """Serve the page of a run as long as it lasts, where that is wanted, and say where it is."""
    told = sys.stderr if quiet else sys.stdout
    if not options.live:
        yield RunPage(options, None, told)
        return
    from rig.page.again import again
    from rig.page.live import going_live  # pictures and sockets, only when asked for
    from rig.page.model.head import head_of

    start = _start(scenario, stack)
    with going_live(options.live, head_of(start, again(start))) as live:
        told.write(f"live page {live.url}\n")
        told.flush()
        yield RunPage(options, live, told)


def _start(scenario: Scenario, stack: str) -> RunStart:
    """Return how the run's recording will begin, as far as a page needs it."""
    script = to_yaml(scenario)
    name, store, seed = scenario.name, scenario.store, scenario.seed
    return RunStart(t_ns=0, source="rig", scenario=name, script=script, store=store, seed=seed, stack=stack)


def _nothing(progress: Progress) -> None:
    """There is no page to tell."""
