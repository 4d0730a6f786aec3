"""What a caller of the money can do wrong, beyond what `contracts.errors` has."""

from __future__ import annotations

from contracts.errors import UsageError


class KeyReused(UsageError):
    """A key that was used before came again with something else: nothing was done."""


class NotPossible(UsageError):
    """The money is not there, or the bill is not where it would have to be."""


class LedgerTaken(UsageError):
    """Another process writes this ledger: two would charge twice."""
