from __future__ import annotations

import csv
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

# Pytester forgets modules that were first imported in a session of its own, and numpy cannot be loaded twice.
import rig.replay  # noqa: F401
import twin.store  # noqa: F401

pytest_plugins = ["pytester"]

QUIET = "-p no:hypothesispytest -p no:pytest_cov"  # the first imports all of hypothesis at the end of every session
HEAVY = ("pybullet", "grpc", "cv2", "numba", "numpy", "scipy", "matplotlib", "pydantic", "yaml", "rich", "typer")

BUY_ONE = """\
about: One bottle is bought.
store: corner-shop
seed: 5
shoppers:
  ana:
    does:
      - enter: qr
      - take: {product: aurel-500, from: gondola-1/shelf-3}
      - leave
"""

# Stands in for the twin: what it finds is written in the scenario's `about`, and a file stands for the recording.
FAKE_TWIN = """\
from pathlib import Path

import pytest
from contracts.errors import DeviceUnavailable, StackDied
from rig.judge import Outcome, Verdict
from rig.run import RunResult


def pytest_rig_run(config, request):
    about = request.scenario.about
    recording = None
    if request.record_dir is not None:
        recording = request.record_dir / "fake.mcap"
        recording.write_text(f"{request.scenario.seed} {request.stack} {request.realtime}")
    if "device is gone" in about:
        raise DeviceUnavailable("no answer", where="gate-in", hint="plug it in")
    if "stack dies" in about:
        raise StackDied("the stack died")
    differences = ("ana: receipt says nothing, right is 1 x aurel-500", "more") if "wrong" in about else ()
    troubles = ("ana could not take aurel-500: out of reach",) if "unplayable" in about else ()
    outcome = Outcome.ERROR if troubles else Outcome.FAIL if differences else Outcome.PASS
    return RunResult(
        name=request.scenario.name,
        layout=None,
        verdict=Verdict(outcome=outcome, differences=differences, troubles=troubles),
        recording=recording,
        digest="",
        simulated_ns=20_000_000_000,
        wall_s=10.0,
        renderer="fake",
    )
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with the fake twin and no RIG_ variables of ours."""
    for name in ("RIG_MODE", "RIG_SEED", "RIG_RECORD", "RIG_STORE", "PYTEST_XDIST_WORKER", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest(FAKE_TWIN)
    pytester.makeini(f"[pytest]\naddopts = --strict-markers --strict-config {QUIET}\n")
    return pytester


def write(suite: pytest.Pytester, text: str = BUY_ONE, name: str = "scenarios/buy_one.yaml") -> Path:
    path = suite.path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def recordings(suite: pytest.Pytester) -> list[Path]:
    return sorted(suite.path.rglob("*.mcap"))


# --- loading -------------------------------------------------------------------------------------


def test_loading_the_plugin_imports_nothing_heavy() -> None:
    code = f"import sys, rig.pytest_plugin; print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_can_be_switched_off(suite: pytest.Pytester) -> None:
    write(suite)
    suite.makeconftest("")
    suite.makepyfile("def test_x(): pass")
    result = suite.runpytest("-p", "no:rig")
    result.assert_outcomes(passed=1)
    assert "rig: mode" not in result.stdout.str()


# --- collecting ----------------------------------------------------------------------------------


def test_only_files_with_shoppers_are_tests(suite: pytest.Pytester) -> None:
    write(suite)
    write(suite, "about: a store\ngondolas: {}\n", "fixtures/shop.yaml")
    write(suite, "rules:\n  shoppers: 3\n", "other.yaml")
    write(suite, BUY_ONE, "buy_two.yml")
    result = suite.runpytest("--collect-only", "-q")
    result.stdout.fnmatch_lines_random(["buy_two.yml::buy_two", "scenarios/buy_one.yaml::buy_one"])
    result.assert_outcomes()
    assert "shop.yaml" not in result.stdout.str()
    assert "other.yaml" not in result.stdout.str()


def test_collecting_starts_nothing(suite: pytest.Pytester) -> None:
    suite.makeconftest("def pytest_rig_run(config, request): raise SystemExit('started')")
    write(suite)
    assert suite.runpytest("--collect-only").ret == 0


def test_vary_gives_ordinary_ids_that_can_be_run_alone(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE + "vary:\n  seed: [1, 2]\n")
    result = suite.runpytest("-v", "scenarios/buy_one.yaml::buy_one[seed=2]")
    result.stdout.fnmatch_lines(["scenarios/buy_one.yaml::buy_one[[]seed=2[]] PASSED*"])
    result.assert_outcomes(passed=1)


def test_a_bad_file_is_an_error_that_says_where(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE.replace("shoppers:", "shopers:"))
    result = suite.runpytest()
    assert result.ret == pytest.ExitCode.INTERRUPTED
    result.stdout.fnmatch_lines(["*buy_one.yaml:4: shopers: unknown key", "*did you mean 'shoppers'?"])
    assert "Traceback" not in result.stdout.str()


def test_a_file_that_does_not_fit_its_store_is_an_error_of_that_test_alone(suite: pytest.Pytester) -> None:
    write(suite)
    write(suite, BUY_ONE.replace("aurel-500", "aurel-50"), "scenarios/misspelt.yaml")
    result = suite.runpytest()
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*misspelt.yaml:8: shoppers.ana.does[[]1].take.product: unknown product"])


# --- outcomes ------------------------------------------------------------------------------------


def test_a_wrong_product_is_a_failure_with_the_way_to_see_it_again(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE.replace("bought", "wrong"))
    result = suite.runpytest("--rig-seed", "9")
    result.assert_outcomes(failed=1)
    (recording,) = recordings(suite)
    result.stdout.fnmatch_lines(
        [
            "*= rig =*",
            "scenarios/buy_one.yaml::buy_one",
            "  first difference: ana: receipt says nothing, right is 1 x aurel-500",
            f"  recording: {recording}",
            f"  replay: rig replay {recording}",
            "  run again: pytest scenarios/buy_one.yaml::buy_one --rig-seed 9",
            "real-time factor 2.00 to 2.00, renderer fake",
        ]
    )


@pytest.mark.parametrize("about", ["device is gone", "unplayable"])
def test_trouble_of_the_rig_is_an_error_also_in_the_junit_file(suite: pytest.Pytester, about: str) -> None:
    write(suite, BUY_ONE.replace("bought", about))
    suite.makepyfile("def test_python(rig): rig.run('buy_one')")
    result = suite.runpytest("--junit-xml", "out.xml")
    result.assert_outcomes(errors=2)
    suite_node = ET.parse(suite.path / "out.xml").getroot()[0]
    assert (suite_node.get("errors"), suite_node.get("failures")) == ("2", "0")


def test_a_stack_that_dies_is_the_products_failure(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE.replace("bought", "stack dies"))
    suite.runpytest().assert_outcomes(failed=1)
    assert len(recordings(suite)) == 1


def test_an_expected_failure_is_counted_with_its_reason(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE.replace("bought", "wrong") + "xfail: equal weights need the cameras\n")
    result = suite.runpytest()
    result.assert_outcomes(xfailed=1)
    result.stdout.fnmatch_lines(["1 expected failures:", "  1 x equal weights need the cameras"])


def test_an_expected_failure_hides_neither_trouble_of_the_rig_nor_a_pass(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE.replace("bought", "device is gone") + "xfail: known\n", "scenarios/a.yaml")
    write(suite, BUY_ONE + "xfail: known\n", "scenarios/b.yaml")
    result = suite.runpytest()
    result.assert_outcomes(errors=1, failed=1)
    result.stdout.fnmatch_lines(["*XPASS(strict)*known*"])


def test_what_came_of_a_run_stands_in_the_junit_file(suite: pytest.Pytester) -> None:
    write(suite)
    suite.runpytest("--junit-xml", "out.xml", "--rig-record", "always").assert_outcomes(passed=1)
    said = {p.get("name"): p.get("value") for p in ET.parse(suite.path / "out.xml").getroot().iter("property")}
    assert said["rig_seed"] == "5"
    assert said["rig_store"] == "corner-shop"
    assert said["rig_renderer"] == "fake"
    assert said["rig_realtime_factor"] == "2.00"
    assert said["rig_recording"] == str(recordings(suite)[0])
    assert len(said["rig_scenario"] or "") == 64


# --- options -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--rig-mode", "dream"], "--rig-mode: expected one of: sim, bench, replay, found 'dream'"),
        (["--rig-seed", "-1"], "--rig-seed: expected a whole number, 0 or more, found '-1'"),
        (["--rig-record", "some"], "--rig-record: expected one of: always, failed, never, found 'some'"),
        (["--rig-speed", "2x"], "--rig-speed: expected one of: max, 1x, found '2x'"),
        (["--rig-timeout-scale", "0"], "--rig-timeout-scale: expected a number above 0, found '0'"),
        (["--rig-stack", "mine"], "--rig-stack: expected reference, or grpc://host:port, found 'mine'"),
        (["--rig-mode", "bench"], "--rig-mode bench needs --rig-bench"),
        (["--rig-mode", "replay", "--rig-replay", "gone"], "--rig-replay: no such file"),
    ],
)
def test_a_bad_option_ends_the_session_at_the_start(suite: pytest.Pytester, args: list[str], said: str) -> None:
    result = suite.runpytest(*args)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert said in result.stderr.str()


def test_the_line_goes_before_the_environment_before_the_ini_file(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    suite.makeini(
        f"[pytest]\naddopts = {QUIET}\nrig_seed = 1\nrig_record = always\nrig_speed = 1x\nrig_artifacts = kept\n"
    )
    write(suite)
    monkeypatch.setenv("RIG_SEED", "2")
    monkeypatch.setenv("RIG_STACK", "grpc://h:1")
    suite.runpytest("--rig-seed", "3").assert_outcomes(passed=1)
    (path,) = recordings(suite)
    assert path.read_text() == "3 grpc://h:1 True"
    assert path.is_relative_to(suite.path / "kept")
    suite.runpytest().assert_outcomes(passed=1)
    assert path.read_text() == "2 grpc://h:1 True"


def test_a_bad_value_in_the_environment_names_the_variable(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIG_SEED", "x")
    result = suite.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "environment RIG_SEED: expected a whole number" in result.stderr.str()


@pytest.mark.parametrize(("record", "kept"), [("always", 2), ("failed", 1), ("never", 0)])
def test_recordings_are_kept_as_asked(suite: pytest.Pytester, record: str, kept: int) -> None:
    write(suite)
    write(suite, BUY_ONE.replace("bought", "wrong"), "scenarios/wrong.yaml")
    suite.runpytest("--rig-record", record).assert_outcomes(passed=1, failed=1)
    assert len(recordings(suite)) == kept
    assert len(list((suite.path / "artifacts").glob("*"))) == kept


def test_the_header_says_what_runs(suite: pytest.Pytester) -> None:
    result = suite.runpytest("--rig-seed", "3")
    result.stdout.fnmatch_lines(
        ["rig: mode sim, seed 3, renderer *, bench none, stack reference*", "rig: walkout-rig *"]
    )


def test_a_bench_is_not_shared_between_workers(suite: pytest.Pytester) -> None:
    write(suite, "x: 1\n", "lab.yaml")
    result = suite.runpytest("--rig-mode", "bench", "--rig-bench", "lab.yaml", "-n", "2")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "needs --dist loadgroup, found --dist load" in result.stderr.str()


# --- needs and markers ---------------------------------------------------------------------------

NEEDY = """\
import pytest

@pytest.mark.rig_scenario("buy_one")
@pytest.mark.rig_needs("turnstile", "shelf>=4")
def test_met(rig):
    rig.run()

@pytest.mark.rig_scenario("buy_one")
@pytest.mark.rig_needs("shelf>=400")
def test_too_many(rig):
    rig.run()

@pytest.mark.rig_real("scanner")
def test_real():
    pass
"""


def test_unmet_needs_are_skips_with_a_list(suite: pytest.Pytester) -> None:
    write(suite)
    suite.makepyfile(NEEDY)
    result = suite.runpytest("test_unmet_needs_are_skips_with_a_list.py", "-rs")
    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines_random(["*needs 400 shelf, store corner-shop has 27*", "2 not run,*not_run.csv"])
    with (suite.path / "artifacts/not_run.csv").open() as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["test", "reason"]
    assert [(row[0].split("::")[1], row[1]) for row in rows[1:]] == [
        ("test_real", "needs a real scanner, mode is sim"),
        ("test_too_many", "needs 400 shelf, store corner-shop has 27"),
    ]


def test_required_needs_are_errors(suite: pytest.Pytester) -> None:
    write(suite)
    suite.makepyfile(NEEDY)
    suite.runpytest("test_required_needs_are_errors.py", "--rig-require").assert_outcomes(passed=1, errors=2)


@pytest.mark.parametrize(
    ("mark", "said"),
    [
        ("rig_budget(simm_s=3)", "write rig_budget(sim_s=0.0, wall_s=0.0)"),
        ("rig_fault('c1')", "write rig_fault(device, kind, at=0, for_=0)"),
        ("rig_needs('turnstyle')", "did you mean 'turnstile'?"),
    ],
)
def test_wrong_arguments_of_markers_name_the_signature(suite: pytest.Pytester, mark: str, said: str) -> None:
    suite.makepyfile(f"import pytest\n@pytest.mark.{mark}\ndef test_x(): pass")
    result = suite.runpytest()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert said in result.stderr.str()
    assert "test_x" in result.stderr.str()


def test_markers_shape_the_run(suite: pytest.Pytester) -> None:
    write(suite)
    suite.makeconftest(
        FAKE_TWIN.replace(
            "    recording = None", "    print('FAULTS', request.scenario.faults)\n    recording = None", 1
        )
    )
    suite.makepyfile(
        """
        import pytest

        @pytest.mark.rig_scenario("buy_one", seed=77)
        @pytest.mark.rig_fault("c1", "off", at="2 s")
        def test_fault(rig):
            assert rig.run().verdict.ok

        @pytest.mark.rig_budget(sim_s=19)
        def test_budget(rig):
            rig.run("buy_one")

        @pytest.mark.rig_xfail_feature("hand-over", reason="not yet")
        def test_feature(rig):
            rig.run("buy_one", about="wrong")
        """
    )
    result = suite.runpytest("test_markers_shape_the_run.py", "-rP", "--rig-record", "always")
    result.assert_outcomes(passed=1, failed=1, xfailed=1)
    result.stdout.fnmatch_lines(["FAULTS (FaultPlan(device='c1', kind='off', at_ns=2000000000, for_ns=0),)"])
    result.stdout.fnmatch_lines(["*took 20 s of bench time, the budget is 19 s"])
    assert any(path.read_text().startswith("77 ") for path in recordings(suite))


# --- fixtures ------------------------------------------------------------------------------------


def test_fixtures_serve_tests_in_python(suite: pytest.Pytester) -> None:
    suite.makeini(f"[pytest]\naddopts = {QUIET}\nrig_store = corner-shop\n")
    suite.makepyfile(
        """
        import pytest
        from rig.plugin.outcome import ScenarioFailed
        from rig.scenario.build import scenario, shopper

        def made(about):
            return scenario("mine", about, "corner-shop", shopper("ana").enter().take("aurel-500").leave())

        def test_store(store, clock):
            clock.wait_until(5)
            assert (store.name, clock.now_ns) == ("corner-shop", 5)

        def test_run(rig):
            assert rig.run(made("right")).verdict.ok
            assert not rig.run(made("wrong"), check=False).verdict.ok
            with pytest.raises(ScenarioFailed, match="right is 1 x aurel-500"):
                rig.run(made("wrong"))

        def test_measure(rig):
            rig.measure("latency", 3.5, unit="ms", max=4)
        """
    )
    suite.runpytest("--junit-xml", "out.xml").assert_outcomes(passed=3)
    said = {p.get("name"): p.get("value") for p in ET.parse(suite.path / "out.xml").getroot().iter("property")}
    assert said["measure_latency"]


def test_without_a_store_the_message_says_how_to_name_one(suite: pytest.Pytester) -> None:
    suite.makepyfile("def test_store(store): pass")
    result = suite.runpytest()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*nothing says which store", "*rig_store = corner-shop*"])


def test_no_two_tests_share_a_folder_nor_do_two_workers(tmp_path: Path) -> None:
    from rig.plugin.play import artifact_folder

    names = ["a.py::t[x/y]", "a.py::t[x_y]", "b/a.py::t[x_y]"]
    folders = {artifact_folder(tmp_path, name, worker) for name in names for worker in ("", "gw0", "gw1")}
    assert len(folders) == 9
    assert artifact_folder(tmp_path, names[0], "gw1").parent == tmp_path / "gw1"


def test_it_works_under_xdist(suite: pytest.Pytester) -> None:
    write(suite, BUY_ONE.replace("bought", "wrong"), "scenarios/wrong.yaml")
    write(suite)
    suite.makepyfile(NEEDY)
    result = suite.runpytest("-n", "1")
    result.assert_outcomes(passed=2, failed=1, skipped=2)
    result.stdout.fnmatch_lines_random(["  first difference: ana: *", "2 not run,*not_run.csv"])
    assert recordings(suite)[0].is_relative_to(suite.path / "artifacts/gw0")


# --- replay --------------------------------------------------------------------------------------


def test_a_recording_is_found_by_its_test(suite: pytest.Pytester) -> None:
    suite.makeconftest(FAKE_TWIN.replace('"fake.mcap"', 'f"{request.scenario.name}.mcap"').replace(
        "    about =", "    print('REPLAY', request.replay)\n    about =", 1))  # fmt: skip
    write(suite)
    write(suite, BUY_ONE, "scenarios/never_recorded.yaml")
    suite.runpytest("--rig-record", "always", "--rig-artifacts", "old", "-k", "buy_one")
    (old,) = recordings(suite)
    result = suite.runpytest("--rig-mode", "replay", "--rig-replay", "old", "-rPs")
    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines_random([f"REPLAY {old}", "*mode replay: no recording of it*"])
