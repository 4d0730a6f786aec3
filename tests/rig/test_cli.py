"""The command itself: quick to help, plain for programs, and with the exit code that each kind of end has."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.errors import BadRecording, DeviceUnavailable, Divergence, NothingToRun, StackDied, WalkoutError
from rig.cli import app as app_module
from rig.replay import replay
from rig.run import RunResult
from tests.rig.kiosk import LOOK, TAKE_ONE, Here, Made, made, write_scenario

HEAVY = (
    "numpy", "scipy", "cv2", "numba", "pybullet", "grpc", "matplotlib", "pydantic", "yaml", "mcap", "google.protobuf",
    "trackeval", "rig.run", "twin", "stack",
)  # fmt: skip


@pytest.fixture
def here(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.setenv("COLUMNS", "400")
    return Here(capsys)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


# --- help ----------------------------------------------------------------------------------------


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom rig.cli.app import run_command\n"
        f"code = run_command(['--help'])\nprint(code, [m for m in {HEAVY} if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "0 []"
    assert "Run scenarios in the twin and judge them." in done.stdout


@pytest.mark.parametrize("command", ["run", "explain", "inspect", "view", "why", "replay", "doctor", "schema"])
def test_every_command_explains_itself(here: Here, command: str) -> None:
    code, out, _ = here(command, "--help")
    assert code == 0
    assert f"Usage: rig {command}" in out


# --- exit codes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [[], ["run"], ["run", "--nope", "x"], ["view"], ["nope"], ["run", "x", "--seed", "y"], ["import"]]
)
def test_a_wrong_command_line_is_the_callers_and_never_looks_like_an_interruption(
    here: Here, arguments: list[str]
) -> None:
    code, _, complaint = here(*arguments)
    assert code == 4
    assert "Usage:" in complaint


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (StackDied("x"), 1),
        (KeyboardInterrupt(), 2),
        (NothingToRun("x"), 5),
        (BadRecording("x"), 6),
        (ZeroDivisionError("x"), 6),
        (MemoryError("x"), 6),
        (Divergence("x"), 7),
        (DeviceUnavailable("x"), 8),
    ],
)
def test_every_kind_of_end_has_its_exit_code(
    here: Here, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def broken(_: bool) -> int:
        raise error

    monkeypatch.setattr("rig.cli.doctoring.examine", broken)
    error.add_note("recorded up to 3 s: out/x.mcap")
    got, _, complaint = here("doctor")
    assert got == code
    assert "rig: " in complaint
    assert "recorded up to 3 s: out/x.mcap" in complaint
    assert ("Traceback" in complaint) == (not isinstance(error, WalkoutError | KeyboardInterrupt))


def test_a_stacks_own_error_is_shown_with_its_trace(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bool) -> int:
        raise StackDied("the stack failed") from KeyError("shelf-77")

    monkeypatch.setattr("rig.cli.doctoring.examine", broken)
    code, _, complaint = here("doctor")
    assert code == 1
    assert "KeyError: 'shelf-77'" in complaint


def test_the_exit_code_is_what_the_process_ends_with(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["rig", "run"])
    with pytest.raises(SystemExit) as caught:
        app_module.main()
    assert caught.value.code == 4


# --- run -----------------------------------------------------------------------------------------


def test_run_tells_programs_everything(first: Made) -> None:
    assert [run["scenario"] for run in first.told] == ["take_one", "look", "two"]
    told = first.told[0]
    assert told["store"] == "kiosk"
    assert told["verdict"]["outcome"] == "pass"
    assert told["verdict"]["people"][0]["charged"] == {"aurel-500": 1}
    assert told["realtime_factor"] > 0
    assert Path(told["recording"]).is_file()
    assert told["digest"] == first.recording("take_one").digest()


def test_a_wrong_product_is_exit_code_1(here: Here, tmp_path: Path) -> None:
    wrong = write_scenario(tmp_path, f"{LOOK}expect:\n  receipts: {{zebulon: {{aurel-500: 1}}}}\n", "wrong.yaml")
    code, out, _ = here("run", wrong, "--record", tmp_path / "out")
    assert code == 1, out
    assert "verdict: FAIL" in out
    assert "zebulon: receipt says nothing, right is 1 x aurel-500" in out
    assert str(tmp_path / "out/wrong.mcap") in out


def test_a_script_that_cannot_be_played_is_exit_code_6(here: Here, tmp_path: Path) -> None:
    code, out, _ = here("run", write_scenario(tmp_path, f"{LOOK}limit: 4 s\n"), "--record", tmp_path / "out", "--json")
    assert code == 6, out
    assert "out of time" in json.loads(out)[0]["verdict"]["troubles"][0]


def test_what_was_run_before_an_error_is_told_all_the_same(
    here: Here, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Made
) -> None:
    """The second of two runs breaks; the first one's result is not lost."""
    done = replay(first.path("look"), record_dir=None)
    runs = iter([done])

    def run_scenario(*_: object, **__: object) -> RunResult:
        for result in runs:
            return result
        raise StackDied("the stack ended during the run")

    monkeypatch.setattr("rig.cli.running.run_scenario", run_scenario)
    files = [write_scenario(tmp_path, LOOK, "a.yaml"), write_scenario(tmp_path, LOOK, "b.yaml")]
    code, out, complaint = here("run", *files, "--record", tmp_path / "out", "--json")
    assert code == 1
    assert [run["scenario"] for run in json.loads(out)] == ["look-replay"]
    assert "the stack ended during the run" in complaint


def test_two_scenarios_of_one_name_would_write_one_file(here: Here, tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        write_scenario(folder, TAKE_ONE)
    code, _, complaint = here("run", *(folder / "visit.yaml" for folder in folders), "--record", tmp_path / "out")
    assert code == 4
    assert "two scenarios are named 'visit'" in complaint


# --- listings ------------------------------------------------------------------------------------


def test_inspect_for_programs(first: Made, here: Here) -> None:
    code, out, _ = here("inspect", first.path("take_one"), "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["scenario"], told["store"], told["seed"], told["stack"]) == ("take_one", "kiosk", 1, "reference")
    assert told["ended"] == {"status": "finished", "reason": ""}
    assert told["cut"] is None
    assert told["digest"] == first.told[0]["digest"]
    channels = {channel["topic"]: channel for channel in told["channels"]}
    assert channels["/camera/c1/depth"]["rate_hz"] == pytest.approx(10.0, abs=0.1)
    assert channels["/weights/gondola-1"]["rate_hz"] == pytest.approx(5.0, abs=0.1)
    assert channels["/weights/gondola-1"]["longest_gap_ns"] < 300_000_000
    (receipt,) = told["receipts"]
    assert [(line["product"], line["count"]) for line in receipt["lines"]] == [("aurel-500", 1)]
    assert receipt["total_minor"] == 89
    assert told["verdict"]["outcome"] == "pass"


def test_inspect_for_people(first: Made, here: Here) -> None:
    code, out, _ = here("inspect", first.path("take_one"))
    assert code == 0
    for part in ("take_one in kiosk, seed 1", "ended: finished", "/weights/gondola-1", "10.00 Hz", "1 x aurel-500"):
        assert part in out
    assert "verdict: PASS" in out


def test_the_digest_is_one_line(first: Made, here: Here) -> None:
    assert here("inspect", first.path("look"), "--digest") == (0, f"{first.recording('look').digest()}\n", "")


def test_explain_for_programs_and_people(here: Here, tmp_path: Path) -> None:
    path = write_scenario(tmp_path, TAKE_ONE)
    (tmp_path / "kiosk.yaml").unlink()  # it needs no store
    code, out, _ = here("explain", path, "--json")
    (told,) = json.loads(out)
    assert code == 0
    assert (told["scenario"], told["about"]) == ("visit", "A visit to the kiosk.")
    assert [line["what"] for line in told["timeline"]][-1] == "leaves"
    assert "takes aurel-500" in here("explain", path)[1]


@pytest.mark.parametrize("kind", ["scenario", "store"])
def test_schemas_are_schemas(here: Here, kind: str) -> None:
    code, out, _ = here("schema", kind)
    assert code == 0
    assert json.loads(out)["type"] == "object"


def test_an_unknown_schema(here: Here) -> None:
    code, _, complaint = here("schema", "stoer")
    assert code == 4
    assert "scenario, store, bench" in complaint
    assert "stoer" in complaint


def test_doctor_finds_this_machine_in_order(here: Here) -> None:
    code, out, _ = here("doctor", "--json")
    findings = {finding["what"]: finding for finding in json.loads(out)}
    assert code == 0
    assert findings["numpy"]["ok"]
    assert findings["Python 3.11 or newer"]["ok"]
    assert here("doctor")[0] == 0


def test_doctor_says_what_is_missing_and_how_to_get_it(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rig.cli.doctoring.requires", lambda _: ["numpy>=2", "no-such-thing>=1.5"])
    monkeypatch.setattr("rig.cli.doctoring.LIBRARIES", {"libnothing.so.7": "libnothing7"})
    code, out, _ = here("doctor")
    assert code == 6
    assert "missing  no-such-thing: not installed" in out
    assert "pip install 'no-such-thing>=1.5'" in out
    assert "apt-get install libnothing7" in out
