"""Whatever clients do in whatever order: no two holders, no stale token, nobody passed over, all or nothing."""

from dataclasses import replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from contracts.clock import SECOND
from contracts.errors import LeaseHeld, LeaseLost
from devices.shim.lease_table import LeaseTable
from devices.shim.leases import PATIENCE_NS, Asked, Ended, Lease, Waiting, lasts_ns

DEVICES = ("a", "b", "c", "d")
SETS = st.frozensets(st.sampled_from(DEVICES), min_size=1)
TTL = st.integers(1, 20).map(lambda seconds: seconds * SECOND)


class Leases(RuleBasedStateMachine):
    """A table, and beside it what must be true of it, kept in the plainest way."""

    tokens = Bundle("tokens")

    def __init__(self) -> None:
        super().__init__()
        self.table = LeaseTable(DEVICES, first_token=7)
        self.now_ns = 0
        self.last_token = 6
        self.until: dict[int, int] = {}  # of leases that nobody has ended
        self.covers: dict[int, frozenset[str]] = {}
        self.ttl: dict[int, int] = {}
        self.ending: set[str] = set()
        self.queue: list[Waiting] = []

    @rule(target=tokens, devices=SETS, ttl=TTL)
    def acquire(self, devices: frozenset[str], ttl: int) -> int:
        return self._ask(Asked("somebody", devices, ttl))

    @rule(devices=SETS, ttl=TTL)
    def queue_up(self, devices: frozenset[str], ttl: int) -> None:
        got = self._answer(Asked("somebody", devices, ttl, wait_ns=SECOND))
        if isinstance(got, Waiting):
            self.queue.append(got)

    @rule(target=tokens, data=st.data())
    def ask_again(self, data: st.DataObject) -> int:
        if not self.queue:
            return 0
        place = data.draw(st.sampled_from(self.queue))
        return self._ask(replace(place.asked, ticket=place.ticket, wait_ns=SECOND))

    @rule(token=tokens)
    def renew(self, token: int) -> None:
        if self._lasts(token):
            self.until[token] = self.table.renew(token, self.now_ns).until_ns
            assert self.until[token] == self.now_ns + lasts_ns(self.ttl[token])
        else:
            with pytest.raises(LeaseLost):
                self.table.renew(token, self.now_ns)

    @rule(token=tokens)
    def release(self, token: int) -> None:
        if self._lasts(token):
            self._over(self.table.release(token, self.now_ns))
        else:
            with pytest.raises(LeaseLost):
                self.table.release(token, self.now_ns)

    @rule(devices=SETS)
    def take(self, devices: frozenset[str]) -> None:
        taken = self.table.take(devices, "the chief", self.now_ns)
        assert {ended.lease.token for ended in taken} == {t for t in self.until if self.covers[t] & devices}
        for ended in taken:
            self._over(ended)

    @rule()
    def sweep(self) -> None:
        late = self.table.expire(self.now_ns)
        assert {ended.lease.token for ended in late} == {t for t, until in self.until.items() if until <= self.now_ns}
        for ended in late:
            self._over(ended)

    @rule(device=st.sampled_from(DEVICES))
    def become_safe(self, device: str) -> None:
        self.table.freed(device)  # changes nothing for a device that is held
        self.ending.discard(device)

    @rule(by_ns=st.integers(0, 3 * SECOND))
    def pass_time(self, by_ns: int) -> None:
        self.now_ns += by_ns

    @rule(token=tokens, device=st.sampled_from(DEVICES))
    def use(self, token: int, device: str) -> None:
        if not self._lasts(token):
            with pytest.raises(LeaseLost):
                self.table.check(token, device, self.now_ns)
        elif device not in self.covers[token]:
            with pytest.raises(LeaseHeld):
                self.table.check(token, device, self.now_ns)
        else:
            assert self.table.check(token, device, self.now_ns).token == token

    @invariant()
    def nothing_has_two_holders(self) -> None:
        held = [id_ for lease in self.table.leases for id_ in lease.asked.devices]
        assert len(held) == len(set(held))
        assert not self.ending & set(held)
        assert {lease.token for lease in self.table.leases} == set(self.until)

    def _answer(self, asked: Asked) -> Lease | Waiting | None:
        """Ask, and hold the answer against what must come."""
        alive = [place for place in self.queue if self.now_ns - place.seen_ns <= PATIENCE_NS]
        # One whose place was given up stands at the end again.
        known = asked.ticket in [place.ticket for place in alive]
        before = alive[: [place.ticket for place in alive].index(asked.ticket)] if known else alive
        self.queue = alive
        busy = self.ending.union(*(self.covers[token] for token in self.until))
        passed_over = frozenset().union(*(place.asked.devices for place in before))
        may = not asked.devices & (busy | passed_over)
        try:
            got = self.table.acquire(asked, self.now_ns)
        except LeaseHeld:
            assert not may
            assert asked.wait_ns == 0
            return None
        assert isinstance(got, Lease) == may
        if isinstance(got, Lease):
            self.queue = [place for place in alive if place.ticket != asked.ticket]
            self._begun(got)
        else:
            self.queue = [got if place.ticket == got.ticket else place for place in alive]
        return got

    def _ask(self, asked: Asked) -> int:
        got = self._answer(asked)
        if isinstance(got, Waiting) and got.ticket not in [place.ticket for place in self.queue]:
            self.queue.append(got)
        return got.token if isinstance(got, Lease) else 0

    def _begun(self, lease: Lease) -> None:
        assert lease.token > self.last_token
        self.last_token = lease.token
        self.until[lease.token] = lease.until_ns
        self.covers[lease.token] = lease.asked.devices
        self.ttl[lease.token] = lease.asked.ttl_ns

    def _over(self, ended: Ended) -> None:
        del self.until[ended.lease.token]
        self.ending |= ended.lease.asked.devices

    def _lasts(self, token: int) -> bool:
        return self.until.get(token, 0) > self.now_ns


TestLeases = Leases.TestCase
TestLeases.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
