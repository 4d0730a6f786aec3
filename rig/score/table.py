"""A score as a table for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.table import Table

from rig.score.case import CaseScore, State
from rig.score.figures import ALL, Figure, Kind
from rig.score.report import Group, Report

NAME_WIDTH, GROUP_WIDTH = 19, 16


def headline(found: Report) -> str:
    """Return what was scored, in a line."""
    stack = f"stack {found.stack}" if found.stack else "as recorded"
    return f"{found.suite}: {found.total.cases} of {found.wanted} cases scored, {stack}"


def score_tables(found: Report, width: int) -> Iterator[Table]:
    """Yield all figures: in total, and by number of shoppers, in as many tables as the width asks for.

    Args:
        found: the score.
        width: of the screen, characters.
    """
    groups = [("all", found.total)]
    if len(found.by_shoppers) > 1:
        groups += [(_shoppers(count), group) for count, group in found.by_shoppers.items()]
    fit = max(1, (width - NAME_WIDTH) // GROUP_WIDTH)
    for first in range(0, len(groups), fit):
        yield _table(groups[first : first + fit])


def _table(groups: Sequence[tuple[str, Group]]) -> Table:
    table = Table()
    table.add_column("figure", no_wrap=True)
    for name, group in groups:
        table.add_column(f"{name}\n{cases_text(group.cases)}", justify="right", no_wrap=True)
    for kind in ALL:
        table.add_row(kind.name, *(cell(kind, group.figures[kind.name]) for _, group in groups))
    return table


def cases_text(count: int) -> str:
    """Return "1 case" or "2 cases"."""
    return "1 case" if count == 1 else f"{count} cases"


def _shoppers(count: int) -> str:
    return "1 shopper" if count == 1 else f"{count} shoppers"


def cell(kind: Kind, figure: Figure) -> str:
    """Return a figure and, below it, its interval."""
    if figure.value is None:
        return "-"
    value = number(kind, figure.value)
    if figure.low is None or figure.high is None:
        return value
    return f"{value}\n[dim]{number(kind, figure.low)} {number(kind, figure.high)}[/]"


def number(kind: Kind, value: float) -> str:
    """Return a value in the digits that its unit is worth."""
    match kind.unit:
        case "count":
            return f"{value:.0f}"
        case "ms":
            return f"{value / 1000:.2f} s"
        case "s/s":
            return f"{value:.2f}"
        case _:
            return f"{value:.3f}"


def case_line(case: CaseScore) -> str:
    """Return one case in a line: what was exact, its F1, and how long it took."""
    counts = case.counts
    if case.state is not State.SCORED:
        return f"{case.name}: {case.state.value.upper()}: {case.troubles[0].splitlines()[0] if case.troubles else ''}"
    f1 = "-" if counts.f1 is None else f"{counts.f1:.3f}"
    held = f", {counts.held} held" if counts.held else ""
    took = f", {case.cost.simulated_s:.0f} s in {case.cost.wall_s:.0f} s" if case.cost else ""
    trouble = f", trouble: {case.troubles[0]}" if case.troubles else ""
    return f"{case.name}: {counts.exact} of {counts.receipts} exact, F1 {f1}{held}{took}{trouble}"


def closing_lines(found: Report) -> Iterator[str]:
    """Yield what a table cannot say: how to read it, what went wrong, what the suite leaves out."""
    yield "small figures: 95 % intervals, by Wilson for shares of receipts, lines and events, else bootstrap over cases"
    for case in (*found.in_state(State.DIED), *found.troubled):
        yield f"  - {case.name}: {case.state.value}: {'; '.join(case.troubles)}"
    if found.notes:
        yield f"{len(found.notes)} notes of the suite's makers, on what they left out or changed, are in its suite.yaml"
