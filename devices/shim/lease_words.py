"""What people are told about leases: who has a device, since when, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from contracts.clock import SECOND
from contracts.errors import LeaseHeld, LeaseLost, UsageError
from devices.shim.leases import LONGEST_TTL_NS, Asked, End, Ended, Lease, Waiting, lasts_ns

_FORCE = "wait for it (wait_s), or take it by force: rig devices release BENCH --force"


def whom(asked: Asked) -> str:
    """Return who asked, with the name in their certificate where there is one."""
    name = asked.holder or "somebody without a name"
    return f"{name} (certificate {asked.client})" if asked.client else name


def since(since_ns: int, now_ns: int, epoch_ns: int) -> str:
    """Return a past moment as people tell it: the time of day, and how long ago."""
    told = datetime.fromtimestamp((epoch_ns + since_ns) // SECOND, UTC).strftime("%H:%M:%S UTC")
    return f"since {told}, for {(now_ns - since_ns) / SECOND:.0f} s"


def held_by(lease: Lease, now_ns: int, epoch_ns: int) -> str:
    """Return who has a device and since when."""
    return f"{whom(lease.asked)} {since(lease.since_ns, now_ns, epoch_ns)}"


def held(asked: Asked, taken: Sequence[Lease], waiting: Sequence[Waiting], now_ns: int, epoch_ns: int) -> LeaseHeld:
    """Return the error of a wish for devices that others have, or wait for."""
    there = [
        f"{id_} is held by {held_by(lease, now_ns, epoch_ns)}"
        for lease in dict.fromkeys(taken)
        for id_ in sorted(lease.asked.devices & asked.devices)
    ]
    there += [
        f"{id_} is waited for by {whom(place.asked)}"
        for place in waiting
        for id_ in sorted(place.asked.devices & asked.devices)
    ]
    return LeaseHeld("somebody else has the devices", expected="free devices", found="; ".join(there), hint=_FORCE)


def not_covered(lease: Lease, device: str, holder: Lease | None, now_ns: int, epoch_ns: int) -> LeaseHeld:
    """Return the error of a live token used for a device that it does not cover."""
    found = "nobody has it" if holder is None else f"it is held by {held_by(holder, now_ns, epoch_ns)}"
    covered = ", ".join(sorted(lease.asked.devices))
    return LeaseHeld(
        "this lease does not cover the device",
        where=device,
        expected=f"one of {covered}",
        found=found,
        hint="lease it with the others, all at once",
    )


def lost(token: int, ended: Ended | None, now_ns: int, epoch_ns: int) -> LeaseLost:
    """Return the error of a token whose lease is over."""
    if ended is None:
        found, hint = f"token {token}, which this shim does not know", "lease the devices anew"
    else:
        ago = f"{since(ended.at_ns, now_ns, epoch_ns)}"
        found, hint = {
            End.RELEASED: (f"it was released, {ago}", "use no device after its lease was released"),
            End.EXPIRED: (
                f"no heartbeat within {lasts_ns(ended.lease.asked.ttl_ns) / SECOND:g} s: it is over, {ago}",
                "look for what held the client up, or ask for a longer ttl",
            ),
            End.TAKEN: (
                f"{ended.by or 'somebody without a name'} took it by force; it is over, {ago}",
                "ask them, or wait for the devices (wait_s)",
            ),
        }[ended.end]
    return LeaseLost("the lease is over", expected="the token of a lease that lasts", found=found, hint=hint)


def unknown(ids: Sequence[str], known: Iterable[str]) -> UsageError:
    """Return the error of devices that there are not."""
    return UsageError(
        "no such device here",
        expected=f"one of {', '.join(sorted(known)) or 'none: this shim has no device'}",
        found=", ".join(ids),
        hint="rig devices list names what a shim has",
    )


def bad_ttl(ttl_ns: int) -> UsageError:
    """Return the error of an impossible time to live."""
    return UsageError(
        "a lease cannot last so long without a heartbeat",
        expected=f"more than 0 and at most {LONGEST_TTL_NS // SECOND} s",
        found=f"{ttl_ns / SECOND:g} s",
        hint="a heartbeat keeps it as long as the client lives; 10 s do",
    )


def not_yours(lease: Lease, client: str) -> LeaseLost:
    """Return the error of a token that another client was given."""
    return LeaseLost(
        "this lease belongs to another client",
        expected=f"the certificate of {lease.asked.client!r}",
        found=repr(client),
        hint="lease the devices yourself; tokens are not for passing on",
    )
