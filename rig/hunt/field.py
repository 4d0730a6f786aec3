"""Where a hunt takes place: a store, read once, and a stack; and how a scenario is played there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from contracts.errors import UsageError
from contracts.layout import Layout
from rig.hunt.traits import Traits, traits_of
from rig.judge.verdict import Verdict
from rig.paths import find_store
from rig.run import OnProgress, RunResult, run_scenario
from rig.scenario.check import check
from rig.scenario.model import Scenario
from rig.strategies.plot import Plot
from rig.strategies.stalls import Stalls
from rig.strategies.tell import tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A store and a stack.

    Args:
        store: name or file, as scenarios say it.
        path: the store's file.
        layout: the store.
        stack: "reference" or "grpc://host:port".
        stack_timeout_s: wall seconds that a remote stack may take for one tick.
        on_progress: told after every tick of every run.
    """

    store: str
    path: Path
    layout: Layout
    stack: str = "reference"
    stack_timeout_s: float = 20.0
    on_progress: OnProgress | None = None

    def tell(self, plot: Plot) -> Scenario:
        """Return the scenario of an outline, checked against the store."""
        return check(tell(plot, self.layout, self.store), self.layout)

    def traits(self, plot: Plot) -> Traits:
        """Return what happens in an outline there."""
        return traits_of(plot, Stalls(self.layout))

    def play(self, scenario: Scenario) -> Verdict:
        """Return what the judge says of a scenario; nothing is kept."""
        return self.run(scenario).verdict

    def run(self, scenario: Scenario, record_dir: Path | None = None) -> RunResult:
        """Play a scenario.

        Args:
            scenario: checked.
            record_dir: where to keep the recording.
        """
        return run_scenario(
            scenario,
            store_path=self.path,
            record_dir=record_dir,
            stack=self.stack,
            stack_timeout_s=self.stack_timeout_s,
            on_progress=self.on_progress,
        )


def open_field(
    store: str, stack: str = "reference", stack_timeout_s: float = 20.0, on_progress: OnProgress | None = None
) -> Field:
    """Return the field of a store.

    Raises:
        UsageError: there is no such store, or nobody could be charged there for what they take.
    """
    from twin.store import load_store  # heavy

    path = find_store(store)
    layout = load_store(path).layout
    readers = [gate for gate in layout.gates if gate.entry and (gate.scanner or gate.palm_reader)]
    if not (readers and layout.cameras and layout.planogram):
        raise UsageError(
            "nobody is charged for what they take there", where=f"--store {store}",
            expected="a store that people walk out of: a gate with a reader, cameras, and goods on shelves",
            found=f"{len(readers)} such gates, {len(layout.cameras)} cameras, {len(layout.planogram)} facings",
        )  # fmt: skip
    return Field(store=store, path=path, layout=layout, stack=stack, stack_timeout_s=stack_timeout_s,
                 on_progress=on_progress)  # fmt: skip
