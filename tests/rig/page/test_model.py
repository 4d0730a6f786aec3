"""What goes onto a page: pure functions of records."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.records import CartChange, Hypothesis, Weights
from rig.page.build import batch_of
from rig.page.model import Gatherer
from rig.page.model.standing import Standing
from rig.recording.reader import Recording
from tests.rig.page.shop import KEY, PLATES, SECRET, TAKEN_NS, record, records


def gathered(**how: str) -> dict[str, Any]:
    gatherer = Gatherer()
    gatherer.take(records(**how))
    return gatherer.drain()


def test_the_truth_and_the_stacks_carts_are_steps_that_add_up() -> None:
    batch = gathered()
    assert batch["cart"] == [
        [6000, "truth", "ana", "cola", 1],
        [7000, "stack", "v2", "cola", 1],
        [13000, "receipt", "v2", "cola", 1],
    ]
    assert batch["groups"] == {"shoppers": {"ana": "ana", "ben": "ben"}, "visits": {"v1": "ana", "v2": "ben"}}


def test_places_are_centimetres_ten_times_a_second() -> None:
    rows = gathered()["people"]["ana"]
    assert len(rows) == 150
    assert rows[60] == [6000, 180, 200, 170, 90, 160, 220, 200, 230]


def test_a_plate_that_changed_is_told_from_its_first_level_on_and_one_that_did_not_is_not() -> None:
    plates = gathered()["plates"]
    assert list(plates) == [PLATES[0]]
    rows = plates[PLATES[0]]["rows"]
    assert (rows[0], rows[-1]) == ([100, 0], [14900, -350])
    assert plates[PLATES[0]]["goods"] == ["cola"]


def test_a_silent_plate_has_no_readings_and_no_warnings() -> None:
    told = [
        replace(one, grams=np.where(one.t_ns > 9 * SECOND, np.nan, one.grams).astype(np.float32))
        if isinstance(one, Weights)
        else one
        for one in records()
    ]
    gatherer = Gatherer()
    gatherer.take(told)
    rows = gatherer.drain()["plates"][PLATES[0]]["rows"]
    assert rows[-1][1] is None


def test_moments_have_words_lanes_and_places() -> None:
    marks = gathered()["marks"]
    taken = next(mark for mark in marks if mark["text"].startswith("ana takes"))
    assert taken == {
        "t": 6000, "lane": "truth", "text": "ana takes cola from gondola-1/shelf-1", "who": "ana", "at": [190, 270],
    }  # fmt: skip
    read = next(mark for mark in marks if mark["text"].startswith("e1: v2"))
    assert read["text"] == "e1: v2 took 1 x cola, p 0.60; or v1 took 1 x cola, p 0.35"
    assert (read["tone"], read["at"]) == ("unsure", [180, 240])


def test_batches_of_a_live_run_hold_together_what_one_batch_of_its_recording_holds() -> None:
    told = records()
    whole, parts = Gatherer(), Gatherer()
    whole.take(told)
    at_once = whole.drain()
    seen: dict[str, list[object]] = {"marks": [], "cart": [], "plates": []}
    for i in range(0, len(told), 7):
        parts.take(told[i : i + 7])
        batch = parts.drain()
        for name in ("marks", "cart"):
            seen[name] += batch.get(name, [])
        for plate in batch.get("plates", {}).values():
            seen["plates"] += plate["rows"]
    assert (seen["marks"], seen["cart"]) == (at_once["marks"], at_once["cart"])
    assert seen["plates"] == at_once["plates"][PLATES[0]]["rows"]
    assert parts.drain() == {}


def test_a_reading_that_is_revised_is_taken_back_first() -> None:
    def said(t_s: int, visit: str, revises: str = "") -> CartChange:
        chosen = Hypothesis(visit, "cola" if visit else "", 1 if visit else 0, 0.9)
        return CartChange(t_ns=t_s * SECOND, source="stack", event="e1", chosen=chosen, revises=revises)

    standing = Standing()
    assert list(standing.add(said(1, "v1"))) == [("v1", "cola", 1)]
    assert list(standing.add(said(2, "v2", "e1"))) == [("v1", "cola", -1), ("v2", "cola", 1)]
    assert list(standing.add(said(2, "v3", "e1"))) == [("v3", "cola", 1)]  # the other half of the same revision
    assert list(standing.add(said(3, "", "e1"))) == [("v2", "cola", -1), ("v3", "cola", -1)]


def test_no_code_and_no_key_reaches_the_page_of_a_live_run_either() -> None:
    text = json.dumps(gathered())
    assert SECRET.decode() not in text
    assert KEY.decode() not in text
    assert "account-" not in text


def test_the_same_recording_gives_the_same_page_data(wrong: Path, tmp_path: Path) -> None:
    again = record(tmp_path / "wrong_cart.mcap")
    assert batch_of(Recording(wrong)) == batch_of(Recording(again))


def test_the_end_says_who_was_charged_what_and_where_it_went_wrong(wrong: Path) -> None:
    end = batch_of(Recording(wrong))["end"]
    assert end["outcome"] == "fail"
    assert end["parted"]["t"] == end["opens"] == TAKEN_NS // 1_000_000
    people = {person["group"]: person for person in end["people"]}
    assert (people["ana"]["took"], people["ana"]["charged"]) == ({"cola": 1}, {})
    assert (people["ben"]["due"], people["ben"]["total"]) == ({}, "1.19 EUR")


def test_the_command_to_run_it_again(wrong: Path, tmp_path: Path) -> None:
    assert batch_of(Recording(wrong))["run"]["again"] == "rig run wrong_cart --seed 3 --store corner-shop"
    varied = record(tmp_path / "buy_one[seed=3].mcap")
    words = batch_of(Recording(varied))["run"]["again"]
    assert words == "pytest 'scenarios/walkout/buy_one.yaml::buy_one[seed=3]'"


@pytest.mark.parametrize("folded", ["about: A long\n  story.\nstore: x\n", "about: 'A long story.'\nstore: x\n"])
def test_what_a_scenario_is_about_is_read_as_it_was_written(folded: str) -> None:
    from rig.page.model.head import _about

    assert _about(folded) == "A long story."
