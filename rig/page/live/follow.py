"""Follows a run: takes what each tick delivered, and tells it to the page from a thread of its own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from contracts.clock import MILLISECOND
from contracts.errors import WalkoutError
from contracts.record import Record
from rig.loop import Progress
from rig.page.ending import broken_off
from rig.page.html import as_json, page
from rig.page.live.log import Log
from rig.page.live.server import EVENTS, LiveServer
from rig.page.live.sieve import Sieve
from rig.page.model import Batch, Gatherer, RunHead
from rig.page.pictures import Shots
from rig.recording.reader import Recording
from rig.recording.redact import redacted

ADDRESS = "127.0.0.1:0"
# Two pictures a second of each camera: making more would take from the run's own processors.
SHOT_NS = 500 * MILLISECOND
CAMERAS = 6
# Four messages a second are as many as a page can show.
PAUSE_S = 0.25
# So long a browser may take to read the last of it before the process ends.
LAST_S = 3.0


class Live:
    """A run's page while it goes on.

    Args:
        address: "host:port" on loopback.
        head: what the page says of the run.
    """

    def __init__(self, address: str, head: RunHead) -> None:
        self._log = Log()
        self._sieve = Sieve(CAMERAS, SHOT_NS)
        self._gatherer = Gatherer(head, [Shots(SHOT_NS, most=CAMERAS)])
        self._waiting: queue.SimpleQueue[Sequence[Record] | None] = queue.SimpleQueue()
        self._ended = threading.Event()
        title = f"{head.scenario} in {head.store}"
        self._server = LiveServer(address, page(title, [], EVENTS).encode(), self._log)
        self.url = self._server.url
        self._worker = threading.Thread(target=self._work, name="live page", daemon=True)
        self._worker.start()

    def on_progress(self, progress: Progress) -> None:
        """Note what a tick delivered; the work is done elsewhere."""
        records = self._sieve.through((*progress.records, *progress.answers))
        self._waiting.put([redacted(record) for record in records])

    def finish(self, recording: Path | None) -> None:
        """Tell the verdict, from the recording where there is one."""
        self._stop_work()
        if recording is not None:
            from rig.page.build import end_of  # after the run: the judge reads the whole file

            with suppress(WalkoutError):  # a file that cannot be judged has said so already
                self._tell(end_of(Recording(recording)))

    def break_off(self, why: str) -> None:
        """Tell that the run ended early, and why."""
        self._stop_work()
        self._tell(broken_off(why))

    def close(self) -> None:
        """Let browsers read to the end, and stop; may be called twice."""
        self._stop_work()
        self._log.close()
        self._log.wait_for_readers(LAST_S)
        self._server.close()

    def _stop_work(self) -> None:
        self._ended.set()
        self._waiting.put(None)
        self._worker.join()

    def _work(self) -> None:
        while (records := self._waiting.get()) is not None:
            self._gatherer.take(records)
            with suppress(queue.Empty):
                while (more := self._waiting.get_nowait()) is not None:
                    self._gatherer.take(more)
                self._waiting.put(None)  # the end came among them
            self._tell(self._gatherer.drain())
            self._ended.wait(PAUSE_S)

    def _tell(self, batch: Batch) -> None:
        if batch:
            self._log.add(as_json(batch).encode())


@contextmanager
def going_live(address: str, head: RunHead) -> Iterator[Live]:
    """Serve a run's page as long as it lasts."""
    with followed(Live(address, head)) as live:
        yield live


@contextmanager
def followed(live: Live) -> Iterator[Live]:
    """Close a live page however its run ends, and say so there when it ends early."""
    try:
        yield live
    except BaseException as error:
        live.break_off(str(error) or "interrupted")
        raise
    finally:
        live.close()
