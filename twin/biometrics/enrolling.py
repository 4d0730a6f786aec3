"""Enrolling at a biometric reader of the twin: some living presentations in a row, within its patience."""

from __future__ import annotations

from contracts.biometrics import BioAnswer
from contracts.checkout import PalmOrder
from twin.palm_enrolling import PICTURES, WAITS_NS, Enrolled

NOT_ONE = "not all of it was of one person"


class BioEnrolling:
    """What readers are to enrol, and whose presentations they have of it so far."""

    def __init__(self) -> None:
        self._begun: dict[str, tuple[PalmOrder, list[str]]] = {}

    def begin(self, order: PalmOrder) -> None:
        """Take what comes next at a reader as somebody new; an earlier order there is void."""
        self._begun[order.reader] = (order, [])

    def waits(self, reader: str, now_ns: int) -> bool:
        """Whether a reader wants somebody to enrol; one that has waited too long gives up."""
        if reader in self._begun and now_ns - self._begun[reader][0].t_ns > WAITS_NS:
            del self._begun[reader]
        return reader in self._begun

    def take(self, reader: str, owner: str, refused: BioAnswer | None) -> Enrolled | None:
        """Take one more presentation; return what came of them once it is settled.

        Args:
            reader: device id.
            owner: whose face or finger it was.
            refused: why it was not acquired, None where it was.

        Returns:
            With the order's key; an empty `why` means: enrol `owner`.
        """
        order, owners = self._begun[reader]
        if refused is None:
            owners.append(owner)
            if len(owners) < PICTURES:
                return None
        del self._begun[reader]
        why = refused.why if refused else ""
        return Enrolled(order.key, "", why or ("" if len(set(owners)) == 1 else NOT_ONE))
