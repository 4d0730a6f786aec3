"""Sim against real: the measures on logs made by hand, on the real log, and the twin's figures in their bands.

The real log is case BENCHMARK-1 of the AutoCheckout competition. It is not part of this repository:
RIG_AUTOCHECKOUT_CASE names its folder, or it lies at ../shared/nanostore/benchmark-1.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contracts.errors import UsageError
from contracts.seeds import stream
from rig.autocheckout import read_case
from rig.cli import fidelity as command
from rig.fidelity.bands import RULES, Rule, compare
from rig.fidelity.log import PickLog, Trace
from rig.fidelity.measure import measure
from rig.fidelity.study import GTIN, PLATE, Study, beside, study

ROOT = Path(__file__).parents[2]
CASE = Path(os.environ.get("RIG_AUTOCHECKOUT_CASE", ROOT.parent / "shared/nanostore/benchmark-1"))
needs_case = pytest.mark.skipif(
    not CASE.is_dir(), reason=f"no real log at {CASE}: set RIG_AUTOCHECKOUT_CASE to a folder of the AutoCheckout format"
)
HZ, STEP_G, SWING_G = 60.0, 0.241, 30.0
SHELF = "gondola-1/shelf-1"


def made(sd_g: float = 2.0, late_s: float = 0.1) -> PickLog:
    """A log of two shelves: white noise, one pick of 500 g after 12.4 s, and a swing of the shelf for a second."""
    draws, samples = stream(1, "made"), round(17 * HZ)
    grams = sd_g * draws.standard_normal((samples, 12)) + 1000
    pick = round(12.4 * HZ)
    grams[pick:, 2] -= 500
    grams[pick + 2, 3] += SWING_G
    grams[pick + 60, 8] += 2 * SWING_G
    plates = tuple(f"gondola-1/shelf-{s}/plate-{n}" for s in (1, 2) for n in range(1, 7))
    late = late_s + 0.004 * draws.standard_normal(85)
    trace = Trace(plates, 0.0, HZ, np.round(grams / STEP_G) * STEP_G, late)
    return PickLog({"gondola-1": trace}, f"{SHELF}/plate-3", 12.4, 499.0)


def test_a_log_made_by_hand_is_measured_as_it_was_made() -> None:
    figures = measure(made()).figures
    assert figures["idle SD, median"] == pytest.approx(2.0, rel=0.1)
    assert figures["lag-1 correlation, p95"] == pytest.approx(0.0, abs=0.15)
    assert figures["converter step"] == pytest.approx(STEP_G, abs=0.001)
    assert figures["message latency, median"] == pytest.approx(100, abs=2)
    assert figures["message jitter"] == pytest.approx(4 * 2**0.5, rel=0.3)
    assert figures["pick, error"] == pytest.approx(1.0, abs=1.0)
    assert figures["swing at once, same shelf, largest"] == pytest.approx(SWING_G, abs=8)
    assert figures["swing in 5 s, other shelves, largest"] == pytest.approx(2 * SWING_G, abs=8)
    assert sum(figures[name] for name in figures if name.startswith("spectrum")) == pytest.approx(1.0, abs=0.01)
    assert set(RULES) == set(figures)


def test_a_band_is_as_wide_as_its_rule_says() -> None:
    assert Rule("g", 2.0).band(3.0) == (1.5, 6.0)
    assert Rule("g", slack=0.5).band(-3.0) == (-3.5, -2.5)
    assert Rule("g", 2.0, 5.0).band(3.0) == (-2.0, 8.0)


def test_a_log_is_within_its_own_bands_and_a_louder_one_is_not() -> None:
    quiet, loud = (measure(made(sd)).figures for sd in (2.0, 6.0))
    assert all(row.inside for row in compare(quiet, quiet))
    outside = {row.name for row in compare(quiet, loud) if not row.inside}
    assert {"idle SD, median", "still SD, median", "idle SD, p90"} <= outside


# --- the real log --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def found() -> Study:
    return study(CASE)


@needs_case
def test_the_real_log_shows_what_was_published_of_it(found: Study) -> None:
    # Published: SD 0.86, 3.4, 9.4 g; drift 0.14 g; step 0.241 g; delta -622.99 g; swing 14-63 g, 54 g; others 19-123 g.
    figures = found.real_measured.figures
    assert len(found.real_measured.idle_g) == 228
    assert figures["idle SD, median"] == pytest.approx(0.86, abs=0.05)
    assert figures["idle SD, p90"] == pytest.approx(3.4, abs=0.3)
    assert figures["idle SD, p99"] == pytest.approx(9.4, abs=1.0)
    assert figures["drift, median"] == pytest.approx(0.14, abs=0.02)
    assert figures["converter step"] == pytest.approx(0.241, abs=0.0005)
    assert figures["pick, change"] == pytest.approx(-622.99, abs=0.3)
    assert figures["swing in 5 s, same shelf, smallest"] == pytest.approx(14, abs=1)
    assert figures["swing in 5 s, same shelf, largest"] == pytest.approx(63, abs=1)
    assert figures["swing in 5 s, other shelves, smallest"] == pytest.approx(19, abs=1)
    assert figures["swing in 5 s, other shelves, largest"] == pytest.approx(123, abs=1)


@needs_case
@pytest.mark.parametrize("name", list(RULES))
def test_the_twin_is_within_the_band_of(found: Study, name: str) -> None:
    (row,) = [row for row in found.rows if row.name == name]
    assert row.inside, f"{row.twin:.3f} {row.unit}, band {row.low:.3f} to {row.high:.3f}, real {row.real:.3f}"


@needs_case
def test_a_twin_three_times_as_loud_is_outside(found: Study) -> None:
    def louder(trace: Trace) -> Trace:
        return replace(trace, grams=trace.grams.mean(axis=0) + 3 * (trace.grams - trace.grams.mean(axis=0)))

    loud = replace(found.twin, traces={name: louder(trace) for name, trace in found.twin.traces.items()})
    plates = [plate for trace in found.real.traces.values() for plate in trace.plates]
    again = beside(found.real, loud, plates)
    assert not again.inside
    assert sum(not row.inside for row in again.rows) > 8


@needs_case
def test_the_item_of_the_log_is_the_twins(found: Study) -> None:
    layout = read_case(CASE).layout
    assert layout.product[GTIN].mass_g == pytest.approx(621.67, abs=0.01)
    assert found.real.plate == found.twin.plate == PLATE
    assert found.twin.mass_g == pytest.approx(621.67, rel=0.03)


# --- the command ---------------------------------------------------------------------------------


@needs_case
def test_the_command_prints_for_programs_and_draws(
    found: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "study", lambda case, seed: found)
    assert command.show_fidelity(CASE, tmp_path / "out", 31, as_json=True) == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["name"] for row in told["figures"]} == set(RULES)
    assert all(row["low"] <= row["twin"] <= row["high"] for row in told["figures"])
    assert Path(told["picture"]).read_bytes().startswith(b"\x89PNG")


@needs_case
def test_the_command_fails_when_a_figure_is_outside(
    found: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = replace(found, rows=(replace(found.rows[0], twin=99.0), *found.rows[1:]))
    monkeypatch.setattr(command, "study", lambda case, seed: wrong)
    assert command.show_fidelity(CASE, tmp_path, 31, as_json=False) == 1
    text = capsys.readouterr().out
    assert "OUTSIDE" in text
    assert f"{len(RULES) - 1} of {len(RULES)} figures inside" in text


def test_without_a_log_the_command_says_where_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RIG_AUTOCHECKOUT_CASE", str(tmp_path / "none"))
    with pytest.raises(UsageError, match="no real log"):
        command.default_case()
