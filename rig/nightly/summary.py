"""One page a night: what changed, what is wrong and how to see it, figures beside those of the last good night."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from rig.nightly.blame import Blame
from rig.nightly.compare import FOR_THE_WORSE, Change
from rig.nightly.job_table import jobs_table
from rig.nightly.night import Head
from rig.nightly.row import Row
from rig.nightly.steps import Step
from rig.nightly.tables import table

STYLE = """
:root { color-scheme: light dark; --line: #8884; --bad: #c62828; --good: #2e7d32 }
body { font: 15px/1.45 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem } h2 { font-size: 1.1rem; margin-top: 2rem }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .3rem .6rem .3rem 0;
border-bottom: 1px solid var(--line); vertical-align: top } td.n, th.n { text-align: right;
font-variant-numeric: tabular-nums } code, pre { font: 13px ui-monospace, monospace; white-space: pre-wrap; margin: 0 }
.bad { color: var(--bad) } .good { color: var(--good) } .wide { overflow-x: auto }
@media (prefers-color-scheme: dark) { :root { --bad: #ef9a9a; --good: #a5d6a7 } }
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says.

    Args:
        rows: all that was found.
        changed: against the last good night.
        good: how it came out.
        against: name of the last good night, "" when there is none.
        blames: first bad commits, by what went wrong.
        steps: all of the plan.
        put_off: those that had no room in their job's share.
        costs: wall seconds of each step, by its id.
    """

    rows: Sequence[Row]
    changed: Sequence[Change]
    good: bool
    against: str
    blames: Mapping[tuple[str, str, str], Blame]
    steps: Sequence[Step] = ()
    put_off: Sequence[Step] = ()
    costs: Mapping[str, float] = field(default_factory=dict)


def summary(name: str, head: Head, told: Told) -> str:
    """Return the page.

    Args:
        name: of the night.
        head: what it was.
        told: what it found.
    """
    good, rows, against = told.good, told.rows, told.against
    verdict = '<b class="good">good</b>' if good else '<b class="bad">not good</b>'
    cases = [row for row in rows if row.outcome]
    counts = ", ".join(f"{count} {outcome}" for outcome, count in Counter(row.outcome for row in cases).most_common())
    held = f"held against {escape(against)}" if against else "the first night: there is nothing to hold it against"
    body = [
        f"<h1>Night {escape(name)}: {verdict}</h1>",
        f"<p>{escape(counts) or 'no cases'}. Code {escape(head.commit[:12] or 'outside a repository')}, {held}.</p>",
        "<h2>What changed</h2>",
        _changes(told.changed, told.blames),
        "<h2>Jobs</h2>",
        jobs_table(told.steps, told.put_off, told.costs),
        "<h2>Cases</h2>",
        table(("job", "case", "outcome", "what was wrong", "again"), map(_case, cases)),
        "<h2>Figures</h2>",
        table(("job", "case", "measure", "value", "95 %"), map(_figure, (row for row in rows if not row.outcome))),
    ]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Night {escape(name)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<style>{STYLE}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _changes(changed: Sequence[Change], blames: Mapping[tuple[str, str, str], Blame]) -> str:
    if not changed:
        return "<p>Nothing.</p>"
    return table(
        ("turn", "job", "case", "measure", "before", "now", "since"),
        ([_turn(c), *map(escape, c.row.key), _value(c.before), _value(c.row), _since(blames, c)] for c in changed),
    )


def _turn(change: Change) -> str:
    bad = change.turn in FOR_THE_WORSE
    return f'<span class="bad">{change.turn}</span>' if bad else escape(change.turn)


def _since(blames: Mapping[tuple[str, str, str], Blame], change: Change) -> str:
    blame = blames.get(change.row.key)
    if blame is None:
        return ""
    if not blame.commit:
        return escape(blame.why)
    certain = "" if blame.among == 1 else f", or one of the {blame.among - 1} before it"
    return f"<code>{escape(blame.commit[:12])}</code>{certain}"


def _case(row: Row) -> list[str]:
    name = f'<a href="out/{escape(row.page)}">{escape(row.case)}</a>' if row.page else escape(row.case)
    outcome = escape(row.outcome) if row.good else f'<span class="bad">{escape(row.outcome)}</span>'
    return [escape(row.job), name, outcome, f"<pre>{escape(row.detail)}</pre>", f"<code>{escape(row.again)}</code>"]


def _figure(row: Row) -> list[str]:
    span = "" if row.low is None or row.high is None else f"{row.low:.4g} to {row.high:.4g}"
    return [escape(row.job), escape(row.case), escape(row.measure), _value(row), span]


def _value(row: Row | None) -> str:
    if row is None:
        return ""
    return escape(row.outcome) if row.value is None else f"{row.value:.4g}"
