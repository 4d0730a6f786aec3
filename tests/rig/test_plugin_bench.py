"""Pytest at a bench: what tests need is held against the bench as they are collected; the run is told of the bench."""

import csv
from pathlib import Path

import pytest

from tests.rig.test_plugin import BUY_ONE, FAKE_TWIN, suite, write

__all__ = ["suite"]
pytest_plugins = ["pytester"]

BENCH = """\
about: A scanner, and a rack of the twin's on a wire.
tags: [serial]
listen: 127.0.0.1:50071
devices:
  scanner-in: {driver: scanner/zebra-ssi, line: /dev/nothing-there, tags: [imager]}
  gondola-1: {driver: scale/hx711-80, line: "socket://127.0.0.1:4001"}
exposed:
  gondola-1: {emulator: scale/hx711-80, line: "listen://127.0.0.1:4001"}
"""
NEEDY = """\
import pytest

pytestmark = pytest.mark.rig_scenario("buy_one")

@pytest.mark.rig_needs("serial", "imager", "turnstile")
def test_tags(rig):
    rig.run()

@pytest.mark.rig_real("scanner")
def test_real(rig):
    rig.run()

@pytest.mark.rig_needs("osdp")
def test_other_tag(rig):
    rig.run()

@pytest.mark.rig_real("scale")
def test_on_a_wire(rig):
    rig.run()

@pytest.mark.rig_real("camera")
def test_camera(rig):
    rig.run()
"""
AT_THE_BENCH = ("--rig-mode", "bench", "--rig-bench", "lab.yaml")
WHY = {
    "test_other_tag": "needs a bench with the tag osdp, found imager, serial",
    "test_on_a_wire": "needs a real scale, bench lab: gondola-1 is the twin's on a wire",
    "test_camera": "needs a real camera, bench lab: it has none",
}


@pytest.fixture
def lab(suite: pytest.Pytester) -> pytest.Pytester:
    suite.makeconftest(FAKE_TWIN.replace("def pytest_rig_run(config, request):", SEEN, 1))
    write(suite)
    write(suite, BENCH, "lab.yaml")
    return suite


SEEN = """\
def pytest_rig_run(config, request):
    with open(config.rootpath / "seen.txt", "a") as file:
        file.write(f"{request.bench and request.bench.name} {request.serve}\\n")"""


def not_run(lab: pytest.Pytester) -> list[list[str]]:
    (path,) = lab.path.rglob("not_run.csv")
    with path.open() as file:
        return [[row[0].rpartition("::")[2], row[1]] for row in csv.reader(file)][1:]


def test_needs_are_met_by_tags_and_kinds_or_skipped_with_the_reason(lab: pytest.Pytester) -> None:
    lab.makepyfile(NEEDY)
    result = lab.runpytest(*AT_THE_BENCH, next(lab.path.glob("test_*.py")).name)
    result.assert_outcomes(passed=2, skipped=3)
    assert dict(not_run(lab)) == WHY
    assert Path(lab.path, "seen.txt").read_text() == "lab.yaml False\n" * 2


def test_required_needs_are_errors_and_listed_all_the_same(lab: pytest.Pytester) -> None:
    lab.makepyfile(NEEDY)
    name = next(lab.path.glob("test_*.py")).name
    lab.runpytest(*AT_THE_BENCH, "--rig-require", name).assert_outcomes(passed=2, errors=3)
    assert dict(not_run(lab)) == WHY


def test_no_twin_has_tags_or_real_devices(lab: pytest.Pytester) -> None:
    lab.makepyfile(NEEDY)
    lab.runpytest(next(lab.path.glob("test_*.py")).name).assert_outcomes(skipped=5)
    reasons = dict(not_run(lab))
    assert reasons["test_other_tag"] == "needs a bench with the tag osdp, found none"
    assert reasons["test_real"] == "needs a real scanner, mode is sim"


def test_scenario_files_of_other_stores_are_skipped_and_the_rest_is_told_of_the_bench(lab: pytest.Pytester) -> None:
    write(lab, BUY_ONE.replace("corner-shop", "park-gate").replace("- take: aurel-500", ""), "scenarios/elsewhere.yaml")
    lab.runpytest(*AT_THE_BENCH, "--rig-serve", "scenarios").assert_outcomes(passed=1, skipped=1)
    assert not_run(lab)[0][1].startswith("bench lab is not for this store: devices.")
    assert Path(lab.path, "seen.txt").read_text() == "lab.yaml True\n"


@pytest.mark.parametrize(
    ("bench", "said"),
    [
        (BENCH.replace("zebra-ssi", "zebra-sii"), "did you mean 'scanner/zebra-ssi'?"),
        (BENCH.replace("listen: ", "listne: "), "did you mean 'listen'?"),
    ],
)
def test_a_wrong_bench_ends_the_session_before_it_begins(lab: pytest.Pytester, bench: str, said: str) -> None:
    write(lab, bench, "lab.yaml")
    result = lab.runpytest(*AT_THE_BENCH)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert said in result.stderr.str()


def test_a_bench_that_is_not_there_names_those_that_are(lab: pytest.Pytester) -> None:
    result = lab.runpytest("--rig-mode", "bench", "--rig-bench", "nowhere")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "no bench is named 'nowhere'" in result.stderr.str()
