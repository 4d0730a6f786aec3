"""Drivers of other people's packages. One that is broken is told by name, and does not break the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import EntryPoint

from devices.drivers.kind import DriverKind

_NAME = re.compile(r"[a-z][a-z0-9_-]*/[a-z0-9][a-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Broken:
    """Something in an outside package that cannot be used.

    Args:
        package: its name, and that of the entry point.
        why: what is wrong with it.
    """

    package: str
    why: str

    def __str__(self) -> str:
        """Return both as a sentence."""
        return f"drivers of {self.package} cannot be used: {self.why}"


def outside_kinds(points: Iterable[EntryPoint], taken: set[str]) -> tuple[list[DriverKind], tuple[Broken, ...]]:
    """Return the kinds that outside packages bring, and what is broken.

    Args:
        points: entry points, each of a sequence of `DriverKind`.
        taken: names that cannot be had any more.
    """
    kinds: list[DriverKind] = []
    broken: list[Broken] = []
    names = set(taken)
    for point in sorted(points, key=lambda point: (point.name, point.value)):
        package = f"{point.dist.name} ({point.name})" if point.dist else point.name
        try:
            listed = list(point.load())
        except Exception as error:  # other people's code may fail in any way while it is imported
            broken.append(Broken(package, f"{type(error).__name__}: {error}"))
            continue
        for each in listed:
            why = _wrong(each, names)
            if why:
                broken.append(Broken(package, why))
            else:
                kinds.append(each)
                names.add(each.name)
    return kinds, tuple(broken)


def _wrong(each: object, names: set[str]) -> str:
    """Return what is wrong with something that should be a kind, "" when nothing is."""
    if not isinstance(each, DriverKind):
        return f"expected DriverKind, found {type(each).__name__}"
    if not _NAME.fullmatch(each.name):
        return f"a name reads like scanner/my-scanner, found '{each.name}'"
    return f"the name {each.name} is taken" if each.name in names else ""
