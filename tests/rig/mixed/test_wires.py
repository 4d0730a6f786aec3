"""A bench opened for a run: exposed devices, a shim, and devices that are not there."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from contracts.clock import SECOND, WallClock
from contracts.errors import DeviceUnavailable
from devices.shim.host import serve
from rig.bench import read
from rig.bench.offers import offers
from rig.mixed.wires import strung
from rig.paths import find_store
from twin.store import load_store

LAYOUT = load_store(find_store("corner-shop")).layout
EXPOSED = 'exposed:\n  gondola-1: {emulator: scale/hx711-80, line: "pty:rack"}\n'


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def hosted(folder: Path, exposed: str) -> Iterator[Path]:
    """Write a bench with a rack, and host it as a shim does."""
    port = free_port()
    bench = folder / "bench.yaml"
    bench.write_text(
        f"about: A rack.\nstore: corner-shop\nlisten: 127.0.0.1:{port}\n"
        f"devices:\n  gondola-1: {{driver: scale/hx711-80, line: rack}}\n{exposed}"
    )
    with serve(offers(read(bench), LAYOUT), port):
        yield bench


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_an_exposed_rack_is_leased_before_the_run_s_time_goes_on(tmp_path: Path) -> None:
    """While everything is loaded the clock stands, and an emulator says nothing: that is no dead device."""
    with hosted(tmp_path, EXPOSED) as bench, strung(bench, LAYOUT, WallClock(SECOND)) as wires:
        assert [id_ for shim in wires.shims for id_ in shim.ports] == ["gondola-1"]
        assert "gondola-1" in wires.exposed
        assert list(wires.switches) == ["gondola-1"]


def test_a_rack_that_is_not_there_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    with (
        hosted(tmp_path, "") as bench,
        pytest.raises(DeviceUnavailable, match="rack"),
        strung(bench, LAYOUT, WallClock(SECOND)),
    ):
        pass
