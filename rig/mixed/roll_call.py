"""Whether all devices of a bench answer before a run begins: a dead one must not look like a wrong product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from contracts.errors import DeviceUnavailable, WalkoutError
from devices.shim.look import Looked


class Asking(Protocol):
    """A shim that can be asked about its devices."""

    def probe(self, ids: Sequence[str] = ()) -> Sequence[Looked]:
        """Have devices asked who they are."""


def roll_call(shims: Sequence[tuple[Asking, Sequence[str]]]) -> None:
    """Ask all devices who they are.

    Args:
        shims: each with the ids of its devices that the run wants.

    Raises:
        DeviceUnavailable: some cannot be used; tells of each why, and what to try.
    """
    troubles = [
        looked.trouble for shim, ids in shims if ids for looked in shim.probe(ids) if looked.trouble is not None
    ]
    if troubles:
        raise _all(troubles)


def _all(troubles: Sequence[WalkoutError]) -> WalkoutError:
    """Return one trouble as it is, several as one."""
    if len(troubles) == 1:
        return troubles[0]
    return DeviceUnavailable(
        f"{len(troubles)} devices of the bench cannot be used",
        found="\n" + "\n".join(map(str, troubles)),
        hint="rig devices probe BENCH",
    )
