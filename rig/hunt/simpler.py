"""What is simpler than an outline: fewer shoppers, then fewer steps, then plainer ones, then earlier and seed 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rig.strategies.plot import VERBS, Deed, Plot, Visitor


def simpler(plot: Plot) -> Iterator[Plot]:
    """Yield the outlines that are a step simpler, those first that take most away."""
    yield from _bold(plot)
    yield from _fewer_shoppers(plot)
    yield from _fewer_deeds(plot)
    for i, deed in enumerate(plot.deeds):
        yield from (_with(plot, i, plainer) for plainer in _plainer(deed))
    for i, visitor in enumerate(plot.visitors):
        if visitor != Visitor():
            yield replace(plot, visitors=(*plot.visitors[:i], Visitor(), *plot.visitors[i + 1 :]))
    if plot.seed:
        yield replace(plot, seed=0)


def size(plot: Plot) -> tuple[int, ...]:
    """Return what is to become small, first things first."""
    numbers = [VERBS.index(deed.verb) + deed.pick + deed.how + deed.who for deed in plot.deeds]
    waits = sum(visitor.arrives_s + visitor.by for visitor in plot.visitors)
    return (len(plot.visitors), len(plot.deeds), sum(numbers), waits, plot.seed)


def _bold(plot: Plot) -> Iterator[Plot]:
    """Yield the outline with everything plain but who does what, and how."""
    deeds = tuple(replace(deed, pick=0) for deed in plot.deeds)
    yield Plot((Visitor(),) * len(plot.visitors), deeds)


def _fewer_shoppers(plot: Plot) -> Iterator[Plot]:
    if len(plot.visitors) == 1:
        return
    for who in reversed(range(len(plot.visitors))):
        visitors = plot.visitors[:who] + plot.visitors[who + 1 :]
        meant = [replace(deed, who=deed.who % len(plot.visitors)) for deed in plot.deeds]
        left = tuple(replace(deed, who=deed.who - (deed.who > who)) for deed in meant if deed.who != who)
        yield replace(plot, visitors=visitors, deeds=left)


def _fewer_deeds(plot: Plot) -> Iterator[Plot]:
    """Yield the outline without half of its deeds, then without each."""
    count = len(plot.deeds)
    for length in dict.fromkeys((count // 2, 1)) if count else ():
        for start in reversed(range(0, count - length + 1, max(1, length))):
            if length:
                yield replace(plot, deeds=plot.deeds[:start] + plot.deeds[start + length :])


def _plainer(deed: Deed) -> Iterator[Deed]:
    plain = Deed(who=deed.who)
    for one in (plain, replace(deed, pick=0), replace(deed, how=0), replace(deed, verb=VERBS[0])):
        if one != deed:
            yield one
    yield from (replace(deed, how=how) for how in range(1, deed.how))
    if deed.who:
        yield replace(deed, who=0)


def _with(plot: Plot, i: int, deed: Deed) -> Plot:
    return replace(plot, deeds=(*plot.deeds[:i], deed, *plot.deeds[i + 1 :]))
