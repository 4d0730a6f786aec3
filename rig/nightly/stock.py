"""What earlier nights have kept, as the steps of a night need it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stock:
    """What there is.

    Args:
        nights: folder of all nights.
        recordings: the job that each is a run of, and its file relative to `nights`, in order.
        finds: scenario files.
        found: the folder of these.
        update: whether answers that differ become the references.
    """

    nights: Path = Path("out/nights")
    recordings: tuple[tuple[str, str], ...] = ()
    finds: tuple[Path, ...] = ()
    found: Path = Path("out/nights/corpus/finds")
    update: bool = False


NOTHING = Stock()
