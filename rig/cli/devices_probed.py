"""What a probe found of one device, as data and as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from contracts.clock import MILLISECOND
from contracts.errors import WalkoutError
from devices.shim.look import Looked
from devices.shim.offset import Offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One device.

    Args:
        id: device id.
        kind: its port: "scanner", ...
        driver: its driver's name, which is its protocol's.
        line: what it hangs on.
        at: the shim, or where else it was asked.
        identity: maker, model, serial number; "" where it was not told.
        firmware: "" where it was not told.
        round_trip_ms: from the question on its line to the answer; None where there is no such question.
        clock_offset_ms: how far the shim's machine is ahead of this one; None on this machine.
        busy: who holds it; then it was not asked.
        trouble: why it cannot be used; None when it can.
    """

    id: str
    kind: str = ""
    driver: str = ""
    line: str = ""
    at: str = ""
    identity: str = ""
    firmware: str = ""
    round_trip_ms: float | None = None
    clock_offset_ms: float | None = None
    busy: str = ""
    trouble: WalkoutError | None = None


def rows_of(found: Sequence[Looked], at: str, offset: Offset | None) -> list[Row]:
    """Return what a shim's devices told.

    Args:
        found: by the shim.
        at: the shim's address, or in words where they were asked.
        offset: of the shim's machine; None when it is this one.
    """
    return [
        Row(
            id=looked.listed.info.id,
            kind=looked.listed.info.kind,
            driver=looked.listed.protocol,
            line=looked.listed.line,
            at=at,
            identity=looked.probed.identity,
            firmware=looked.probed.firmware,
            round_trip_ms=_ms(looked.probed.round_trip_ns) or None,
            clock_offset_ms=_ms(offset.offset_ns) if offset else None,
            busy=looked.busy,
            trouble=looked.trouble,
        )
        for looked in found
    ]


def failed(name: str, at: str, error: WalkoutError) -> Row:
    """Return the row of a device that could not even be asked."""
    return Row(id=name, at=at, trouble=error)


def text_of(row: Row) -> Iterator[str]:
    """Yield what people are told of a device: a line, then its fault."""
    state = "FAULT" if row.trouble else "busy" if row.busy else "ok"
    what = f", {row.driver} on {row.line or 'no line'}" if row.driver else ""
    yield f"{row.id}: {state}{what}, at {row.at}"
    told = [
        f"identity {row.identity}" if row.identity else "",
        f"firmware {row.firmware}" if row.firmware else "",
        f"round trip {row.round_trip_ms:.1f} ms" if row.round_trip_ms else "",
        f"clock {row.clock_offset_ms:+.1f} ms" if row.clock_offset_ms is not None else "",
        f"held by {row.busy}; not asked" if row.busy else "",
    ]
    if any(told):
        yield f"  {', '.join(filter(None, told))}"
    elif not row.trouble:
        yield "  its line is open; its protocol has no question that it must answer"
    if row.trouble:
        yield from (f"  {line}" for line in str(row.trouble).splitlines())


def _ms(ns: int) -> float:
    return round(ns / MILLISECOND, 3)
