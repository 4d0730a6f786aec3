"""`rig devices serve`: the shim of a bench file."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from contracts.clock import SECOND
from contracts.errors import DeviceUnavailable, UsageError
from contracts.layout import Layout
from devices.drivers.registry import load
from devices.shim.host import Host, serve
from devices.shim.hosted import Hosted
from devices.shim.tls import server_tls
from rig.bench import BenchFile, check_in_store, find_bench, read
from rig.bench.address import host_and_port
from rig.bench.offers import offers
from rig.bench.place import held

_WAKES_S = 3600.0


def serve_bench(name: str, only: Sequence[str], store: str) -> int:
    """Host a bench's drivers until somebody ends it; return 0, or 8 when a device may not be safe then."""
    bench = read(find_bench(name), load())
    if not bench.hosted:
        raise UsageError(
            "the bench has no device with a driver", where=str(bench.path), expected="devices: {driver: ...}"
        )
    offered = offers(bench, layout_of(bench, store), only=only)
    host, port = host_and_port(bench.listen)
    tls = server_tls(bench.tls) if bench.tls else None
    with held(bench.place), serve(offered, port, host, tls=tls) as shim:
        try:
            _tell(shim, bench)
            while shim.wait(_WAKES_S):
                pass
        except KeyboardInterrupt:
            _say("stopping: every device goes to its safe state")
    unsafe = {id_: hosted.trouble for id_, hosted in shim.devices.items() if hosted.trouble}
    for id_, trouble in unsafe.items():
        _say(f"{id_} may not be safe: {trouble}")
    _say("stopped")
    return DeviceUnavailable.exit_code if unsafe else 0


def layout_of(bench: BenchFile, store: str) -> Layout | None:
    """Return the store that a bench stands for, with the bench checked against it; None when nobody says which.

    Args:
        bench: the bench.
        store: instead of what the file says; "" for that.
    """
    name = store or bench.store
    if not name:
        return None
    from rig.paths import find_store
    from twin.store import load_store  # heavy

    layout = load_store(find_store(name, beside=bench.path)).layout
    check_in_store(bench, layout)
    return layout


def _tell(shim: Host, bench: BenchFile) -> None:
    """Say what is hosted, a line a device, and where: whoever waits for this process waits for the last line."""
    for id_, hosted in sorted(shim.devices.items()):
        _say(f"{id_}: {_what(hosted)}")
    _say(f"leases last {bench.ttl_ns / SECOND:g} s without a sign of life unless asked for longer or shorter")
    _say(f"serving at {shim.address}{', with certificates' if bench.tls else ''}")


def _what(hosted: Hosted) -> str:
    offer, trouble = hosted.offer, hosted.trouble
    told = f"{offer.info.kind}, {offer.protocol} on {offer.line or 'no line'}"
    return f"{told}\n  not open, tried again when it is wanted: {trouble}".replace("\n", "\n  ") if trouble else told


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
