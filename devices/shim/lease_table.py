"""Who has which device: a table without threads or clocks. Time is an argument, in nanoseconds of any one clock.

A device is free, held by one lease, or *ending*: its lease is over, and it is not in its safe state yet. Only `freed`
makes it free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from contracts.errors import UsageError
from devices.shim import lease_words
from devices.shim.lease_queue import LeaseQueue
from devices.shim.leases import LONGEST_TTL_NS, Asked, End, Ended, Lease, Waiting, lasts_ns

MOST_PAST = 1000
"""Leases that are over and still remembered, so that a stale token is told what became of it."""


class LeaseTable:
    """All leases of one shim.

    Args:
        devices: ids of what there is.
        first_token: greater than every token that an earlier table of the same shim has given out.
        epoch_ns: Unix time of time 0, for messages.
    """

    def __init__(self, devices: Iterable[str], first_token: int = 1, epoch_ns: int = 0) -> None:
        self._devices, self._epoch_ns = frozenset(devices), epoch_ns
        self._next = first_token
        self._leases: dict[int, Lease] = {}
        self._occupied: dict[str, Lease] = {}
        self._past: dict[int, Ended] = {}
        self._queue = LeaseQueue()

    @property
    def leases(self) -> tuple[Lease, ...]:
        """All that are held, oldest first."""
        return tuple(self._leases.values())

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """The queue, first come first."""
        return self._queue.places

    @property
    def next_end_ns(self) -> int | None:
        """When the next lease ends unless it is renewed; None while none is held."""
        return min((lease.until_ns for lease in self._leases.values()), default=None)

    def holder(self, device: str) -> Lease | None:
        """Return the lease that has a device, or had it and is ending; None when it is free."""
        return self._occupied.get(device)

    def standing(self, waiting: Waiting, now_ns: int) -> tuple[int, str]:
        """Return how many are before a place, itself included, and who has what it waits for."""
        taken = {self._occupied[id_] for id_ in waiting.asked.devices & self._occupied.keys()}
        told = [lease_words.held_by(lease, now_ns, self._epoch_ns) for lease in sorted(taken, key=lambda le: le.token)]
        return self._queue.place(waiting.ticket), "; ".join(told)

    def acquire(self, asked: Asked, now_ns: int) -> Lease | Waiting:
        """Give all devices that are asked for, or a place in the queue.

        Raises:
            UsageError: a device that there is not, or an impossible time.
            LeaseHeld: somebody else has one, and there is no time left to wait.
        """
        self._check_asked(asked)
        self._queue.forget_gone(now_ns)
        earlier = self._queue.wanted_before(asked.ticket)
        taken = [self._occupied[id_] for id_ in sorted(asked.devices & self._occupied.keys())]
        if not taken and not asked.devices & earlier:
            self._queue.leave(asked.ticket)
            return self._give(asked, now_ns)
        if asked.wait_ns <= 0:
            self._queue.leave(asked.ticket)
            raise lease_words.held(asked, taken, self._queue.places, now_ns, self._epoch_ns)
        return self._queue.seen(asked, now_ns) or self._queue.join(self._number(), asked, now_ns)

    def renew(self, token: int, now_ns: int) -> Lease:
        """Let a lease last for its time to live from now on.

        Raises:
            LeaseLost: it is over.
        """
        lease = self._live(token, now_ns)
        self._leases[token] = renewed = replace(lease, until_ns=now_ns + lasts_ns(lease.asked.ttl_ns))
        self._occupied |= dict.fromkeys(lease.asked.devices, renewed)
        return renewed

    def check(self, token: int, device: str, now_ns: int) -> Lease:
        """Return the lease of a token, if it may use a device now.

        Raises:
            LeaseLost: it is over.
            LeaseHeld: it does not cover the device.
        """
        lease = self._live(token, now_ns)
        if device not in lease.asked.devices:
            raise lease_words.not_covered(lease, device, self._occupied.get(device), now_ns, self._epoch_ns)
        return lease

    def live(self, token: int, now_ns: int) -> Lease:
        """Return the lease of a token.

        Raises:
            LeaseLost: it is over.
        """
        return self._live(token, now_ns)

    def release(self, token: int, now_ns: int) -> Ended:
        """End a lease; its devices are ending until `freed`.

        Raises:
            LeaseLost: it is over already.
        """
        return self._end(self._live(token, now_ns), End.RELEASED, now_ns)

    def take(self, devices: Iterable[str], by: str, now_ns: int) -> list[Ended]:
        """End every lease that covers one of some devices, by force.

        Raises:
            UsageError: a device that there is not.
        """
        wanted = self._known(devices)
        found = [lease for lease in self._leases.values() if lease.asked.devices & wanted]
        return [self._end(lease, End.TAKEN, now_ns, by) for lease in found]

    def expire(self, now_ns: int) -> list[Ended]:
        """End every lease whose time is over."""
        late = [lease for lease in self._leases.values() if lease.until_ns <= now_ns]
        return [self._end(lease, End.EXPIRED, now_ns) for lease in late]

    def freed(self, device: str) -> None:
        """Make free what is ending; what a lease holds stays as it is."""
        lease = self._occupied.get(device)
        if lease is not None and lease.token not in self._leases:
            del self._occupied[device]

    def _check_asked(self, asked: Asked) -> None:
        self._known(asked.devices)
        if not 0 < asked.ttl_ns <= LONGEST_TTL_NS:
            raise lease_words.bad_ttl(asked.ttl_ns)
        if not asked.devices:
            raise UsageError("a lease of no device", expected="at least one device", found="none")

    def _known(self, devices: Iterable[str]) -> frozenset[str]:
        wanted = frozenset(devices)
        if unknown := sorted(wanted - self._devices):
            raise lease_words.unknown(unknown, self._devices)
        return wanted

    def _give(self, asked: Asked, now_ns: int) -> Lease:
        lease = Lease(self._number(), asked, now_ns, now_ns + lasts_ns(asked.ttl_ns))
        self._leases[lease.token] = lease
        self._occupied |= dict.fromkeys(asked.devices, lease)
        return lease

    def _live(self, token: int, now_ns: int) -> Lease:
        lease = self._leases.get(token)
        if lease is None or lease.until_ns <= now_ns:
            ended = Ended(lease, End.EXPIRED, lease.until_ns) if lease else self._past.get(token)
            raise lease_words.lost(token, ended, now_ns, self._epoch_ns)
        return lease

    def _end(self, lease: Lease, end: End, now_ns: int, by: str = "") -> Ended:
        del self._leases[lease.token]
        self._past[lease.token] = ended = Ended(lease, end, now_ns, by)
        if len(self._past) > MOST_PAST:
            del self._past[next(iter(self._past))]
        return ended

    def _number(self) -> int:
        self._next += 1
        return self._next - 1
