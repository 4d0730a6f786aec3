"""What was taken beside what was charged, as text that a person reads."""

from __future__ import annotations

from collections.abc import Iterator

from rig.judge import PersonResult, Verdict


def receipt_difference(verdict: Verdict) -> str:
    """Return everybody's goods beside their receipt, wrong lines marked, and what else differs.

    Args:
        verdict: of a run.
    """
    lines = [line for person in verdict.people for line in _person(person)]
    lines += [f"- {difference}" for difference in verdict.differences]
    lines += [f"- trouble of the rig: {trouble}" for trouble in verdict.troubles]
    return "\n".join(lines or ["nobody came, and nothing was charged"]) + "\n"


def _person(person: PersonResult) -> Iterator[str]:
    yield f"{' and '.join(person.names)}: receipt {person.status}"
    products = sorted(set(person.took) | set(person.charged))
    width = max((len(product) for product in products), default=len("product"))
    yield f"    {'product':{width}}  taken  charged" if products else "    nothing taken, nothing charged"
    for product in products:
        took, charged = person.took.get(product, 0), person.charged.get(product, 0)
        yield f"  {' ' if took == charged else '!'} {product:{width}}  {took:5}  {charged:7}"
    yield ""
