"""`rig devices list` and `rig devices release`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, UsageError, WalkoutError
from devices.shim.connection import Shim
from devices.shim.look import Held, Leases, Listed
from rig.cli.devices_reach import Reach, reach


def list_target(target: str, tls: Path | None, client: str, as_json: bool) -> int:
    """Print the devices of some shims; return 8 when one cannot be reached."""
    found = [_look(each) for each in reach(target, (), tls, client)]
    if as_json:
        sys.stdout.write(json.dumps(found, indent=2) + "\n")
    else:
        for shim in found:
            _print(shim, Console())
    return DeviceUnavailable.exit_code if any(shim["trouble"] for shim in found) else 0


def release_target(target: str, ids: Sequence[str], force: bool, tls: Path | None, client: str) -> int:
    """Take devices from whoever holds them; return 0.

    Raises:
        UsageError: somebody holds them, and no force is asked for.
    """
    with ExitStack() as stay:
        shims = [(each, stay.enter_context(each.connect())) for each in reach(target, ids, tls, client)]
        held = [lease for each, shim in shims for lease in shim.leases().held if _touches(lease, each)]
        if not held:
            sys.stdout.write("nobody holds them\n")
            return 0
        if not force:
            raise UsageError(
                "somebody holds them", expected="--force to take them away",
                found="; ".join(f"{', '.join(lease.devices)}: {lease.holder}" for lease in held),
            )  # fmt: skip
        for each, shim in shims:
            for lease in shim.take(each.ids or ()):
                sys.stdout.write(f"{', '.join(lease.devices)}: taken from {lease.holder}, safe and free\n")
    return 0


def _touches(lease: Held, wanted: Reach) -> bool:
    return wanted.ids is None or bool(set(lease.devices) & set(wanted.ids))


def _look(wanted: Reach) -> dict[str, Any]:
    """Return what a shim has, as data."""
    try:
        with wanted.connect() as shim:
            return {"address": wanted.address, "trouble": "", **_seen(shim, wanted)}
    except WalkoutError as error:
        return {"address": wanted.address, "trouble": str(error), "devices": [], "queue": []}


def _seen(shim: Shim, wanted: Reach) -> dict[str, Any]:
    listed, leases = shim.list(), shim.leases()
    now_unix_ns = shim.clock.epoch_ns + shim.clock.now_ns
    there = {device.info.id for device in listed}
    missing = [name for name in wanted.ids or () if name not in there]
    return {
        "devices": [_device(device, leases, now_unix_ns) for device in listed],
        "queue": [_lease(place, now_unix_ns) for place in leases.waiting],
        "trouble": f"the shim does not host {', '.join(missing)}" if missing else "",
    }


def _device(device: Listed, leases: Leases, now_unix_ns: int) -> dict[str, Any]:
    holder = next((lease for lease in leases.held if device.info.id in lease.devices), None)
    return {
        "id": device.info.id,
        "kind": device.info.kind.value,
        "driver": device.protocol,
        "line": device.line,
        "open": device.open,
        "trouble": str(device.trouble or ""),
        "held": _lease(holder, now_unix_ns) if holder else None,
    }


def _lease(held: Held, now_unix_ns: int) -> dict[str, Any]:
    seconds = round((now_unix_ns - held.since_unix_ns) / SECOND, 1)
    return {"holder": held.holder, "devices": sorted(held.devices), "for_s": seconds}


def _print(shim: dict[str, Any], console: Console) -> None:
    if shim["trouble"]:
        console.print(shim["trouble"], soft_wrap=True, markup=False, highlight=False)
    if not shim["devices"]:
        return
    table = Table(title=f"at {shim['address']}", title_justify="left")
    for name in ("device", "driver", "line", "state", "held by"):
        table.add_column(name, overflow="fold")
    for device in shim["devices"]:
        state = "open" if device["open"] else "FAULT" if device["trouble"] else "closed"
        held = device["held"]
        holder = f"{held['holder']}, for {held['for_s']:g} s" if held else "-"
        table.add_row(device["id"], device["driver"], device["line"], state, holder)
    console.print(table, markup=False)
    troubles = [device["trouble"] for device in shim["devices"] if device["trouble"]]
    queue = [
        f"waiting {place}: {waiting['holder']} for {', '.join(waiting['devices'])}"
        for place, waiting in enumerate(shim["queue"], start=1)
    ]
    for line in (*troubles, *queue):
        console.print(line, soft_wrap=True, markup=False, highlight=False)
