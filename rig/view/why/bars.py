"""The readings of a change and how probable the stack held each."""

from __future__ import annotations

from typing import Any

from contracts.records import CartChange, Hypothesis
from rig.view.why.look import INK, PALE, PERSON

MOST = 6


def reading(hypothesis: Hypothesis) -> str:
    """Return who and what in a few words."""
    what = f"{hypothesis.count:+d} x {hypothesis.product}" if hypothesis.product else "nothing"
    return f"{hypothesis.visit or 'nobody'}: {what}"


def draw_bars(axes: Any, change: CartChange) -> None:
    """Draw the chosen reading and the most probable others as bars."""
    shown = [change.chosen, *change.alternatives[:MOST]]
    rest = change.alternatives[MOST:]
    rows = range(len(shown))
    axes.barh(rows, [h.probability for h in shown], color=[PERSON] + [PALE] * (len(shown) - 1), height=0.34)
    for row, hypothesis in zip(rows, shown, strict=True):
        weight = "bold" if row == 0 else "normal"
        axes.text(0, row - 0.24, reading(hypothesis), fontsize=8, va="bottom", color=INK, weight=weight)
        axes.text(1, row - 0.24, _percent(hypothesis.probability), fontsize=8, va="bottom", ha="right", color=INK)
    axes.set_xlim(0, 1)
    axes.set_ylim(MOST + 0.6, -0.8)
    axes.axis("off")
    more = f"; {len(rest)} more not shown" if rest else ""
    axes.set_title(f"readings{more}", loc="left", fontsize=9)


def _percent(probability: float) -> str:
    """Return a probability for people: never 100 % of something that is less than certain."""
    if 0 < probability < 0.001:
        return "< 0.1 %"
    return "> 99.9 %" if 0.999 < probability < 1 else f"{100 * probability:.1f} %"
