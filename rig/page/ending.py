"""The end of the page: the verdict, receipts against truth, and where the two part."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from contracts.currency import money_text
from rig.judge import Verdict
from rig.judge.carts import settle
from rig.judge.judge import due
from rig.judge.story import Story
from rig.page.model.part import Batch, ms
from rig.page.parting import Parting, opening, parted
from rig.scenario.model import Expect

WORDS = {
    "pass": "Receipts are right",
    "fail": "The product was wrong",
    "error": "The rig or the script was wrong",
    "unjudged": "No truth to judge by",
}


def ending(story: Story, verdict: Verdict, expect: Expect) -> Batch:
    """Return what the page is told when a run is over.

    Args:
        story: the run without pictures and samples.
        verdict: on it.
        expect: what the scenario says must come of it.
    """
    groups = _groups(story)
    first = parted(story, verdict, expect, groups)
    end: dict[str, Any] = {
        "outcome": verdict.outcome.value,
        "words": WORDS[verdict.outcome],
        "differences": list(verdict.differences),
        "troubles": list(verdict.troubles),
        "scores": {name: value for name, value in asdict(verdict.scores).items() if value is not None},
        "people": _people(story, verdict, expect),
        "opens": ms(opening(story, verdict, first)),
    }
    end |= {"parted": _told(first)} if first else {}
    return {"groups": groups, "end": end}


def broken_off(why: str) -> Batch:
    """Return what the page is told when a run ended early and nobody could judge it."""
    end = {"outcome": "error", "words": WORDS["error"], "differences": [], "troubles": [why], "people": []}
    return {"end": end | {"scores": {}}}


def _told(parting: Parting) -> dict[str, Any]:
    return {"t": ms(parting.t_ns), "who": parting.who, "product": parting.product, "text": parting.text}


def _groups(story: Story) -> dict[str, dict[str, str]]:
    """Return the group of every shopper and visit, as the judge brought them together; named after its first."""
    groups: dict[str, dict[str, str]] = {"shoppers": {}, "visits": {}}
    for party, receipts in settle(story)[0]:
        groups["shoppers"] |= dict.fromkeys(party.names, party.names[0])
        groups["visits"] |= dict.fromkeys((receipt.visit for receipt in receipts), party.names[0])
    return groups


def _people(story: Story, verdict: Verdict, expect: Expect) -> list[dict[str, Any]]:
    return [
        {
            "group": person.names[0],
            "names": list(person.names),
            "took": dict(person.took),
            "charged": dict(person.charged),
            "due": dict(due(person, expect)),
            "total": money_text(person.total_minor, story.layout.currency),
            "status": person.status,
            "gate_ms": person.gate_ms,
            "receipt_ms": person.receipt_ms,
        }
        for person in verdict.people
    ]
