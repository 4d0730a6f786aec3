"""Whatever goes wrong: a message that says where and what to do, the right exit code, a readable recording, no rest.

Where signals, processes or files cut in the middle matter, the real command runs in a process of its own.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from contracts.errors import BadRecording
from contracts.seeds import stream
from rig.recording.reader import Recording
from rig.recording.recorder import Recorder
from tests.contracts.test_wire import plain
from tests.rig.fakes import SETUP, START, FakeSource
from tests.rig.kiosk import (
    COMMAND,
    ENDLESS,
    TAKE_ONE,
    Here,
    Made,
    finish,
    made,
    rig,
    start,
    the_end,
    wait_for_growth,
    write_kiosk,
    write_scenario,
)


@pytest.fixture
def endless(tmp_path: Path) -> Path:
    """A scenario that goes on until somebody ends it."""
    return write_scenario(tmp_path, ENDLESS, "endless.yaml")


@pytest.fixture
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setenv("COLUMNS", "400")
    return Here(capsys)


# --- files ---------------------------------------------------------------------------------------

WRONG = {
    "a misspelt key": (
        ("      - take: {product: aurel-500,", "      - take: {produkt: aurel-500,"),
        ["visit.yaml:8", "produkt", "unknown key", "did you mean 'product'?"],
    ),
    "a misspelt step": (("- take:", "- tka:"), ["visit.yaml:8", "tka", "did you mean 'take'?"]),
    "an unknown product": (
        ("product: aurel-500", "product: aurel-50"),
        ["visit.yaml:8", "unknown product", "expected: a product id or GTIN of kiosk", "'aurel-50'", "'aurel-500'?"],
    ),
    "a shelf that does not exist": (
        ("gondola-1/shelf-3", "gondola-1/shelf-9"),
        ["visit.yaml:8", "kiosk has no such place", "gondola-1/shelf-5", "found: 'gondola-1/shelf-9'"],
    ),
    "a negative time": (
        ("      - enter: qr", "      - wait: -2 s\n      - enter: qr"),
        ["visit.yaml:7", "wait", "expected", "-2 s"],
    ),
    "a product that stands elsewhere": (
        ("gondola-1/shelf-3", "gondola-1/shelf-5"),
        ["visit.yaml:8", "aurel-500 is not on gondola-1/shelf-5", "aurel-500 is on gondola-1/shelf-3"],
    ),
    "an unknown store": (
        ("kiosk.yaml", "kiosko.yaml"),
        ["no store is named 'kiosko.yaml'", "corner-shop", "nanostore"],
    ),
    "broken YAML": (("does:", "does: ["), ["visit.yaml:", "expected"]),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_scenario_is_told_by_line_before_anything_runs(tmp_path: Path, here: Here, case: str) -> None:
    change, said = WRONG[case]
    path = write_scenario(tmp_path, TAKE_ONE.replace(*change))
    code, _, complaint = here("run", path, "--record", tmp_path / "out")
    assert code == 4, complaint
    assert [part for part in said if part not in complaint] == [], complaint
    assert "Traceback" not in complaint
    assert not (tmp_path / "out").exists()


def test_what_is_wrong_with_all_files_is_told_at_once(tmp_path: Path) -> None:
    good = write_scenario(tmp_path, TAKE_ONE, "good.yaml")
    bad = write_scenario(tmp_path, TAKE_ONE.replace("aurel-500", "aurel-5"), "bad.yaml")
    worse = write_scenario(tmp_path, TAKE_ONE.replace("does:", "doess:"), "worse.yaml")
    done = rig("run", good, bad, worse, tmp_path / "missing.yaml", "--record", tmp_path / "out")
    assert done.returncode == 4
    for part in ("bad.yaml:8", "worse.yaml:6", "no scenario is named", "missing.yaml"):
        assert part in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_facing_that_nobody_can_reach_is_told_by_the_stores_line(tmp_path: Path) -> None:
    """A second rack stands so close before the first that nobody gets between them."""
    path = write_kiosk(tmp_path)
    store = yaml.safe_load(path.read_text())
    rack = store["gondolas"]["gondola-1"]
    store["gondolas"]["gondola-2"] = rack | {"at": [rack["at"][0], rack["at"][1] + 0.45], "yaw_deg": 0}
    path.write_text(yaml.safe_dump(store))
    done = rig("run", write_scenario(tmp_path, TAKE_ONE), "--record", tmp_path / "out")
    assert done.returncode == 4, done.stderr
    assert "kiosk.yaml:" in done.stderr
    assert "nobody can reach 'aurel-500'" in done.stderr


def test_a_folder_for_recordings_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    done = rig("run", write_scenario(tmp_path, TAKE_ONE), "--record", tmp_path / "out")
    assert done.returncode == 4
    assert "--record: recordings go into a folder" in done.stderr


def test_a_disk_that_is_full(tmp_path: Path, endless: Path) -> None:
    """The limit on a file's size stands in for it: both are an error of the system in the middle of a write."""
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000)); "
        "sys.argv[0] = 'rig'; from rig.cli import main; main()"
    )
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] == resource.RLIM_INFINITY
    process = start("run", endless, "--record", tmp_path / "out", command=[sys.executable, "-c", code])
    status, _, complaint = finish(process)
    path = tmp_path / "out/endless.mcap"
    assert status == 6, complaint
    assert f"{path}: the recording cannot be written" in complaint
    assert "File too large" in complaint
    assert "Traceback" not in complaint
    kept = list(Recording(path).records())
    assert max(record.t_ns for record in kept) > 1_000_000_000


# --- recordings ----------------------------------------------------------------------------------


def test_a_cut_recording_is_read_to_the_cut_and_never_called_a_verdict(first: Made, tmp_path: Path) -> None:
    data = first.path("take_one").read_bytes()
    path = tmp_path / "cut.mcap"
    path.write_bytes(data[: len(data) * 2 // 3])
    told = rig("inspect", path, "--json")
    assert told.returncode == 0, told.stderr
    said = json.loads(told.stdout)
    assert said["ended"] is None
    assert said["cut"]
    assert said["verdict"]["outcome"] == "error"
    assert "cut short" in said["verdict"]["troubles"][0]
    assert {c["topic"] for c in said["channels"]} >= {"/setup", "/camera/c1/depth", "/weights/gondola-1"}
    again = rig("replay", path, "--record", tmp_path / "out")
    assert again.returncode == 6
    assert "cut short" in again.stdout
    assert the_end(next((tmp_path / "out").glob("*.mcap"))).status == "finished"


def test_a_corrupt_recording_is_told_by_its_file(first: Made, tmp_path: Path, here: Here) -> None:
    data = bytearray(first.path("take_one").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 64] = bytes(64)
    path = tmp_path / "corrupt.mcap"
    path.write_bytes(data)
    for command in (["inspect", path], ["inspect", path, "--digest"], ["replay", path, "--record", tmp_path / "out"]):
        code, _, complaint = here(*command)
        assert code == 6, complaint
        assert f"{path}: the recording is damaged" in complaint
        assert "Traceback" not in complaint


def small_recording(path: Path) -> bytes:
    recorder = Recorder(path, START)
    for record in [SETUP, *FakeSource(6.0).all()]:
        recorder.write([record])
        recorder.tick(record.t_ns)
    recorder.close("finished", now_ns=6 * 10**9)
    return path.read_bytes()


@pytest.mark.parametrize("way", ["anywhere", "beginning", "end", "cut"])
def test_damage_is_told_or_read_up_to_and_never_passed_off_as_a_run(tmp_path: Path, way: str) -> None:
    """Bytes are changed all over: what is then still called whole is what was recorded."""
    data = small_recording(tmp_path / "a.mcap")
    right = [plain(record) for record in Recording(tmp_path / "a.mcap").records()]
    draw, path, told = stream(1, "damage", way), tmp_path / "damaged.mcap", list[str]()
    first = {"end": len(data) - 2500}.get(way, 0)
    last = {"beginning": 300}.get(way, len(data))
    for _ in range(40):
        damaged = bytearray(data[: draw.integers(100, len(data))] if way == "cut" else data)
        for place in draw.integers(first, min(last, len(damaged)), 2):
            damaged[place] ^= int(draw.integers(1, 256))
        path.write_bytes(damaged)
        try:
            recording = Recording(path)
            read = [plain(record) for record in recording.records()]
        except BadRecording as error:
            told.append(str(error))
            continue
        assert read == right[: len(read)]
        assert len(read) == len(right) or recording.cut_at
    assert all(str(path) in text for text in told)


@pytest.mark.parametrize("command", ["inspect", "why", "replay"])
def test_what_is_no_recording(tmp_path: Path, here: Here, command: str) -> None:
    (tmp_path / "x.mcap").write_text("not one\n" * 99)
    code, _, complaint = here(command, tmp_path / "x.mcap")
    assert code == 6
    assert f"{tmp_path / 'x.mcap'}: this is not a recording" in complaint
    assert "Traceback" not in complaint


# --- ends of the run -----------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_closes_its_recording(tmp_path: Path, endless: Path, sent: signal.Signals) -> None:
    path = tmp_path / "out/endless.mcap"
    process = start("run", endless, "--record", tmp_path / "out")
    wait_for_growth(process, path)
    process.send_signal(sent)
    code, _, complaint = finish(process)
    assert code == 2, complaint
    assert "rig: interrupted" in complaint
    assert str(path) in complaint
    assert "Traceback" not in complaint
    end = the_end(path)
    assert end.status == "interrupted"
    assert end.reason == ("by the user" if sent is signal.SIGINT else "by SIGTERM")
    assert end.t_ns >= 2_000_000_000
    told = rig("inspect", path)
    assert told.returncode == 0
    assert "ended: interrupted" in told.stdout


def test_a_killed_run_leaves_a_recording_up_to_its_last_second(tmp_path: Path, endless: Path) -> None:
    path = tmp_path / "out/endless.mcap"
    process = start("run", endless, "--record", tmp_path / "out")
    wait_for_growth(process, path, seconds=3)
    process.kill()
    assert finish(process)[0] == -signal.SIGKILL
    recording = Recording(path)
    assert max(record.t_ns for record in recording.records()) >= 3_000_000_000
    assert recording.end is None
    told = rig("inspect", path)
    assert told.returncode == 0, told.stderr
    assert "cut short" in told.stdout


# --- the command ---------------------------------------------------------------------------------


def test_the_installed_command_is_this_one() -> None:
    script = Path(sys.executable).with_name("rig")
    code, out, _ = finish(start("--help", command=[str(script)]))
    assert code == 0
    assert "rig [OPTIONS] COMMAND" in out


def test_an_output_that_nobody_reads() -> None:
    """`rig ... | head` is no fault to make a noise about."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*COMMAND, "schema", "scenario"], check=False, stdout=write, stderr=subprocess.PIPE, text=True
    )
    os.close(write)
    assert done.returncode == 6
    assert done.stderr == ""
