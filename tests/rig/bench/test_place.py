"""A bench that labgrid lends: its place is held while the shim runs, and released whatever happens."""

import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.errors import DeviceUnavailable
from rig.bench import read
from rig.bench.model import Place
from rig.bench.place import held
from tests.rig.devices.lab import end, free_port, rig, serving

LABGRID = Path(__file__).parents[3] / ".peers" / "labgrid" / "bin"
PLACE = Place("lab-1", "127.0.0.1:20408")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A client that notes what it is told, and refuses what a file `no` says."""
    program = tmp_path / "bin" / "labgrid-client"
    program.parent.mkdir()
    program.write_text(
        f'#!/bin/sh\necho "$@" >> {tmp_path}/told\n'
        f'grep -q "$5" {tmp_path}/no 2>/dev/null && {{ echo held by somebody >&2; exit 1; }}\nexit 0\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/usr/bin:/bin")
    return tmp_path


def test_a_place_is_acquired_and_released_also_after_trouble(client: Path) -> None:
    with pytest.raises(RuntimeError), held(PLACE):
        raise RuntimeError
    words = "-x 127.0.0.1:20408 -p lab-1"
    assert (client / "told").read_text() == f"{words} acquire\n{words} release\n"


def test_a_place_that_is_taken_is_not_released(client: Path) -> None:
    (client / "no").write_text("acquire\n")
    with pytest.raises(DeviceUnavailable, match="held by somebody"), held(PLACE):
        pass
    assert "release" not in (client / "told").read_text()


def test_a_place_that_is_not_released_is_told(client: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (client / "no").write_text("release\n")
    with held(PLACE):
        pass
    assert "labgrid place lab-1 may still be held: held by somebody" in capsys.readouterr().err


def test_without_labgrid_the_way_to_it_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceUnavailable, match="pipx install labgrid"), held(PLACE):
        pass
    with held(None):
        pass


@pytest.fixture
def coordinator(tmp_path: Path) -> Iterator[str]:
    if not (LABGRID / "labgrid-coordinator").exists():
        pytest.skip("labgrid is not installed: ci/peers")
    address = f"127.0.0.1:{free_port()}"
    process = subprocess.Popen([LABGRID / "labgrid-coordinator", "-l", address], cwd=tmp_path)
    try:
        for _ in range(100):
            if said(address, "create").returncode == 0:
                break
            time.sleep(0.1)  # noqa: TID251  # somebody else's program starts
        yield address
    finally:
        process.terminate()
        process.wait()


def said(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(LABGRID / "labgrid-client"), "-x", address, "-p", "lab-1", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.peer
def test_a_shim_holds_its_place_of_a_real_labgrid(
    coordinator: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = tmp_path / "lab.yaml"
    bench.write_text(
        f'about: A lab.\nlisten: 127.0.0.1:{free_port()}\nlabgrid: {{place: lab-1, coordinator: "{coordinator}"}}\n'
        "devices: {scanner-in: {driver: scanner/text, line: /dev/nothing}}\n"
    )
    assert read(bench).place == Place("lab-1", coordinator)
    monkeypatch.setattr("tests.rig.devices.lab.ENV", {**_env(), "PATH": f"{LABGRID}:/usr/bin:/bin"})
    with serving(bench) as shim:
        assert "acquired: None" not in said(coordinator, "show").stdout
        refused = rig("serve", bench)
        assert refused.returncode == 8
        assert "already acquired place lab-1" in refused.stderr
        end(shim)
    assert "acquired: None" in said(coordinator, "show").stdout


def _env() -> dict[str, str]:
    from tests.rig.devices import lab

    return lab.ENV
