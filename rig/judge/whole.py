"""Whether what a recording holds can be judged at all."""

from __future__ import annotations

from dataclasses import replace

from rig.judge.verdict import Outcome, Verdict
from rig.recording.reader import Recording


def broken_off(recording: Recording) -> str:
    """Return why a recording does not hold a whole run; "" when it does."""
    end = recording.end
    if end is None:
        return f"the recording is cut short: {recording.cut_at or 'it was never closed'}"
    if end.status != "finished":
        return f"the recorded run was {end.status} {end.reason}".rstrip()
    return ""


def with_ending(verdict: Verdict, recording: Recording) -> Verdict:
    """Return a verdict on what a recording holds: where the end of the run is missing, nobody can say pass or fail."""
    trouble = broken_off(recording)
    if not trouble:
        return verdict
    return replace(verdict, outcome=Outcome.ERROR, troubles=(trouble, *verdict.troubles))
