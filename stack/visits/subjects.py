"""Whom biometric readers other than those of palms know: opaque references to accounts, each for one modality."""

from __future__ import annotations

from collections.abc import Iterable

from contracts.biometrics import BioOutcome, BioScan, Modality
from contracts.layout import Account

INSTEAD = "Please show the code in your app."
_WORDS = {
    Modality.FACE: "face",
    Modality.FINGERPRINT: "fingerprint",
    Modality.FINGERPRINT_CARD: "card",
}


class Subjects:
    """References, and whose they are. What is not here opens nothing, whatever a reader or a card says of it.

    Args:
        accounts: customers.
    """

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._owner: dict[tuple[Modality, str], str] = {}
        for account in accounts:
            for subject in account.subjects:
                self.know(subject.modality, subject.reference, account.id)

    def know(self, modality: Modality, reference: str, account: str) -> None:
        """Know an account's owner from now on."""
        self._owner[modality, reference] = account

    def of(self, account: str, modality: Modality) -> tuple[str, ...]:
        """Return the references of an account."""
        return tuple(key[1] for key, owner in self._owner.items() if owner == account and key[0] is modality)

    def forget(self, account: str, modality: Modality) -> None:
        """Know nobody of an account by that any more."""
        self._owner = {key: owner for key, owner in self._owner.items() if (owner, key[0]) != (account, modality)}

    def look_up(self, record: BioScan) -> tuple[str, str]:
        """Return the account of a presentation and "", or "" and what to tell the person.

        A reader that names somebody although it does not call that a match is not believed.
        """
        matched = record.outcome is BioOutcome.MATCHED and bool(record.subject)
        account = self._owner.get((record.modality, record.subject), "") if matched else ""
        if account:
            return account, ""
        word = _WORDS[record.modality]
        if matched or not record.why:
            return "", f"This {word} is not known here. {INSTEAD}"
        return "", f"This {word} was not taken: {record.why}. {INSTEAD}"
