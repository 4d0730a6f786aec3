"""Where receipt and truth part, and where a page opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from contracts.checkout import Receipt, ReceiptStatus
from contracts.clock import SECOND
from contracts.record import Record
from contracts.records import CartChange
from contracts.truth import TrueStep
from rig.judge.judge import judge_story
from rig.judge.story import Story, tell
from rig.page.ending import broken_off, ending
from rig.page.parting import last_stretch
from rig.scenario.model import Expect
from tests.rig.page.shop import LEFT_NS, TAKEN_NS, layout, records


def end_of(told: list[Record]) -> dict[str, Any]:
    story: Story = tell(layout(), told)
    end: Any = ending(story, judge_story(story, Expect()), Expect())["end"]
    return end


@pytest.mark.parametrize(
    ("moves", "since"),
    [
        ([], None),
        ([(10, -1), (12, 1)], None),  # taken, and seen a little later
        ([(10, -1)], 10),  # never seen
        ([(10, -1), (12, 1), (20, 1)], 20),  # seen, and then once more for nothing
        ([(10, -1), (20, -1), (21, 1)], 10),  # the first of two was missed, as far as anybody can tell
        ([(10, 1), (15, -1), (15, 1)], 10),  # a revision that changes nothing is no new beginning
        ([(20, 1), (10, -1)], None),  # in any order
    ],
)
def test_a_count_is_off_since_its_last_gap_opened(moves: list[tuple[int, int]], since: int | None) -> None:
    assert last_stretch(moves) == since


def test_a_wrong_owner_parts_where_the_goods_were_taken() -> None:
    end = end_of(records())
    assert end["parted"] == {
        "t": TAKEN_NS // 1_000_000, "who": "ana", "product": "cola", "text": "ana: 1 x cola too few on the receipt",
    }  # fmt: skip


def test_when_all_is_right_nothing_parts_and_the_page_opens_at_the_beginning() -> None:
    end = end_of(records(owner="v1"))
    assert (end["outcome"], end["opens"], "parted" in end) == ("pass", 0, False)


def test_a_right_cart_and_a_wrong_receipt_part_at_the_receipt() -> None:
    told = [replace(one, lines=(), total_minor=0) if isinstance(one, Receipt) else one for one in records(owner="v1")]
    assert end_of(told)["parted"]["t"] == (LEFT_NS + SECOND) // 1_000_000


def test_where_nobody_reads_shelves_they_part_at_the_receipt() -> None:
    told = [one for one in records() if not isinstance(one, CartChange)]
    assert end_of(told)["parted"]["t"] == (LEFT_NS + SECOND) // 1_000_000


def test_a_receipt_of_the_wrong_kind_opens_there() -> None:
    held = {"status": ReceiptStatus.REVIEW, "reason": "unsure"}
    told = [replace(one, **held) if isinstance(one, Receipt) else one for one in records(owner="v1")]
    end = end_of(told)
    assert (end["outcome"], end["opens"]) == ("fail", (LEFT_NS + SECOND) // 1_000_000)
    assert "parted" not in end


def test_trouble_of_the_rig_opens_at_the_step() -> None:
    problem = TrueStep(
        t_ns=4 * SECOND, source="truth", shopper="ana", index=1, text="take: tea", done=True, problem="none"
    )
    end = end_of([*records(owner="v1"), problem])
    assert (end["outcome"], end["opens"]) == ("error", 4000)


def test_a_run_that_broke_off_says_why() -> None:
    assert broken_off("the stack died")["end"]["troubles"] == ["the stack died"]
