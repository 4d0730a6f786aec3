"""Tables that several commands print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Table
from rich.text import Text

from contracts.currency import money_text
from contracts.layout import Layout
from rig.judge import PersonResult, Scores, Verdict


def people_table(title: str, layout: Layout, verdict: Verdict) -> Table:
    """Return the table of shoppers: what each took, was charged, and how long gates, tills and receipts took."""
    table = Table(title=Text(title), title_justify="left")
    at_till = any(person.means for person in verdict.people)
    times = ("shown", "known after", "paid after") if at_till else ("gate", "after leaving")
    for name in ("shopper", "took", "charged", "total", "receipt", *times):
        table.add_column(name, overflow="fold")
    for person in verdict.people:
        table.add_row(
            ", ".join(person.names),
            cart_text(person.took),
            cart_text(person.charged),
            money_text(person.total_minor, layout.currency),
            person.status if person.right else f"{person.status}, WRONG",
            *(_till_times(person) if at_till else _walk_out_times(person)),
        )
    return table


def _walk_out_times(person: PersonResult) -> tuple[str, str]:
    """Return how long the gate and the receipt took."""
    gate = "-" if person.gate_ms is None else f"{person.gate_ms:.0f} ms"
    return gate, "-" if person.receipt_ms is None else f"{person.receipt_ms / 1000:.2f} s"


def _till_times(person: PersonResult) -> tuple[str, str, str]:
    """Return what was shown, and how long it took until the customer was known and had paid."""
    known, paid = ("-" if ms is None else f"{ms / 1000:.2f} s" for ms in (person.known_ms, person.paid_ms))
    return person.means or "-", known, paid


def score_lines(scores: Scores) -> Iterator[str]:
    """Yield the figures of a run in two lines."""
    yield (
        f"receipt lines F1 {_figure(scores.line_f1)} (precision {_figure(scores.line_precision)}, "
        f"recall {_figure(scores.line_recall)}); shelf events precision {_figure(scores.event_precision)}, "
        f"recall {_figure(scores.event_recall)}"
    )
    yield (
        f"tracking HOTA {_figure(scores.hota)}, MOTA {_figure(scores.mota)}, IDF1 {_figure(scores.idf1)}, "
        f"switches {'-' if scores.switches is None else scores.switches}, "
        f"head error {'-' if scores.head_error_cm is None else f'{scores.head_error_cm:.1f} cm'}"
    )


def cart_text(cart: Mapping[str, int]) -> str:
    """Return "2 x fiji-500, 1 x cola"."""
    return "\n".join(f"{count} x {product}" for product, count in sorted(cart.items())) or "-"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
