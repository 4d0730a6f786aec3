"""The judge: from a recording alone, what truly happened, what the stack said, and where the two part."""

from rig.judge.judge import judge
from rig.judge.verdict import Outcome, PersonResult, Scores, Verdict

__all__ = ["Outcome", "PersonResult", "Scores", "Verdict", "judge"]
