"""The commands, asked for the impossible: what is wrong, where, and what to try."""

import json
from pathlib import Path

import pytest

from tests.rig.devices.lab import free_port, rig, serving, write_bench

pytestmark = pytest.mark.slow  # starts a dozen commands and shims


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    return write_bench(tmp_path)


def test_all_devices_that_are_not_there_are_told_at_once(bench: Path) -> None:
    done = rig("probe", bench)
    assert done.returncode == 8
    for line in (
        "gondola-1: FAULT",
        "scanner-in: FAULT",
        "No such file",
        "Connection refused",
        "0 of 2 devices are well",
    ):
        assert line in done.stdout
    assert done.stdout.count("try: check the cable") == 2


def test_a_shim_serves_all_the_same_and_says_what_is_not_open(bench: Path) -> None:
    with serving(bench) as shim:
        listed = rig("list", bench)
        assert listed.returncode == 0
        assert listed.stdout.count("FAULT") == 2
        watched = rig("watch", bench)
        assert watched.returncode == 8
        assert "2 devices cannot be had" in watched.stderr
        twice = rig("serve", bench)
        assert twice.returncode == 6
        assert "the port is taken" in twice.stderr
        shim.terminate()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("serve", "lab.yaml", "--only", "scanner-inn"), 4, "the bench hosts no scanner-inn"),
        (("serve", "lab.yaml", "--store", "kiosk"), 4, "the store kiosk has no such device"),
        (("serve", "nowhere"), 4, "no bench is named 'nowhere'"),
        (("list", "127.0.0.1:99999"), 4, "a port from 1 to 65535"),
        (("probe", "lab.yaml", "gondola-9"), 4, "the bench has no device gondola-9"),
        (("probe", "socket://127.0.0.1:1"), 8, "the line is not there"),
        (("release", "lab.yaml"), 8, "no device shim listens there"),
        (("certs", "certs"), 4, "nothing to make"),
        (("new", "scaner", "x"), 4, "did you mean 'scanner'?"),
        (("new", "scanner", "My-X"), 4, "a package cannot have that name"),
        (("new", "scanner", "lab.yaml"), 4, "a package cannot have that name"),
    ],
)
def test_what_is_wrong_is_told(bench: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = rig(*words, folder=bench.parent)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_scale_of_no_known_store_has_no_plates(bench: Path) -> None:
    bench.write_text(bench.read_text().replace("store: corner-shop\n", ""))
    done = rig("serve", bench)
    assert done.returncode == 4
    assert "lab.yaml:5: devices.gondola-1: nothing says which plates it has" in done.stderr


def test_drivers_are_listed_with_what_may_be_said_of_them() -> None:
    done = rig("drivers", "scale/mt", "--json")
    assert done.returncode == 0
    first, second = json.loads(done.stdout)
    assert (first["name"], second["name"]) == ("scale/mt-sics", "scale/mt-sics-stable")
    assert first["options"] == {"sample rate": None, "block": None, "seed": 0}
    assert first["emulated"]


def test_a_skeleton_is_not_written_over(tmp_path: Path) -> None:
    assert rig("new", "scanner", "my_eye", folder=tmp_path).returncode == 0
    assert (tmp_path / "my_eye" / "my_eye.py").exists()
    done = rig("new", "scanner", "my_eye", folder=tmp_path)
    assert done.returncode == 4
    assert "there is something of that name" in done.stderr


def test_certificates_let_a_bench_be_reached_and_nobody_without_them(tmp_path: Path) -> None:
    made = rig("certs", "certs", "--host", "127.0.0.1", "--client", "me", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    bench = tmp_path / "lab.yaml"
    devices = "devices: {scanner-in: {driver: scanner/text, line: /dev/nothing}}\n"
    text = f"about: x\ntls: certs\nlisten: 127.0.0.1:{free_port()}\n{devices}"
    bench.write_text(text)
    with serving(bench):
        assert rig("list", bench).returncode == 0
        bench.write_text(text.replace("tls: certs\n", ""))
        assert rig("list", bench).returncode == 8
