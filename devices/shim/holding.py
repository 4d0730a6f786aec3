"""The leases of a shim at work: the table, the thread that ends what nobody renews, and safe states at every end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial

from contracts.clock import SECOND, WallClock
from contracts.errors import DeviceUnavailable, WalkoutError
from devices.shim.hosted import OPENING_S, Hosted
from devices.shim.lease_table import LeaseTable
from devices.shim.lease_words import held_by, not_yours
from devices.shim.leases import Asked, Ended, Lease, Waiting

_LOOK_S = 1.0
"""How long the keeper sleeps at most; leases given meanwhile wake it."""


class Holding:
    """Leases on hosted devices.

    Args:
        devices: by id.
        clock: a clock that nobody sets. Its Unix time in microseconds is the first token, so that tokens grow over
            restarts too.
    """

    def __init__(self, devices: Mapping[str, Hosted], clock: WallClock) -> None:
        self.clock, self._devices = clock, devices
        self.table = LeaseTable(devices, (clock.epoch_ns + clock.now_ns) // 1000, clock.epoch_ns)
        self._lock = threading.Lock()
        self._stirred = threading.Event()
        self._closing = False
        self._over: dict[int, list[Callable[[], object]]] = {}
        self._keeper = threading.Thread(target=self._keep, name="leases", daemon=True)
        self._keeper.start()

    def acquire(self, asked: Asked) -> Lease | Waiting:
        """Give devices, opened, or a place in the queue.

        Raises:
            LeaseHeld: somebody else has one, and there is no time left to wait.
            DeviceUnavailable: one or more cannot be opened; tells of all. None is held then.
        """
        with self._lock:
            got = self.table.acquire(asked, self.clock.now_ns)
        if isinstance(got, Waiting):
            return got
        self._stirred.set()
        try:
            self._open(got)
        except WalkoutError:
            self.release(got.token)
            raise
        return self.renew(got.token)

    def renew(self, token: int) -> Lease:
        """Let a lease go on."""
        with self._lock:
            return self.table.renew(token, self.clock.now_ns)

    def check(self, token: int, device: str) -> Lease:
        """Return the lease of a token, if it may use a device now."""
        with self._lock:
            return self.table.check(token, device, self.clock.now_ns)

    def own(self, token: int, client: str) -> Lease:
        """Return the lease of a token, if it lasts and is this client's.

        Raises:
            LeaseLost: it is over, or another client's.
        """
        with self._lock:
            lease = self.table.live(token, self.clock.now_ns)
        if lease.asked.client != client:
            raise not_yours(lease, client)
        return lease

    def holder(self, device: str) -> Lease | None:
        """Return who has a device; None when it is free."""
        with self._lock:
            return self.table.holder(device)

    def listing(self) -> tuple[tuple[Lease, ...], tuple[Waiting, ...]]:
        """Return all leases and the queue."""
        with self._lock:
            return self.table.leases, self.table.waiting

    def standing(self, waiting: Waiting) -> tuple[int, str]:
        """Return how many are before a place, itself included, and who has what it waits for."""
        with self._lock:
            return self.table.standing(waiting, self.clock.now_ns)

    def who_holds(self) -> str:
        """Return who has what and since when, for people."""
        with self._lock:
            now_ns, leases = self.clock.now_ns, self.table.leases
        told = [
            f"{', '.join(sorted(lease.asked.devices))}: held by {held_by(lease, now_ns, self.clock.epoch_ns)}"
            for lease in leases
        ]
        return "; ".join(told) or "nobody holds a device"

    def release(self, token: int) -> Ended:
        """End a lease; its devices are safe and free when this returns, but for those that hang."""
        with self._lock:
            ended = self.table.release(token, self.clock.now_ns)
        self._finish(ended)
        return ended

    def take(self, devices: Iterable[str], by: str) -> list[Ended]:
        """End by force every lease that covers one of some devices."""
        with self._lock:
            taken = self.table.take(devices, by, self.clock.now_ns)
        for ended in taken:
            self._finish(ended)
        return taken

    def when_over(self, token: int, act: Callable[[], object]) -> None:
        """Have something done when a lease ends; at once when it has ended."""
        with self._lock:
            if any(lease.token == token for lease in self.table.leases):
                self._over.setdefault(token, []).append(act)
                return
        act()

    def forget_over(self, token: int, act: Callable[[], object]) -> None:
        """Take back what `when_over` was told."""
        with self._lock:
            if act in self._over.get(token, ()):
                self._over[token].remove(act)

    def close(self) -> None:
        """End all leases, with their safe states."""
        self._closing = True
        self._stirred.set()
        self._keeper.join()
        self.take(self._devices, "the shim, which was stopped")

    def _open(self, lease: Lease) -> None:
        jobs = {id_: self._devices[id_].begin() for id_ in sorted(lease.asked.devices)}
        raise_all([partial(self._devices[id_].wait, job, "open", OPENING_S) for id_, job in jobs.items()])

    def _finish(self, ended: Ended) -> None:
        """Bring every device of a lease to its safe state and make it free, whatever becomes of the others."""
        with self._lock:
            acts = self._over.pop(ended.lease.token, [])
        ids = sorted(ended.lease.asked.devices)
        jobs = {id_: self._devices[id_].begin_safe_state() for id_ in ids}
        for id_, job in jobs.items():
            with suppress(Exception):  # the device keeps its trouble, and List tells it
                self._devices[id_].wait(job, "safe_state")
            with self._lock:
                self.table.freed(id_)
        for act in acts:
            act()

    def _keep(self) -> None:
        while not self._closing:
            with self._lock:
                late = self.table.expire(self.clock.now_ns)
                due_ns = self.table.next_end_ns
            for ended in late:
                # A device that hangs must not keep other leases from ending in time.
                threading.Thread(target=self._finish, args=(ended,), daemon=True).start()
            left_s = _LOOK_S if due_ns is None else (due_ns - self.clock.now_ns) / SECOND
            self._stirred.wait(min(max(left_s, 0.0), _LOOK_S))
            self._stirred.clear()


def raise_all(acts: Iterable[Callable[[], object]]) -> None:
    """Do all of some things, then raise what went wrong: one error as it is, several as one that tells of all."""
    errors: list[WalkoutError] = []
    for act in acts:
        try:
            act()
        except WalkoutError as error:
            errors.append(error)
    if errors:
        raise errors[0] if len(errors) == 1 else _several(errors)


def _several(errors: list[WalkoutError]) -> WalkoutError:
    told = "\n".join(f"{error}".replace("\n", "\n  ") for error in errors)
    return DeviceUnavailable(f"{len(errors)} devices cannot be had", found=f"\n  {told}", hint="each one's own, above")
