"""`rig devices probe`: every device asked who it is, and every fault with its cause and what to try."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from contracts.errors import DeviceUnavailable, WalkoutError
from devices.drivers.registry import load
from devices.shim.connection import Shim
from devices.shim.host import serve
from rig.bench import BenchFile, find_bench, read
from rig.bench.model import BenchDevice
from rig.bench.offers import offers
from rig.bench.place import held
from rig.cli.devices_line import is_line, probe_line
from rig.cli.devices_probed import Row, failed, rows_of, text_of
from rig.cli.devices_reach import Reach, is_address, of_bench, reach
from rig.cli.devices_serve import layout_of


def probe_target(target: str, ids: Sequence[str], store: str, tls: Path | None, client: str, as_json: bool) -> int:
    """Ask devices who they are, and print all that was found; return 8 when one cannot be used."""
    if is_line(target):
        rows = probe_line(target, quiet=as_json)
    elif is_address(target):
        (shim,) = reach(target, ids, tls, client)
        rows = _at(shim)
    else:
        rows = _of_bench(read(find_bench(target), load()), ids, store, tls, client)
    if as_json:
        sys.stdout.write(json.dumps([_data(row) for row in rows], indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for row in rows for line in text_of(row))
        wrong = sum(bool(row.trouble) for row in rows)
        sys.stdout.write(f"{len(rows) - wrong} of {len(rows)} devices are well\n")
    return DeviceUnavailable.exit_code if any(row.trouble for row in rows) else 0


def _of_bench(bench: BenchFile, ids: Sequence[str], store: str, tls: Path | None, client: str) -> list[Row]:
    """Ask the bench's shims; what this file hosts is opened here when its shim does not run."""
    rows: list[Row] = []
    for shim in of_bench(bench, ids, tls, client):
        hosted = [each for each in bench.hosted if each.id in (shim.ids or ())]
        own = shim.address == bench.listen and hosted
        rows += _here(bench, hosted, store) if own and not shim.there else _at(shim)
    return rows


def _at(wanted: Reach) -> list[Row]:
    """Ask the devices of a running shim."""
    try:
        shim = wanted.connect()
    except DeviceUnavailable as error:
        return [failed(name, wanted.address, error) for name in wanted.ids or ("the shim",)]
    with shim:
        there = {device.info.id for device in shim.list()}
        known = [name for name in wanted.ids or sorted(there) if name in there]
        rows = rows_of(shim.probe(known), wanted.address, shim.unix_offset()) if known else []
        return rows + [_not_hosted(name, wanted.address, there) for name in wanted.ids or () if name not in there]


def _here(bench: BenchFile, hosted: Sequence[BenchDevice], store: str) -> list[Row]:
    """Open a bench's devices, ask them, and let go of them again."""
    offered = offers(bench, layout_of(bench, store), only=[each.id for each in hosted])
    with held(bench.place), serve(offered) as host, Shim(host.address) as shim:
        rows = rows_of(shim.probe(), "here: no shim of this bench runs", None)
    return [replace(row, trouble=_without(row.trouble, f" at {host.address}")) for row in rows]


def _without(trouble: WalkoutError | None, address: str) -> WalkoutError | None:
    """Return an error that does not name the shim that was there for this question alone."""
    if trouble is None:
        return None
    where = trouble.where.replace(address, "")
    return type(trouble)(trouble.what, where=where, expected=trouble.expected, found=trouble.found, hint=trouble.hint)


def _not_hosted(name: str, address: str, there: set[str]) -> Row:
    error = DeviceUnavailable(
        f"the shim does not host {name}",
        where=address,
        expected=f"one of {', '.join(sorted(there)) or 'none'}",
        hint="serve it there, without `--only` of others, or correct `at` in the bench file",
    )
    return failed(name, address, error)


def _data(row: Row) -> dict[str, Any]:
    trouble = row.trouble
    told = (
        {part: getattr(trouble, part) for part in ("what", "where", "expected", "found", "hint")} if trouble else None
    )
    return {
        "id": row.id,
        "ok": trouble is None,
        "kind": row.kind,
        "driver": row.driver,
        "line": row.line,
        "at": row.at,
        "identity": row.identity,
        "firmware": row.firmware,
        "round_trip_ms": row.round_trip_ms,
        "clock_offset_ms": row.clock_offset_ms,
        "busy": row.busy,
        "trouble": told,
    }
