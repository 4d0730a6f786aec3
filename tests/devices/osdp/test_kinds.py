"""Readers as bench files name them, and their emulators as a run drives them."""

from pathlib import Path

import pytest

from contracts.clock import MILLISECOND, SECOND, WallClock
from contracts.ports import FaultKind
from contracts.record import Record
from contracts.records import PalmScan, Scan
from devices.drivers.opening import open_device, open_exposed
from devices.drivers.registry import find
from devices.osdp.kinds import KINDS
from devices.osdp.palm_emulator import made_up_template
from tests.devices.osdp.pair import KEY

LIVED = {
    "scanner": Scan(t_ns=0, source="reader-1", code=b"123-4567"),
    "palm": PalmScan(t_ns=0, source="reader-1", handle="palm-1"),
}


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_a_reader_of_a_bench_file_reads_what_the_twin_lives(name: str, tmp_path: Path) -> None:
    key, templates = tmp_path / "reader.key", tmp_path / "templates.json"
    key.write_text(KEY.secret.hex())
    templates.write_text(f'{{"palm-1": "{made_up_template("palm-1").hex()}"}}')
    kind, clock = find(name), WallClock(0)
    said = {"address": 3, "key file": str(key)} | ({"templates": str(templates)} if name.startswith("palm") else {})
    options = kind.options.model_validate(said)
    assert KEY.secret.hex() not in repr(options)
    exposed = open_exposed(kind, "reader-1", f"pty:{tmp_path / 'wire'}", clock, options=options)
    port = open_device(kind, "reader-1", str(tmp_path / "wire"), clock, options=options)
    exposed.live(LIVED[name.split("/", maxsplit=1)[0]])
    found: list[Record] = []
    while clock.now_ns < 30 * SECOND and not found:
        exposed.work()
        found += port.read(clock.now_ns)
        clock.wait_until(clock.now_ns + 5 * MILLISECOND)
    (record,) = found
    assert getattr(record, "code", None) == b"123-4567" or getattr(record, "handle", None) == "palm-1"
    assert exposed.orders() == ()
    assert exposed.fault(FaultKind.OFF)
    exposed.close()
    port.close()  # type: ignore[attr-defined]
