"""A run as a list of steps with simulated times: what the script did, what broke, what was charged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.checkout import Receipt, ReceiptStatus
from contracts.clock import SECOND
from contracts.truth import TrueFault, TrueStep
from rig.judge.story import Story


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of a run.

    Args:
        t_ns: bench time at which it began.
        ended_ns: when it ended; None if it has no length, or never ended.
        text: "ana: take aurel-500".
        problem: why it went wrong, "" when it did not.
    """

    t_ns: int
    ended_ns: int | None
    text: str
    problem: str = ""

    @property
    def title(self) -> str:
        """Return it with its simulated time in front."""
        until = "" if self.ended_ns is None else f" to {self.ended_ns / SECOND:.2f}"
        return f"{self.t_ns / SECOND:.2f}{until} s  {self.text}"


def timeline(story: Story) -> tuple[Moment, ...]:
    """Return the steps of a run by the time they began."""
    found = [*_script(story.all(TrueStep)), *_faults(story.all(TrueFault)), *_receipts(story)]
    return tuple(sorted(found, key=lambda moment: moment.t_ns))


def _script(steps: Sequence[TrueStep]) -> Iterator[Moment]:
    ends = {(step.shopper, step.index): step for step in steps if step.done}
    for step in steps:
        if step.done:
            continue
        end = ends.get((step.shopper, step.index))
        problem = (end.problem if end else step.problem) or ("" if end else "it did not end")
        yield Moment(step.t_ns, end.t_ns if end else None, f"{step.shopper}: {step.text}", problem)


def _faults(faults: Sequence[TrueFault]) -> Iterator[Moment]:
    for fault in faults:
        text = f"{fault.device} is {fault.fault}" if fault.began else f"{fault.device} is no longer {fault.fault}"
        yield Moment(fault.t_ns, None, text, "" if fault.applied else "the device cannot have this fault")


def _receipts(story: Story) -> Iterator[Moment]:
    for receipt in story.all(Receipt):
        lines = ", ".join(f"{line.count} x {line.product}" for line in receipt.lines) or "nothing"
        state = "" if receipt.status is ReceiptStatus.FINAL else f", {receipt.status.value}: {receipt.reason}"
        names = sorted(name for name, account in story.account_of.items() if account and account == receipt.account)
        who = " and ".join(names) or "nobody known"
        yield Moment(receipt.t_ns, None, f"receipt of {who}: {lines}{state}")
