"""Templates: everything is escaped, nothing is forgotten."""

from __future__ import annotations

import pytest

from contracts.errors import RigFault
from stack.web.fill import Html, escaped, fill, joined
from stack.web.words import words

EN = words("en")


def test_a_value_is_escaped_unless_it_is_markup() -> None:
    row = fill("goods/line", EN, name="<b>&\"'", count=1, price=Html("<i>2</i>"))
    assert "&lt;b&gt;&amp;&quot;&#x27;" in row
    assert "<i>2</i>" in row


def test_a_value_with_places_in_it_is_not_filled_again() -> None:
    assert "{{price}}" in fill("goods/line", EN, name="{{price}}", count=1, price="2")


def test_markup_and_text_make_markup_with_the_text_escaped() -> None:
    assert Html("<p>") + "<" + Html("</p>") == "<p>&lt;</p>"
    assert joined([escaped("&"), Html("<br>")]) == "&amp;<br>"


def test_a_place_that_is_not_filled_is_told_with_its_template() -> None:
    with pytest.raises(RigFault, match=r"goods/line(.|\n)*count, name, price(.|\n)*count, name"):
        fill("goods/line", EN, name="x", count=1)


def test_a_part_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(RigFault, match=r"goods\.html(.|\n)*empty, table, line, sum"):
        fill("goods/row", EN)
