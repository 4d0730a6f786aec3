"""Which run it is, and in which store."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from contracts.record import Record
from contracts.records import Setup
from contracts.run import RunStart, Version
from rig.page.model.part import Batch
from rig.page.model.store import store_data


@dataclass(frozen=True, slots=True, kw_only=True)
class RunHead:
    """What the top of the page says.

    Args:
        scenario: its name.
        about: what it shows, one sentence.
        store: its name.
        seed: of the run.
        stack: "reference" or an address.
        renderer: name of the renderer, "" without cameras.
        again: the command that runs it again, "" when nothing can.
        versions: of everything that shapes the run.
    """

    scenario: str
    about: str = ""
    store: str
    seed: int
    stack: str = "reference"
    renderer: str = ""
    again: str = ""
    versions: tuple[Version, ...] = ()


def head_of(start: RunStart, again: str = "") -> RunHead:
    """Return the head of a recorded run."""
    return RunHead(
        scenario=start.scenario,
        about=_about(start.script),
        store=start.store,
        seed=start.seed,
        stack=start.stack,
        renderer=start.renderer,
        again=again,
        versions=start.versions,
    )


class Head:
    """Tells the run and the store once.

    Args:
        head: None learns it from a recording's first message.
    """

    def __init__(self, head: RunHead | None) -> None:
        self._head = head
        self._new: Batch = {"run": asdict(head)} if head else {}

    def take(self, record: Record) -> None:
        """Look for the first two records of a run."""
        if isinstance(record, Setup):
            self._new["store"] = store_data(record.layout)
        elif isinstance(record, RunStart) and self._head is None:
            self._new["run"] = asdict(head_of(record))

    def drain(self) -> Batch:
        """Return what is new."""
        new, self._new = self._new, {}
        return new


def _about(script: str) -> str:
    """Return what a scenario says of itself; the writer puts it first, on a line or folded over several."""
    if not script.startswith("about:"):
        return ""
    lines = script.splitlines()
    folded = [lines[0].removeprefix("about:")]
    for line in lines[1:]:
        if not line.startswith(" "):
            break
        folded.append(line)
    return " ".join(part.strip() for part in folded).strip("'\" ")
