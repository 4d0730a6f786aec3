"""Figures of cases made by hand, their report, its JSON, table, pictures and gates."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from contracts.errors import UsageError
from rig.score.case import Counts, State
from rig.score.figures import ALL, figures
from rig.score.gates import check_gates, read_gates
from rig.score.plots import draw_score
from rig.score.report import FORMAT, as_data, report
from rig.score.table import case_line, closing_lines, headline, number, score_tables
from tests.rig.scorecases import case, units

TWO = [
    case(
        "a", **units(2, 2, 2), lines=((0.99, True, True), (0.9, True, True)), latencies_ms=(2000.0,),
        tracking={"hota": 1.0, "mota": 1.0, "idf1": 1.0}, cost=(20.0, 2.0, 40.0),
    ),
    case(
        "b", shoppers=2, **(units(1, 2, 3) | {"receipts": 2, "due_final": 2, "held": 1}), events=4, events_right=3,
        changes=5, changes_seen=4, owners=3, owners_right=2, final_lines=3, final_missed=1, switches=2,
        lines=((0.8, True, True), (0.95, False, True), (0.4, False, False)), latencies_ms=(2500.0, 3500.0),
        tracking={"hota": 0.8, "mota": 0.9, "idf1": 0.7}, cost=(60.0, None, 40.0),
    ),
]  # fmt: skip


def values(*cases_: object) -> dict[str, float | None]:
    return {name: figure.value for name, figure in figures(list(cases_)).items()}  # type: ignore[arg-type]


def test_every_figure_of_two_cases_by_hand() -> None:
    assert values(*TWO) == {
        "exact": pytest.approx(1 / 3),
        "exact_cases": 0.5,
        "f1": pytest.approx(2 * 3 / (4 + 5)),
        "f1_mean": pytest.approx((1 + 2 / 5) / 2),
        "precision": 0.75,
        "recall": 0.6,
        "event_precision": 0.75,
        "event_recall": 0.8,
        "owner": pytest.approx(2 / 3),
        "wrong": 0.25,
        "missed": pytest.approx(1 / 3),
        "held": pytest.approx(1 / 3),
        "ece": pytest.approx((abs(0.99 + 0.9 + 0.95 - 2) + abs(0.8 - 1) + 0.4) / 5),
        "hota": pytest.approx(0.9),
        "idf1": pytest.approx(0.85),
        "mota": pytest.approx(0.95),
        "switches": 2,
        "cpu": 1.0,
        "stack_cpu": 0.05,
        "latency_median": 2500.0,
        "latency_p95": pytest.approx(3400.0),
        "latency_max": 3500.0,
    }


def test_of_no_cases_there_is_no_figure() -> None:
    assert set(values().values()) == {None}
    empty = report([], suite="x")
    assert empty.by_shoppers == {}
    assert as_data(empty)["total"]["cases"] == 0


def test_a_case_in_which_nothing_was_bought_counts_for_receipts_and_not_for_f1() -> None:
    nothing = case("c", receipts=1, exact=1, due_final=1)
    assert nothing.counts.f1 is None
    found = values(TWO[0], nothing)
    assert (found["exact"], found["f1_mean"]) == (1.0, 1.0)


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_f1_is_the_same_whichever_side_errs(right: int, more: int, less: int) -> None:
    over = Counts(units_right=right, units_billed=right + more, units_taken=right + less)
    under = Counts(units_right=right, units_billed=right + less, units_taken=right + more)
    assert over.f1 == under.f1
    assert over.f1 is None or 0 <= over.f1 <= 1
    assert (over.f1 == 1.0) == (right > 0 and more == less == 0)


@given(st.permutations(range(6)))
@settings(max_examples=15, deadline=None)
def test_the_order_in_which_cases_end_does_not_matter(order: list[int]) -> None:
    known = [
        case(f"case-{i}", shoppers=1 + i % 3, **units(i, i + 1, i + 2), latencies_ms=(float(i),)) for i in range(6)
    ]
    assert as_data(report([known[i] for i in order], suite="x")) == as_data(report(known, suite="x"))


def test_rates_carry_wilson_and_the_rest_the_bootstrap() -> None:
    found = figures([case(str(i), **units(i % 2, 1, 1)) for i in range(20)])
    exact, f1 = found["exact"], found["f1"]
    assert (exact.low, exact.high, exact.of) == (pytest.approx(0.299, abs=1e-3), pytest.approx(0.701, abs=1e-3), 20)
    assert f1.low is not None
    assert f1.high is not None
    assert 0.2 < f1.low < 0.5 < f1.high < 0.8
    assert found["latency_median"].value is None


def test_a_case_that_could_not_be_run_is_listed_and_not_scored() -> None:
    broken = case("z", state=State.ERROR, troubles=("no such thing\nat all",), **units(0, 5, 5))
    found = report([*TWO, broken], suite="x")
    assert (found.total.cases, found.wanted, len(found.cases)) == (2, 3, 3)
    assert found.total.figures["f1"].value == pytest.approx(2 / 3)
    assert [each.name for each in found.troubled] == ["z"]
    assert case_line(broken) == "z: ERROR: no such thing"


def test_groups_are_by_number_of_shoppers() -> None:
    found = report(TWO, suite="x")
    assert list(found.by_shoppers) == [1, 2]
    assert found.by_shoppers[2].figures["switches"].value == 2
    assert found.by_shoppers[1].figures["f1"].value == 1.0


def test_the_json_keeps_its_keys() -> None:
    data = json.loads(json.dumps(as_data(report(TWO, suite="s", about="x", stack="reference"))))
    assert data["format"] == FORMAT == 1
    assert list(data) == [
        "format", "suite", "about", "stack", "wanted", "total", "by_shoppers", "reliability", "notes", "cases",
    ]  # fmt: skip
    assert list(data["total"]["figures"]) == [kind.name for kind in ALL]
    assert list(data["total"]["figures"]["f1"]) == ["value", "low", "high", "of"]
    assert list(data["by_shoppers"]) == ["1", "2"]
    assert list(data["reliability"][0]) == ["low", "high", "lines", "probability", "right"]
    assert list(data["cases"][0]) == [
        "name", "seed", "store", "shoppers", "state", "counts", "lines", "latencies_ms", "tracking", "cost", "troubles",
        "recording", "f1",
    ]  # fmt: skip
    assert data["cases"][0]["state"] == "scored"
    assert list(data["cases"][0]["counts"]) == [
        "receipts", "exact", "due_final", "held", "units_right", "units_billed", "units_taken", "final_lines",
        "final_missed", "events_right", "events", "changes_seen", "changes", "owners_right", "owners", "switches",
    ]  # fmt: skip


def test_gates_in_total_by_shoppers_and_from_above() -> None:
    gates = read_gates(["f1=0.6", "f1@2=0.5", "f1@7=0.1"], ["wrong=0.25", "wrong=0.2"])
    checked = check_gates(gates, report(TWO, suite="x"))
    assert [gate.met for gate in checked] == [True, False, False, True, False]
    assert [str(gate) for gate in checked][1:4] == [
        "f1@2 = 0.4, at least 0.5: missed",
        "f1@7 = nothing, at least 0.1: missed",
        "wrong = 0.25, at most 0.25: met",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("f2=0.5", "did you mean 'f1'?"),
        ("f1", "f1=0.97 or f1@3=0.95"),
        ("f1=high", "f1=0.97"),
        ("f1@x=0.5", "f1@3"),
        ("f1=nan", "f1=0.97"),
    ],
)
def test_a_gate_that_says_nothing_is_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match="--min") as caught:
        read_gates([text], [])
    assert said in str(caught.value)


def test_the_table_fits_the_screen_and_says_all_groups() -> None:
    found = report([case(str(n), shoppers=n, **units(n, n, n)) for n in (1, 2, 3, 5, 8, 12, 20)], suite="x")
    console = Console(width=80, record=True, file=io.StringIO())
    for table in score_tables(found, 80):
        console.print(table)
    text = console.export_text()
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    assert all(f"{n} shoppers" in text for n in (2, 3, 5, 8, 12, 20))
    assert all(text.count(kind.name) >= 3 for kind in ALL)
    assert headline(found) == "x: 7 of 7 cases scored, as recorded"


def test_what_a_table_cannot_say_is_said_below_it() -> None:
    died = case("d", state=State.DIED, troubles=("the stack failed",))
    text = "\n".join(closing_lines(report([*TWO, died], suite="x", notes=["one is left out"])))
    assert "  - d: died: the stack failed" in text
    assert "1 notes" in text


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [("f1", 0.9876, "0.988"), ("latency_p95", 2016.7, "2.02 s"), ("cpu", 0.5, "0.50"), ("switches", 3.0, "3")],
)
def test_numbers_have_the_digits_they_are_worth(name: str, value: float, text: str) -> None:
    (kind,) = [kind for kind in ALL if kind.name == name]
    assert number(kind, value) == text


def test_pictures_are_drawn_also_of_cases_without_a_line(tmp_path: Path) -> None:
    for suite, cases_ in (("full", TWO), ("bare", [case("c", receipts=1)])):
        for file in draw_score(report(cases_, suite=suite), tmp_path / "plots"):
            assert file.read_bytes().startswith(b"\x89PNG")
