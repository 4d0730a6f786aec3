"""Finds of earlier hunts that are not mended yet: a script that goes wrong like one of them is no news."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rig.hunt.traits import Traits, steps_in, traits_of_steps
from rig.paths import SUFFIXES

HEAD = "# Wrong in this way: "
_HEAD = re.compile(rf"^{HEAD}(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Known:
    """A find.

    Args:
        kinds: the ways in which the product was wrong.
        steps: the kinds of steps in its script.
    """

    kinds: frozenset[str]
    steps: Traits

    def covers(self, kinds: frozenset[str], happens: Traits) -> bool:
        """Whether a script that goes wrong holds all that this one holds, and goes wrong in the same ways."""
        return kinds <= self.kinds and self.steps <= happens


def head(kinds: Iterable[str]) -> str:
    """Return the line at the top of a find's file that says in what ways it is wrong."""
    return f"{HEAD}{'; '.join(sorted(kinds))}\n"


def known_in(folders: Iterable[Path]) -> list[Known]:
    """Return the finds in some folders; a scenario that no hunt wrote is none, and neither is one that was mended."""
    return [known for folder in folders for path in _files(folder) if (known := _known(path))]


def _files(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.glob("*") if path.suffix in SUFFIXES))


def _known(path: Path) -> Known | None:
    from yaml import safe_load

    text = path.read_text(encoding="utf-8")
    told = _HEAD.search(text)
    if told is None:
        return None
    shoppers = safe_load(text)["shoppers"].values()
    steps = (traits_of_steps(shopper["does"]) for shopper in shoppers)
    return Known(frozenset(told[1].split("; ")), steps_in(frozenset().union(*steps)))
