"""The matcher inside a run's palm readers: enrolled people, strangers, stand-ins, and that nothing is left behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.checkout import PalmAction, PalmOrder
from contracts.document import Document
from contracts.palms import PalmAnswer
from contracts.yamlfile import check_model
from rig.palm.inside import WORDING, InsideReader, inside_reader
from rig.scenario.form import ScenarioForm
from rig.scenario.model import Scenario
from rig.scenario.read import scenario_of
from twin.palm_enrolling import Enrolled
from twin.palm_shown import HandsShown

COME = [{"enter": "palm"}]
PEOPLE = {
    "ana": {"does": COME},
    "ben": {"does": COME, "hand": {"ring": True}},
    "cleo": {"does": COME, "account": "none"},
    "dan": {"does": COME, "account": "none", "hand": {"shows": "print", "of": "ana"}},
    "eve": {"does": COME, "account": "none", "hand": {"shows": "replay", "of": "ana"}},
    "fay": {"does": [{"enter": {"by": "palm", "guest of": "ana"}}]},
}
SAID = {"about": "x", "store": "park-gate", "seed": 213, "palms": "images", "shoppers": PEOPLE}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return scenario_of(check_model(Document(Path("x.yaml"), SAID), ScenarioForm), "x")


@pytest.fixture
def reader(scenario: Scenario) -> Iterator[InsideReader]:
    with inside_reader(scenario) as made:
        yield made


@pytest.fixture
def hands(scenario: Scenario, reader: InsideReader) -> HandsShown:
    return HandsShown(scenario.shoppers, scenario.seed, reader)


def seen(hands: HandsShown, name: str) -> PalmAnswer:
    answer = hands.show("palm-in-1", name, 0)
    assert isinstance(answer, PalmAnswer)
    return answer


def test_the_enrolled_are_known_by_the_handles_of_their_accounts(scenario: Scenario, hands: HandsShown) -> None:
    palm_of = {plan.name: plan.palm for plan in scenario.shoppers}
    for name in ("ana", "ben"):
        answer = seen(hands, name)
        assert (answer.handle, answer.why) == (palm_of[name], "")
        assert 0.3 < answer.quality < 1


def test_a_stranger_is_nobody(hands: HandsShown) -> None:
    answer = seen(hands, "cleo")
    assert (answer.handle, answer.quality) == ("", 0.0)
    assert answer.why == "nobody who enrolled"


def test_stand_ins_are_turned_down_without_a_hint_at_what_gave_them_away(hands: HandsShown) -> None:
    assert seen(hands, "ana").handle
    assert seen(hands, "dan").why == "not a living hand"
    assert seen(hands, "eve").why == "a picture played back"


def test_the_truth_says_what_was_held_there(hands: HandsShown) -> None:
    for name in ("ana", "dan", "cleo", "fay"):
        hands.show("palm-in-1", name, 7)
    told = [(one.shopper, one.owner, one.shows, one.known) for one in hands.truths()]
    assert told == [
        ("ana", "ana", "hand", True),
        ("dan", "ana", "print", True),
        ("cleo", "cleo", "hand", False),
        ("fay", "fay", "hand", False),  # a guest is let in by the host's palm; the guest's own is not enrolled
    ]
    assert hands.truths() == []


def test_the_same_run_says_the_same(scenario: Scenario, hands: HandsShown) -> None:
    first = [hands.show("p", name, 0) for name in ("ana", "ben", "ana")]
    with inside_reader(scenario) as again:
        other = HandsShown(scenario.shoppers, scenario.seed, again)
        assert [other.show("p", name, 0) for name in ("ana", "ben", "ana")] == first


def test_it_says_what_it_cost_and_leaves_no_file(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with inside_reader(scenario) as made:
        assert made.said == ""
        sealed = sorted(tmp_path.rglob("*.palm"))
        assert [path.stem for path in sealed] == sorted({p.palm for p in scenario.shoppers if p.palm})
        HandsShown(scenario.shoppers, scenario.seed, made).show("p", "ana", 0)
        assert made.said.startswith("1 looked at, ")
    assert list(tmp_path.iterdir()) == []


def test_who_enrols_in_the_run_is_known_then_sealed_and_forgotten(scenario: Scenario, hands: HandsShown) -> None:
    order = PalmOrder(
        t_ns=0, source="stack", key="k", action=PalmAction.ENROL, reader="p", account="account-cleo", wording=WORDING
    )
    hands.order(order)
    assert not hands.knows("cleo")
    made = [hands.show("p", "cleo", now_ns) for now_ns in range(3)]
    assert made[:2] == [None, None]
    assert isinstance(made[2], Enrolled)
    assert (made[2].key, made[2].why) == ("k", "")
    assert hands.knows("cleo")
    answer = hands.show("p", "cleo", 4)
    assert isinstance(answer, PalmAnswer)
    assert answer.handle == made[2].handle
    hands.order(replace(order, action=PalmAction.FORGET, handle=made[2].handle))
    assert not hands.knows("cleo")
    assert hands.show("p", "cleo", 5) == PalmAnswer(why="nobody who enrolled")


def test_a_print_is_not_enrolled(hands: HandsShown) -> None:
    hands.order(
        PalmOrder(t_ns=0, source="stack", key="k", action=PalmAction.ENROL, reader="p", account="a", wording=WORDING)
    )
    made = [hands.show("p", "dan", now_ns) for now_ns in range(3)][-1]
    assert isinstance(made, Enrolled)
    assert (made.handle, made.why) == ("", "sample 1: not a living hand")
