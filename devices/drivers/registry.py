"""Every kind of device that a bench file may name.

A room of devices/ lists its own in a module `kinds`; a package of somebody else's by an entry point
`walkout_rig.drivers`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec

import devices
from contracts.document import nearest
from contracts.errors import UsageError
from devices.drivers.kind import ENTRY_POINT, DriverKind
from devices.drivers.outside import Broken, outside_kinds


@dataclass(frozen=True, slots=True)
class Registry:
    """What there is.

    Args:
        kinds: by name, sorted.
        broken: outside packages whose drivers cannot be had.
    """

    kinds: Mapping[str, DriverKind]
    broken: tuple[Broken, ...] = ()

    def find(self, name: str) -> DriverKind:
        """Return a kind.

        Raises:
            UsageError: there is none of that name; names the nearest, and what could not be loaded.
        """
        if name in self.kinds:
            return self.kinds[name]
        raise UsageError(
            f"no driver is named '{name}'", expected=f"one of {', '.join(self.kinds)}", hint=self.hint(name)
        )

    def hint(self, name: str) -> str:
        """Return what to try instead of a name that is not there."""
        return "; ".join(part for part in (nearest(name, self.kinds), *map(str, self.broken)) if part)


def load(points: tuple[EntryPoint, ...] | None = None) -> Registry:
    """Return everything that is installed here.

    Args:
        points: entry points of outside packages; None for those of this environment.
    """
    found = {kind.name: kind for kind in own_kinds()}
    outside, broken = outside_kinds(tuple(entry_points(group=ENTRY_POINT)) if points is None else points, set(found))
    found |= {kind.name: kind for kind in outside}
    return Registry({name: found[name] for name in sorted(found)}, broken)


def find(name: str) -> DriverKind:
    """Return a kind of what is installed here.

    Raises:
        UsageError: there is none of that name.
    """
    return load().find(name)


def own_kinds() -> Iterator[DriverKind]:
    """Yield the kinds of every room of devices/ that lists some, room by room."""
    for room in sorted(module.name for module in pkgutil.iter_modules(devices.__path__) if module.ispkg):
        if find_spec(f"devices.{room}.kinds"):
            yield from import_module(f"devices.{room}.kinds").KINDS
