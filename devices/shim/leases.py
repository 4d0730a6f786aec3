"""What a lease is, what is asked for, and what waits for one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.clock import SECOND

PATIENCE_NS = 2 * SECOND
"""A place in the queue that nobody asks for during so long is given up: its owner is gone."""
LONGEST_TTL_NS = 3600 * SECOND
"""A lease that nobody renews for an hour would be the lock left behind that leases are there to prevent."""


def lasts_ns(ttl_ns: int) -> int:
    """Return how long a lease lasts without a heartbeat: the last tenth of its time to live is for safe states.

    So devices are safe and free within the time to live, and not only on their way there.
    """
    return ttl_ns - ttl_ns // 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A wish for devices, all of them at once.

    Args:
        holder: who asks, for people.
        devices: their ids.
        ttl_ns: without a renewal for so long, the devices are safe and free again.
        wait_ns: how much longer to queue; 0: not at all.
        ticket: of the place in the queue from the last answer; 0 when first asked.
        client: name in the caller's certificate; "" without TLS.
    """

    holder: str
    devices: frozenset[str]
    ttl_ns: int
    wait_ns: int = 0
    ticket: int = 0
    client: str = ""


@dataclass(frozen=True, slots=True)
class Lease:
    """Somebody's right to use devices.

    Args:
        token: fencing token: every lease has a greater one than all before.
        asked: what it was given for.
        since_ns: when it began.
        until_ns: when it ends unless renewed.
    """

    token: int
    asked: Asked
    since_ns: int
    until_ns: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place in the queue.

    Args:
        ticket: its number.
        asked: what is waited for.
        since_ns: when it was first asked for.
        seen_ns: when it was last asked for.
    """

    ticket: int
    asked: Asked
    since_ns: int
    seen_ns: int


class End(StrEnum):
    """Why a lease ended."""

    RELEASED = "released"
    EXPIRED = "expired"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Ended:
    """A lease that is over.

    Args:
        lease: as it was.
        end: why.
        at_ns: when.
        by: who took it.
    """

    lease: Lease
    end: End
    at_ns: int
    by: str = ""
