"""Any message of any flow lost, late or doubled, around a death at any step: the books stay right at every moment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.crash.flows import FLOWS
from tests.crash.line import Fate
from tests.crash.rehearsal import Rehearsal, Script
from twin.provider.holding import Effect, Holding

DECLINES = "visit, card declines"
FATES: tuple[Fate, ...] = ((), (3,), (50,), (0, 50))
"""Lost; after the restart and before its question; after the payment was given up; twice."""
MOST_MESSAGES = 8
"""Of a flow in which the provider is asked again and again: later questions are like the earlier ones."""
FEWEST_STEPS = 5
LATE_S = st.sampled_from([0, 0, 2, 5, 9, 44, 46, 90, 200])
NUMBERED = st.dictionaries(st.integers(0, 9), st.lists(LATE_S, max_size=3).map(tuple), max_size=4)
SCRIPTS = st.builds(
    Script,
    flow=st.sampled_from(sorted(FLOWS)),
    dies=st.lists(st.integers(1, 60), max_size=4).map(tuple),
    down_s=st.sampled_from([0, 3, 47, 200]),
    orders=NUMBERED,
    answers=NUMBERED,
    quick=st.booleans(),
)


def scripts(flow: str) -> Iterator[Script]:
    """Yield every way in which one message goes wrong around a death at each step of a flow."""
    alive = Rehearsal(Script(flow))
    assert alive.play() == []
    assert alive.steps > FEWEST_STEPS
    messages = min(max(alive.line.sent, alive.line.said) + 1, MOST_MESSAGES)
    for step in range(alive.steps + 1):
        for number, fate, down_s in product(range(messages), FATES, (0, 60)):
            script = Script(flow, (step,) if step else (), down_s)
            yield replace(script, orders={number: fate})
            yield replace(script, answers={number: fate})


def wrong_of(flow: str, shard: int = 0, shards: int = 1) -> list[tuple[Script, list[str]]]:
    found = [(script, Rehearsal(script).play()) for script in [*scripts(flow)][shard::shards]]
    assert found
    return [(script, wrong) for script, wrong in found if wrong]


def test_a_declined_visit_outlives_any_one_message_around_any_death() -> None:
    assert wrong_of(DECLINES, 3, 4) == []


@pytest.mark.crash
@pytest.mark.timeout(1_200)
@pytest.mark.parametrize("flow", FLOWS)
def test_any_one_message_around_any_death(flow: str) -> None:
    assert wrong_of(flow) == []


@settings(max_examples=150, derandomize=True, deadline=None)
@given(script=SCRIPTS)
def test_many_messages_and_deaths(script: Script) -> None:
    assert Rehearsal(script).play() == []


def test_a_provider_that_takes_a_late_order_for_what_was_voided_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def hold(self: Holding, minor: int) -> Effect:
        self.void = False
        return right(self, minor)

    right = Holding._hold
    questions: dict[int, Fate] = dict.fromkeys(range(1, 12), ())
    late = Script("visit, card approves", orders={0: (90,), **questions})
    assert Rehearsal(late).play() == []
    monkeypatch.setattr(Holding, "_hold", hold)
    assert "still holds" in Rehearsal(late).play()[0]
