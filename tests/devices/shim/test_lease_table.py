"""Leases by example, and what people are told."""

import pytest

from contracts.clock import SECOND
from contracts.errors import LeaseHeld, LeaseLost, UsageError
from devices.shim.lease_table import MOST_PAST, LeaseTable
from devices.shim.leases import PATIENCE_NS, Asked, Lease, Waiting, lasts_ns

EPOCH_NS = 1_800_000_000 * SECOND  # 08:00:00 UTC
TTL = 10 * SECOND


def table() -> LeaseTable:
    return LeaseTable(("gate-in", "gate-out", "scanner-in"), first_token=5, epoch_ns=EPOCH_NS)


def asked(holder: str, *devices: str, wait_s: int = 0, ticket: int = 0, client: str = "") -> Asked:
    return Asked(holder, frozenset(devices), TTL, wait_s * SECOND, ticket, client)


def lease(found: Lease | Waiting) -> Lease:
    assert isinstance(found, Lease)
    return found


def place(found: Lease | Waiting) -> Waiting:
    assert isinstance(found, Waiting)
    return found


def test_who_has_a_device_is_told_and_since_when() -> None:
    leases = table()
    leases.acquire(asked("ana", "gate-in", client="laptop-3"), 65 * SECOND)
    with pytest.raises(LeaseHeld) as caught:
        leases.acquire(asked("ben", "gate-in", "gate-out"), 70 * SECOND)
    assert str(caught.value).splitlines() == [
        "somebody else has the devices",
        "  expected: free devices",
        "  found: gate-in is held by ana (certificate laptop-3) since 08:01:05 UTC, for 5 s",
        "  try: wait for it (wait_s), or take it by force: rig devices release BENCH --force",
    ]
    assert caught.value.exit_code == 8
    assert leases.holder("gate-out") is None, "nothing is taken when not all can be had"


def test_a_place_in_the_queue_is_kept_by_asking_again() -> None:
    leases = table()
    first = lease(leases.acquire(asked("ana", "gate-in"), 0))
    ben = place(leases.acquire(asked("ben", "gate-in", "gate-out", wait_s=60), SECOND))
    carl = place(leases.acquire(asked("carl", "gate-out", wait_s=60), SECOND))
    assert isinstance(leases.acquire(asked("dora", "scanner-in"), SECOND), Lease), "she is in nobody's way"
    assert leases.standing(ben, 2 * SECOND) == (1, "ana since 08:00:00 UTC, for 2 s")
    assert leases.standing(carl, 2 * SECOND) == (2, "")
    leases.release(first.token, 2 * SECOND)
    again = asked("ben", "gate-in", "gate-out", wait_s=60, ticket=ben.ticket)
    place(leases.acquire(again, 2 * SECOND))  # gate-in is not safe yet
    leases.freed("gate-in")
    lease(leases.acquire(again, 3 * SECOND))
    place(leases.acquire(asked("carl", "gate-out", wait_s=60, ticket=carl.ticket), 3 * SECOND))


def test_one_who_went_away_is_not_waited_for() -> None:
    leases = table()
    first = lease(leases.acquire(asked("ana", "gate-in"), 0))
    leases.acquire(asked("ben", "gate-in", wait_s=60), 0)
    leases.release(first.token, 0)
    leases.freed("gate-in")
    with pytest.raises(LeaseHeld, match="gate-in is waited for by ben"):
        leases.acquire(asked("carl", "gate-in"), PATIENCE_NS)
    lease(leases.acquire(asked("carl", "gate-in"), PATIENCE_NS + 1))


def test_a_place_is_lost_when_the_time_to_wait_is_over() -> None:
    leases = table()
    leases.acquire(asked("ana", "gate-in"), 0)
    ben = place(leases.acquire(asked("ben", "gate-in", wait_s=1), 0))
    with pytest.raises(LeaseHeld, match="held by ana"):
        leases.acquire(asked("ben", "gate-in", wait_s=0, ticket=ben.ticket), SECOND)
    assert leases.waiting == ()


def test_a_stale_token_is_told_what_became_of_its_lease() -> None:
    leases = table()
    tokens = [lease(leases.acquire(asked("ana", id_), 0)).token for id_ in ("gate-in", "gate-out", "scanner-in")]
    leases.release(tokens[0], SECOND)
    leases.take(["gate-out"], "ben", 2 * SECOND)
    leases.expire(TTL)
    told = [
        r"it was released, since 08:00:01 UTC, for 19 s",
        r"ben took it by force; it is over, since 08:00:02 UTC, for 18 s",
        r"no heartbeat within 9 s: it is over, since 08:00:10 UTC, for 10 s",
    ]
    for token, text in zip(tokens, told, strict=True):
        with pytest.raises(LeaseLost, match=text):
            leases.check(token, "gate-in", 20 * SECOND)
    with pytest.raises(LeaseLost, match="token 4, which this shim does not know"):
        leases.renew(4, 20 * SECOND)


def test_a_lease_whose_time_is_over_is_stale_before_anybody_sweeps() -> None:
    leases = table()
    token = lease(leases.acquire(asked("ana", "gate-in"), 0)).token
    assert leases.check(token, "gate-in", lasts_ns(TTL) - 1).token == token
    with pytest.raises(LeaseLost, match="no heartbeat within 9 s"):
        leases.check(token, "gate-in", lasts_ns(TTL))
    with pytest.raises(LeaseLost):
        leases.renew(token, lasts_ns(TTL))


def test_a_live_token_moves_no_other_device() -> None:
    leases = table()
    token = lease(leases.acquire(asked("ana", "gate-in"), 0)).token
    leases.acquire(asked("ben", "gate-out"), 0)
    with pytest.raises(LeaseHeld, match=r"gate-out: this lease does not cover the device\n.*gate-in\n.*held by ben"):
        leases.check(token, "gate-out", SECOND)


def test_impossible_wishes_are_the_callers_fault() -> None:
    leases = table()
    with pytest.raises(UsageError, match="gate-9"):
        leases.acquire(asked("ana", "gate-9"), 0)
    with pytest.raises(UsageError, match="at least one device"):
        leases.acquire(asked("ana"), 0)
    for ttl_ns in (0, -1, 3601 * SECOND):
        with pytest.raises(UsageError, match="at most 3600 s"):
            leases.acquire(Asked("ana", frozenset({"gate-in"}), ttl_ns), 0)


def test_leases_of_long_ago_are_forgotten() -> None:
    leases = table()
    for _ in range(MOST_PAST + 1):
        leases.release(lease(leases.acquire(asked("ana", "gate-in"), 0)).token, 0)
        leases.freed("gate-in")
    with pytest.raises(LeaseLost, match="token 5, which this shim does not know"):
        leases.check(5, "gate-in", 0)
    with pytest.raises(LeaseLost, match="it was released"):
        leases.check(6, "gate-in", 0)
