from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.clock import SECOND
from contracts.errors import UsageError
from contracts.layout import Layout, Wall
from contracts.records import Direction
from contracts.steps import (
    Drop,
    Enter,
    HandTo,
    Inspect,
    Leave,
    Look,
    Meet,
    PutBack,
    ShopperPlan,
    Step,
    Take,
    Touch,
    Wait,
    WalkTo,
)  # fmt: skip
from contracts.truth import MoveKind, TrueStep
from tests.twin.fakestage import FakeStage, small_store
from twin.shopper import Cast
from twin.shopper.floor import Floor

Watch = Callable[[Cast, FakeStage], None]


def plan(name: str, *steps: Step, at: float = 0.0, height_m: float = 1.72, code: bytes | None = None) -> ShopperPlan:
    return ShopperPlan(
        name=name,
        steps=steps,
        arrives_ns=round(at * SECOND),
        height_m=height_m,
        code=name.encode() if code is None else code,
        palm=f"palm-{name}",
    )


class Play:
    """A run of some plans on the fake stage, to its end."""

    def __init__(
        self,
        *plans: ShopperPlan,
        seed: int = 1,
        watch: Watch | None = None,
        limit_s: float = 240.0,
        layout: Layout | None = None,
    ) -> None:
        self.stage = FakeStage() if layout is None else FakeStage(layout)
        self.cast = Cast(self.stage, plans, seed)
        self.told: list[TrueStep] = []
        while not self.cast.finished:
            assert self.stage.now_ns < limit_s * SECOND, f"not finished: {self.told[-3:]}"
            self.cast.advance()
            self.told += self.cast.steps()
            if watch:
                watch(self.cast, self.stage)
            self.stage.tick()

    @property
    def problems(self) -> list[tuple[str, str]]:
        return [(step.shopper, step.problem) for step in self.told if step.problem]

    def calls(self, *kinds: str) -> list[tuple[object, ...]]:
        return [call for call in self.stage.calls if call[0] in kinds]

    def moves(self) -> list[tuple[object, ...]]:
        return [call[1:] for call in self.calls("moved")]


def test_a_whole_script_makes_the_expected_calls_in_order() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), PutBack(product="tea", place="gondola-2/shelf-3"), Leave()),
    )
    assert play.problems == []
    assert play.stage.calls == [
        ("code", "scanner-in", b"ana"),
        ("passed", "ana", "gate-in", Direction.IN),
        ("grasp", "ana", "right", "tea#0"),
        ("moved", MoveKind.TAKE, "ana", "tea#0", ""),
        ("release", "tea#0", "gondola-2/shelf-3"),
        ("moved", MoveKind.PUT, "ana", "tea#0", "gondola-2/shelf-3"),
        ("passed", "ana", "gate-out", Direction.OUT),
        ("remove", "ana"),
    ]
    assert [(step.index, step.done) for step in play.told] == [(k // 2, bool(k % 2)) for k in range(8)]
    assert play.told[2].text == "take: tea"


def test_what_is_not_needed_in_the_hand_goes_into_the_bag_and_comes_out_again() -> None:
    play = Play(plan("ana", Enter(), Take(product="cola", count=2), Wait(for_ns=SECOND), PutBack(product="cola")))
    assert play.problems == []
    assert [call[0] for call in play.calls("grasp", "stow", "unstow", "release")] == [
        "grasp", "stow", "grasp", "stow", "unstow", "release",
    ]  # fmt: skip
    assert play.stage.items["cola#0"].shelf == "gondola-1/shelf-1"


def test_several_at_once_are_one_reach() -> None:
    play = Play(plan("ana", Enter(), Take(product="soap", count=2, at_once=True), Leave()))
    names = [call[0] for call in play.calls("grasp", "moved", "stow")]
    assert names == ["grasp", "grasp", "moved", "moved", "stow", "stow"]


def test_inspecting_ends_where_it_began() -> None:
    play = Play(plan("ana", Enter(), Inspect(product="crisps"), Leave()))
    before = FakeStage().items["crisps#0"].pose
    assert play.problems == []
    assert [move[0] for move in play.moves()] == [MoveKind.TAKE, MoveKind.PUT]
    assert math.dist(play.stage.items["crisps#0"].pose.position, before.position) < 1e-6


@pytest.mark.parametrize(("product", "place"), [("gum", "gondola-1/shelf-1"), ("soap", "gondola-2/shelf-5")])
def test_the_wrong_shelf_will_do(product: str, place: str) -> None:
    play = Play(plan("ana", Enter(), Take(product=product), PutBack(product=product, place=place), Leave()))
    assert play.problems == []
    assert play.stage.items[f"{product}#0"].shelf == place


def test_touching_takes_nothing() -> None:
    play = Play(plan("ana", Enter(), Touch(product="tea"), Leave()))
    assert play.problems == []
    assert play.calls("grasp", "moved") == []


def test_slowly_is_slow_and_holding_holds() -> None:
    def seconds(step: Take) -> float:
        told = Play(plan("ana", Enter(), step, Leave())).told
        return (told[3].t_ns - told[2].t_ns) / SECOND

    usual = seconds(Take(product="tea"))
    assert seconds(Take(product="tea", slowly=True)) > usual + 3.0
    assert seconds(Take(product="tea", hold_ns=5 * SECOND)) > usual + 4.5


@pytest.mark.parametrize("hand", ["left", "right"])
def test_the_hand_asked_for_is_used(hand) -> None:
    play = Play(plan("ana", Enter(), Take(product="tea", hand=hand), Leave()))
    assert play.calls("grasp")[0][2] == hand


def test_two_hand_an_item_over() -> None:
    apart: list[float] = []

    def watch(cast: Cast, stage: FakeStage) -> None:
        if any(call[0] == "hand_over" for call in stage.calls) and not apart:
            a, b = (person.joints for person in cast.people())
            apart.append(math.dist(a[1].position[:2], b[1].position[:2]))

    play = Play(
        plan("ana", Enter(), Take(product="tea"), HandTo(product="tea", to="ben"), Leave()),
        plan("ben", Enter(), Meet(shopper="ana", steps=3), Leave(), at=3.0),
        watch=watch,
    )
    assert play.problems == []
    assert play.moves()[-1] == (MoveKind.HAND, "ana", "tea#0", "ben")
    assert play.calls("stow") == [("stow", "ben", "tea#0")]
    assert apart[0] == pytest.approx(0.7, abs=0.1)


def test_a_receiver_who_has_work_to_do_comes_to_it_later() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), HandTo(product="tea", to="ben"), Leave()),
        plan("ben", Enter(), WalkTo(place="gondola-2"), Take(product="cola"), Look(place="gondola-1"), Leave(), at=2.0),
    )
    assert play.problems == []
    assert play.calls("hand_over") == [("hand_over", "tea#0", "ben")]


def test_two_who_hand_to_each_other_are_not_stuck() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), HandTo(product="tea", to="ben"), Wait(for_ns=9 * SECOND)),
        plan("ben", Enter(), Take(product="soap"), HandTo(product="soap", to="ana"), Leave()),
    )
    assert play.problems == []
    assert len(play.calls("hand_over")) == 2


def test_a_drop_ends_on_the_floor() -> None:
    play = Play(plan("ana", Enter(), Take(product="gum"), Drop(product="gum"), Leave()))
    assert play.problems == []
    assert play.stage.items["gum#0"].shelf == "floor"
    assert play.moves()[-1] == (MoveKind.DROP, "ana", "gum#0", "floor")


def test_a_palm_opens_the_gate() -> None:
    play = Play(plan("ana", Enter(by="palm"), Leave()))
    assert play.calls("palm") == [("palm", "palm-in", "palm-ana")]


def test_a_guest_comes_in_on_the_hosts_code() -> None:
    play = Play(plan("ana", Enter()), plan("kid", Enter(guest_of="ana"), height_m=1.1, code=b""))
    assert play.problems == []
    assert [call[2] for call in play.calls("code")] == [b"ana", b"ana"]


def test_a_tailgater_slips_through_without_a_code() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), Meet(shopper="eve", steps=2), Leave()),
        plan("eve", Enter(follow="ana"), Take(product="soap"), Leave(follow="ana"), at=0.5, code=b""),
    )
    assert play.problems == []
    assert len(play.calls("code")) == 1
    ins = [call[1] for call in play.calls("passed") if call[3] is Direction.IN]
    outs = [call[1] for call in play.calls("passed") if call[3] is Direction.OUT]
    assert ins == outs == ["ana", "eve"]


def test_tailgating_is_close() -> None:
    passed: dict[str, int] = {}

    def watch(cast: Cast, stage: FakeStage) -> None:
        for call in stage.calls:
            if call[0] == "passed":
                passed.setdefault(str(call[1]), stage.now_ns)

    Play(plan("ana", Enter()), plan("eve", Enter(follow="ana"), at=0.5, code=b""), watch=watch)
    assert 0 < passed["eve"] - passed["ana"] < 0.8 * SECOND


def test_a_code_that_opens_nothing_sends_its_bearer_home() -> None:
    play = Play(plan("zed", Enter(), Take(product="tea"), Leave()), plan("ana", Enter(), Leave(), at=1.0))
    assert play.problems == [
        ("zed", "gate did not open"),
        ("zed", "did not get in: gate did not open"),
        ("zed", "did not get in: gate did not open"),
    ]
    assert [call[1] for call in play.calls("passed")] == ["ana", "ana"]
    assert [call[1] for call in play.calls("remove")] == ["zed", "ana"]


@pytest.mark.parametrize(
    ("step", "says"),
    [
        (Take(product="rice"), "no rice is left"),
        (Take(product="tea", place="gondola-9/shelf-1"), "there is no shelf or plate gondola-9/shelf-1"),
        (Take(product="tea", count=9, at_once=True), "only 4 of 9 tea stand together"),
        (PutBack(product="tea"), "has no tea to put back"),
        (Drop(product="tea"), "has no tea to drop"),
        (HandTo(product="tea", to="ben"), "there is no shopper ben to hand it to"),
        (Meet(shopper="ben", steps=1), "there is no shopper ben"),
        (WalkTo(place="the moon"), "there is no place the moon"),
        (WalkTo(point=(2.0, 2.7)), "nobody can stand at (2.00, 2.70)"),
        (Touch(product="rice"), "no rice is left to touch"),
    ],
)
def test_what_cannot_be_done_is_a_problem_and_the_script_goes_on(step: Step, says: str) -> None:
    play = Play(plan("ana", Enter(), step, Take(product="soap"), Leave()))
    assert play.problems == [("ana", says)]
    assert play.moves() == [(MoveKind.TAKE, "ana", "soap#0", "")]


def test_a_child_does_not_reach_the_top_shelf() -> None:
    play = Play(plan("kid", Enter(), Take(product="soap"), Take(product="cola"), Leave(), height_m=0.95, code=b"ana"))
    assert [problem.split(":")[0] for _, problem in play.problems] == ["cannot reach soap on gondola-1/shelf-5"]
    assert play.moves() == [(MoveKind.TAKE, "kid", "cola#0", "")]


def test_the_last_item_goes_to_one_of_two() -> None:
    steps = (Enter(), Take(product="tea", count=3), Leave())
    play = Play(plan("ana", *steps), plan("ben", *steps))
    assert len([move for move in play.moves() if move[0] is MoveKind.TAKE]) == 4
    assert len(play.problems) == 1
    assert play.problems[0][1] == "no tea is left"


def test_who_has_no_leave_in_the_script_leaves_all_the_same() -> None:
    play = Play(plan("ana", Enter(), Take(product="tea")))
    assert play.calls("remove") == [("remove", "ana")]
    assert play.cast.people() == ()


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(UsageError, match="ana"):
        Cast(FakeStage(), (plan("ana"), plan("ana")), 1)


def test_hands_and_items_stay_out_of_the_boards() -> None:
    def watch(cast: Cast, stage: FakeStage) -> None:
        for person in cast.people():
            for joint in person.joints:
                if not joint.name.endswith("hand"):
                    continue
                for shelf in stage.layout.shelf.values():
                    x, y, z = shelf.pose.unapply(joint.position).tolist()
                    if abs(x) < shelf.width_m / 2 and abs(y) < shelf.depth_m / 2:
                        # Within the 5 cm of a board and its neighbourhood there is no hand.
                        assert not -0.03 < z < 0.03, f"{joint.name} at {z:.3f} m over {shelf.id}"

    steps = [Inspect(product=product) for product in ("cola", "tea", "crisps", "gum", "soap")]
    play = Play(plan("ana", Enter(), *steps, Leave()), watch=watch)
    assert play.problems == []


def too_close(cast: Cast) -> tuple[float, str]:
    spots = [(person.shopper, _middle(person.joints)) for person in cast.people()]
    pairs = itertools.combinations(spots, 2)
    return min(((math.dist(a[1], b[1]), f"{a[0]} {b[0]}") for a, b in pairs), default=(9.0, ""))


def _middle(joints) -> tuple[float, float]:
    ankles = [joint.position for joint in joints if joint.name.endswith("_ankle")]
    return ((ankles[0][0] + ankles[1][0]) / 2, (ankles[0][1] + ankles[1][1]) / 2)


ACTS = st.sampled_from(
    [
        Take(product="cola"), Take(product="soap"), Inspect(product="tea"), Touch(product="gum"),
        WalkTo(place="gondola-2"), WalkTo(point=(1.0, 1.5)), Wait(for_ns=SECOND), Look(place="gondola-1/shelf-3"),
    ]
)  # fmt: skip


@settings(derandomize=True, max_examples=4, deadline=None)
@given(st.lists(st.lists(ACTS, min_size=1, max_size=2), min_size=2, max_size=3))
def test_a_crowd_keeps_apart_stays_off_the_racks_and_gets_out(scripts: list[list[Step]]) -> None:
    worst = [9.0]

    def watch(cast: Cast, stage: FakeStage) -> None:
        worst[0] = min(worst[0], too_close(cast)[0])

    names = ("ana", "ben", "cat", "dan")
    play = Play(
        *(plan(name, Enter(), *script, Leave()) for name, script in zip(names, scripts, strict=False)), watch=watch
    )
    assert worst[0] > 0.36  # centres 0.46 m apart, ankles of walkers a little to the side of them
    assert {call[1] for call in play.calls("remove")} == set(names[: len(scripts)])


def test_nobody_walks_through_a_rack() -> None:
    floor = Floor(FakeStage().layout)
    traces: list[tuple[float, float]] = []

    def watch(cast: Cast, stage: FakeStage) -> None:
        for actor in cast._company.actors.values():
            if actor.present and actor.inside and not actor.crossing and actor.place[0] > 0.8:
                traces.append(actor.place)

    Play(
        plan("ana", Enter(), Take(product="tea"), WalkTo(place="gondola-2"), Leave()),
        plan("ben", Enter(), Take(product="tea"), WalkTo(place="gondola-2"), Leave()),
        watch=watch,
    )
    assert len(traces) > 300
    assert all(floor.is_free(point) for point in traces)


def test_centres_stay_a_body_apart() -> None:
    closest = [9.0]

    def watch(cast: Cast, stage: FakeStage) -> None:
        places = [actor.place for actor in cast._company.actors.values() if actor.present]
        closest[0] = min([closest[0], *(math.dist(a, b) for a, b in itertools.combinations(places, 2))])

    steps = (Enter(), Take(product="tea"), WalkTo(place="gondola-2"), Inspect(product="soap"), Leave())
    play = Play(*(plan(name, *steps) for name in ("ana", "ben", "cat", "dan")), watch=watch)
    assert play.problems == []
    assert closest[0] >= 0.42


def test_two_who_meet_in_a_narrow_way_swap() -> None:
    room = small_store()
    edges = (((1.8, 0.7), (3.8, 0.7)), ((1.8, 1.5), (3.8, 1.5)), ((1.8, 0.0), (1.8, 0.7)), ((1.8, 1.5), (1.8, 3.0)))
    layout = replace(room, walls=(*room.walls, *(Wall(a, b) for a, b in edges)))
    play = Play(
        plan("ana", Enter(), WalkTo(point=(4.4, 1.1)), Meet(shopper="ben", steps=2), WalkTo(point=(1.2, 1.1))),
        plan("ben", Enter(), Wait(for_ns=SECOND), Meet(shopper="ana", steps=2), WalkTo(point=(4.4, 0.5)), at=6.0),
        layout=layout,
    )
    assert play.problems == []
    assert {call[1] for call in play.calls("remove")} == {"ana", "ben"}


def test_somebody_who_looks_on_makes_room_at_a_shelf() -> None:
    play = Play(
        plan("ana", Enter(), Take(product="tea"), Wait(for_ns=60 * SECOND)),
        plan("ben", Enter(), Take(product="tea", hand="right"), Leave(), at=4.0),
    )
    assert play.problems == []
    done = [step.t_ns for step in play.told if step.shopper == "ben" and step.done]
    assert done[-1] < 60 * SECOND


def test_the_same_seed_gives_the_same_run_and_another_another() -> None:
    def trace(seed: int) -> list[object]:
        seen: list[object] = []
        steps = (Enter(), Take(product="tea"), Leave())
        Play(
            plan("ana", *steps),
            plan("ben", *steps),
            seed=seed,
            watch=lambda cast, stage: seen.append({name: tuple(poses) for name, poses in stage.bodies.items()}),
        )
        return seen

    assert trace(5) == trace(5)
    assert trace(5) != trace(6)
