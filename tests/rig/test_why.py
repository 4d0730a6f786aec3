"""Why a receipt says what it says, from a whole visit."""

import json

import pytest

from contracts.errors import UsageError
from rig.judge.story import Story, gather
from rig.why import as_text, explain_receipts
from tests.rig.kiosk import Here, Made, made


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return made(tmp_path_factory, "first")


@pytest.fixture(scope="module")
def story(first: Made) -> Story:
    return gather(first.recording("two"))


def test_a_line_rests_on_the_change_of_load_the_hand_and_the_frames(story: Story) -> None:
    (explained,) = explain_receipts(story, "ben")
    (reason,) = (r for r in explained.reasons if r.line is not None)
    (ground,) = reason.grounds
    assert (explained.who, reason.product, reason.line and reason.line.count) == ("ben", "brume-green-500", 1)
    assert ground.event is not None
    assert sum(ground.event.deltas_g) == pytest.approx(-540, abs=15)
    assert all(plate.startswith("gondola-1/shelf-3/") for plate in ground.event.plates)
    assert ground.change.chosen.probability > 0.5
    assert ground.change.hand is not None
    assert set(ground.change.cameras) <= {"c1", "c2", "c4"}
    assert len(ground.change.cameras) > 0


def test_what_was_given_back_is_told_too(story: Story) -> None:
    (explained,) = explain_receipts(story, "ana")
    assert explained.receipt.lines == ()
    (reason,) = explained.reasons
    assert (reason.product, reason.line) == ("aurel-500", None)
    assert [ground.change.chosen.count for ground in reason.grounds] == [1, -1]


def test_everybody_is_explained_when_nobody_is_named(story: Story) -> None:
    assert sorted(each.who for each in explain_receipts(story)) == ["ana", "ben"]


def test_the_text_names_time_plate_weight_hand_frames_and_alternatives(story: Story) -> None:
    (explained,) = explain_receipts(story, "ben")
    text = "\n".join(as_text(explained, story.start))
    for part in ("ben in two: receipt", "1 x brume-green-500, p = ", "took 1", " g", "hand at (", "frames: c", "or: "):
        assert part in text
    assert "gondola-1/shelf-3/plate-" in text


def test_unknown_shoppers_are_told(story: Story) -> None:
    with pytest.raises(UsageError, match="no such shopper") as caught:
        explain_receipts(story, "bem")
    assert "expected: ana, ben" in str(caught.value)


def test_the_command(first: Made, capsys: pytest.CaptureFixture[str]) -> None:
    here = Here(capsys)
    code, out, _ = here("why", first.path("take_one"), "--shopper", "ana", "--json")
    assert code == 0
    (told,) = json.loads(out)
    assert told["reasons"][0]["line"]["product"] == "aurel-500"
    assert told["reasons"][0]["grounds"][0]["change"]["alternatives"]
    code, out, _ = here("why", first.path("take_one"))
    assert code == 0
    assert "1 x aurel-500" in out
    code, _, complaint = here("why", first.path("take_one"), "--shopper", "nobody")
    assert code == 4
    assert "no such shopper" in complaint
