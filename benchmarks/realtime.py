"""A minute of real time in the nanostore with eight devices on wires, each behind a shim in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import yaml

from benchmarks.figure import Figure
from contracts.run import ClockOffset
from rig.recording.reader import Recording

RIG = (sys.executable, "-m", "rig.cli")
LATE_MS = 20.0
FIRST_PORT = 50101
SCENARIO = """\
about: Two visits to the nanostore within a minute.
store: nanostore
seed: 31
shoppers:
  ana:
    does:
      - enter: qr
      - take: {product: "071142008582", from: gondola-1/shelf-5/plate-11}
      - wait: 25 s
      - leave
  ben:
    arrives: 20 s
    does: [{enter: qr}, {wait: 8 s}, leave]
"""
DEVICES: dict[str, tuple[str, dict[str, Any]]] = {
    "gate-in": ("gate/perco-pulse", {"module": "adam-6060"}),
    "scanner-in": ("scanner/zebra-ssi", {}),
    "palm-in": ("palm/osdp-palm", {}),
    **{f"gondola-{number}": ("scale/hx711-80", {}) for number in range(1, 6)},
}


def minute() -> Iterator[Figure]:
    """Run it once; how late its ticks were, and how far the clocks of the shims."""
    with tempfile.TemporaryDirectory(prefix="rig-realtime-") as place, ExitStack() as stay:
        folder = Path(place)
        (folder / "minute.yaml").write_text(SCENARIO)
        bench = _benches(folder)
        # A shim opens its device when somebody leases it; until the run puts them on wires, none is there.
        shims = [stay.enter_context(_process(*RIG, "devices", "serve", f"{name}.yaml", cwd=folder)) for name in DEVICES]
        for shim in shims:
            assert shim.stdout is not None
            assert any("serving at" in line for line in shim.stdout)
        run = stay.enter_context(_process(*RIG, "run", "minute.yaml", "--bench", bench, "--json", cwd=folder))
        printed, errors = run.communicate()
        if run.returncode != 0:
            raise RuntimeError(errors)
        (told,) = json.loads(printed)
        offsets = [r for r in Recording(folder / told["recording"]).records() if isinstance(r, ClockOffset)]
    yield from _figures(told, offsets)


def _figures(told: dict[str, Any], offsets: list[ClockOffset]) -> Iterator[Figure]:
    pace = told["pace"]
    late = f"{pace['late_ticks']} of {pace['ticks']} ticks more than {pace['late_ms']:g} ms late"
    note = f"{told['simulated_s']:.0f} s, {late}, {len(DEVICES)} shims"
    yield Figure(
        name="bench_latest_tick_ms", unit="ms", better="lower", values=[pace["latest_ms"]], target=LATE_MS, note=note
    )
    off_ms = sorted(abs(offset.offset_ns) / 1e6 for offset in offsets)
    yield Figure(
        name="bench_clock_offset_ms",
        unit="ms",
        better="lower",
        values=off_ms,
        note=f"{len(off_ms)} measurements, most {off_ms[-1]:.2f} ms",
    )


def _benches(folder: Path) -> str:
    """Write a bench file for each shim, and the one of the run; return the name of that."""
    devices, exposed = {}, {}
    for number, (device, (driver, options)) in enumerate(DEVICES.items()):
        listen, line = f"127.0.0.1:{FIRST_PORT + number}", f"127.0.0.1:{FIRST_PORT + 50 + number}"
        wire = f"tcp://{line}" if driver.startswith("gate/") else f"socket://{line}"
        own = {"driver": driver, "line": wire, "options": options}
        about = {"about": f"The shim of {device}.", "store": "nanostore", "listen": listen, "devices": {device: own}}
        (folder / f"{device}.yaml").write_text(yaml.safe_dump(about))
        devices[device] = {"at": listen}
        exposed[device] = {"emulator": driver, "line": f"listen://{line}", "options": options}
    whole = {"about": "Eight shims.", "store": "nanostore", "devices": devices, "exposed": exposed}
    (folder / "all.yaml").write_text(yaml.safe_dump(whole))
    return "all.yaml"


@contextmanager
def _process(*words: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.communicate()
