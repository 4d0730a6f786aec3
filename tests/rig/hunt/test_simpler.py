"""What is simpler is smaller, and ends."""

from __future__ import annotations

from itertools import islice

from rig.hunt.draw import outlines
from rig.hunt.simpler import simpler, size
from rig.strategies.plot import Deed, Plot, Visitor
from tests.rig.hunt.fakes import traits


def test_the_plainest_has_nothing_simpler_but_less_of_it() -> None:
    assert [plot for plot in simpler(Plot()) if size(plot) < size(Plot())] == []


def test_shoppers_go_first_with_all_that_they_do() -> None:
    plot = Plot((Visitor(), Visitor()), (Deed(0, "take", 3), Deed(1, "look")))
    fewer = [each for each in simpler(plot) if len(each.visitors) == 1]
    assert [each.deeds for each in fewer] == [(Deed(0, "take", 3),), (Deed(0, "look"),)]


def test_every_drawn_outline_can_be_made_smaller_down_to_nothing() -> None:
    for plot in islice(outlines(3, traits), 20):
        smallest = plot
        while smaller := [each for each in simpler(smallest) if size(each) < size(smallest)]:
            smallest = smaller[0]
        assert smallest == Plot()
