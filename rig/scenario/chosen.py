"""One of a file's scenarios, by its name or the number of its draw."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.errors import UsageError
from rig.scenario.read import Written


def chosen(found: Sequence[Written], draw: str) -> tuple[Written, ...]:
    """Return those of a file's scenarios that are meant.

    Args:
        found: all of a file.
        draw: "visit[arrives=4s-draw=3]", "arrives=4s-draw=3", or "3" for all third draws; "" for all.

    Raises:
        UsageError: there is none.
    """
    meant = tuple(written for written in found if not draw or _is_meant(written.scenario.name, draw.strip()))
    if found and not meant:
        names = ", ".join(written.scenario.name for written in found[:12])
        raise UsageError(
            "no such draw", where=f"{found[0].document.path}, --draw", expected=f"one of: {names}", found=draw
        )
    return meant


def _is_meant(name: str, draw: str) -> bool:
    said = name.partition("[")[2].removesuffix("]")
    return draw in (name, said) or said.rpartition("-")[2] == f"draw={draw.removeprefix('draw=')}"
