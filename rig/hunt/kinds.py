"""In what ways a run came out wrong, so that two failures can be told to be of one kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from rig.judge.verdict import Outcome, PersonResult, Verdict

TOO_MUCH, TOO_LITTLE, ANOTHER = "charged too much", "charged too little", "charged for something else"
NO_RECEIPT, HELD = "no receipt", "held for review"
_IDS = re.compile(r"\S*\d\S*")


def kinds_of(verdict: Verdict, *, held: bool = False) -> frozenset[str]:
    """Return the ways in which the product was wrong; none for a run that is right or could not be played.

    Args:
        verdict: of a run whose shoppers all have an account.
        held: whether a receipt that is held for review is wrong; else whatever it says is left to who reviews it.
    """
    if verdict.outcome is not Outcome.FAIL:
        return frozenset()
    people = [kind for person in verdict.people for kind in _of_person(person, held=held)]
    return frozenset([*people, *(_masked(line, verdict) for line in _others(verdict))])


def _of_person(person: PersonResult, *, held: bool) -> Iterator[str]:
    if person.status == "none":
        yield NO_RECEIPT
    elif person.status == "review":
        yield from (HELD,) if held else ()
    else:
        more, less = Counter(person.charged) - Counter(person.took), Counter(person.took) - Counter(person.charged)
        if more or less:
            yield ANOTHER if more and less else TOO_MUCH if more else TOO_LITTLE


def _others(verdict: Verdict) -> Iterator[str]:
    """Yield the differences that are not about what a receipt says."""
    about = tuple(
        f"{' and '.join(person.names)}{said}"
        for person in verdict.people
        for said in (": receipt says", ": the receipt is", " left with")
    )
    return (line for line in verdict.differences if not line.startswith(about))


def _masked(line: str, verdict: Verdict) -> str:
    """Return a difference without who and which."""
    names = {name for person in verdict.people for name in person.names}
    words = ["somebody" if word.strip(":,") in names else word for word in line.split()]
    return _IDS.sub("#", " ".join(words))
