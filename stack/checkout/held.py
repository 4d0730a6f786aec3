"""What is asked of a bank before a gate opens."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """An amount that was asked for at a gate.

    Args:
        account: whose.
        gate: where.
        refusal: what to tell the customer when the bank said no, or "".
    """

    account: str
    gate: str
    refusal: str = ""
