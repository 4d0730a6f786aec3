from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from contracts.clock import SECOND
from contracts.errors import BadFile
from contracts.layout import Layout
from contracts.seeds import stream
from contracts.steps import Enter, Inspect, Leave, Look, PutBack, ShopperPlan, Take
from rig.explain import explain
from rig.paths import find_store
from rig.scenario import Scenario, changed, check, from_yaml, habits, read_scenario, read_scenarios, ready, to_yaml
from rig.scenario.build import scenario, shopper
from rig.scenario.crowd import Crowd, Kind, Visitor, visitors
from rig.scenario.schema import scenario_schema
from rig.scenario.supply import REACH, Supply
from twin.goods import Goods
from twin.shopper.grip import box_of, to_take
from twin.shopper.skeleton import Proportions
from twin.shopper.stance import Front, find
from twin.store import load_store

ROOT = Path(__file__).parents[2]
DRAWS = 2000

GOOD = """\
about: A crowd comes.
store: corner-shop
seed: 7
crowd:
  shoppers: 8
  arrivals: 4 per minute
  basket: convenience
  put back: 15 %
  wrong shelf: 20 %
  groups: 10 %
  browse: 2 s
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the good scenario with some text replaced by other text."""

    def writer(*swaps: tuple[str, str]) -> Path:
        text = GOOD
        for old, new in swaps:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path = tmp_path / "visit.yaml"
        path.write_text(text)
        return path

    return writer


@pytest.fixture(scope="module")
def corner_shop() -> Layout:
    return load_store(find_store("corner-shop", roots=[ROOT])).layout


def complaint(load: Callable[[], object], path: Path) -> str:
    with pytest.raises(BadFile) as caught:
        load()
    return str(caught.value).replace(f"{path}:", "line ")


def crowded(layout: Layout, **said: object) -> Scenario:
    """Return a scenario with a drawn crowd."""
    return check(scenario("x", "x", "corner-shop", crowd=said, seed=5, limit="2 h"), layout)


def takes(plans: tuple[ShopperPlan, ...]) -> Counter[tuple[str, str]]:
    """Return how many of what are taken from which shelf, those that are put back too."""
    found: Counter[tuple[str, str]] = Counter()
    for plan in plans:
        for step in plan.steps:
            if isinstance(step, Take | Inspect):
                found[step.product, step.place] += step.count if isinstance(step, Take) else 1
    return found


def near(share: float, expected: float, draws: int) -> bool:
    """Whether a share lies within four standard errors of the expected one."""
    return abs(share - expected) < 4 * math.sqrt(expected * (1 - expected) / draws)


# --- what is drawn fits its source ---------------------------------------------------------------


def baskets(kind: str) -> list[list[int]]:
    """Return 2000 baskets: the units of each line."""
    found = visitors(Crowd(shoppers=DRAWS, per_minute=1.0, basket=kind), 11)
    return [[stop.units for stop in each.stops if stop.kind is Kind.BUY] for each in found]


def test_convenience_baskets_are_as_measured() -> None:
    found = baskets("convenience")
    bought = [sum(units) for units in found if units]
    assert near(1 - len(bought) / DRAWS, 0.40, DRAWS)
    assert near(sum(count >= 5 for count in bought) / len(bought), 0.04, len(bought))
    assert Counter(bought).most_common(1)[0][0] == 1


def test_supermarket_baskets_are_as_measured() -> None:
    lines = np.array([len(units) for units in baskets("supermarket")])
    assert lines.min() == 1
    assert lines.mean() == pytest.approx(10.25, abs=4 * lines.std() / math.sqrt(DRAWS))
    assert np.median(lines) == pytest.approx(5, abs=1)
    assert np.quantile(lines, 0.9) == pytest.approx(26, abs=4)
    assert np.quantile(lines, 0.99) == pytest.approx(60, rel=0.4)  # the tail of a lognormal is a little too long
    assert np.log(lines).mean() == pytest.approx(1.72, abs=0.1)
    assert np.log(lines).std() == pytest.approx(1.12, abs=0.1)
    assert Counter(lines.tolist()).most_common(1)[0][0] == 1


def test_units_a_line_are_as_measured() -> None:
    drawn = stream(1, "units")
    found = Counter(habits.units(drawn) for _ in range(DRAWS))
    assert near(found[1] / DRAWS, 0.795 / 0.994, DRAWS)
    assert near(found[2] / DRAWS, 0.146 / 0.994, DRAWS)
    assert near(sum(found[n] for n in found if n >= 3) / DRAWS, 0.053 / 0.994, DRAWS)
    assert max(found) <= 5


def test_arrivals_are_poisson() -> None:
    found = visitors(Crowd(shoppers=DRAWS, per_minute=4.0), 3)
    gaps = np.diff([0, *(each.arrives_ns for each in found)]) / SECOND
    assert gaps.mean() == pytest.approx(15, abs=4 * 15 / math.sqrt(DRAWS))
    assert near(float((gaps > 15).mean()), math.exp(-1), DRAWS)
    assert np.corrcoef(gaps[1:], gaps[:-1])[0, 1] == pytest.approx(0, abs=4 / math.sqrt(DRAWS))


def test_what_goes_back_is_the_share_that_was_asked_for() -> None:
    crowd = Crowd(shoppers=DRAWS, per_minute=1.0, put_back=0.3, wrong_shelf=0.25)
    kinds = Counter(stop.kind for each in visitors(crowd, 2) for stop in each.stops)
    back = kinds[Kind.RETURN] + kinds[Kind.MISPLACE]
    assert near(back / kinds.total(), 0.3, kinds.total())
    assert near(kinds[Kind.MISPLACE] / back, 0.25, back)


def test_groups_are_the_share_that_was_asked_for_and_share_an_account() -> None:
    found = visitors(Crowd(shoppers=DRAWS, per_minute=4.0, groups=0.5, children=0.4), 2)
    parties = Counter(each.guest_of or each.name for each in found)
    sizes = Counter(parties.values())
    assert near(1 - sizes[1] / len(parties), 0.5, len(parties))
    assert near(sizes[2] / (len(parties) - sizes[1]), 0.75, len(parties) - sizes[1])
    assert max(sizes) == 4
    guests = [each for each in found if each.guest_of]
    assert near(sum(each.height_m < 1.4 for each in guests) / len(guests), 0.4, len(guests))
    assert min(each.height_m for each in found if not each.guest_of) > 1.4
    hosts = {each.name: each for each in found if not each.guest_of}
    assert all(0 < each.arrives_ns - hosts[each.guest_of].arrives_ns <= 3 * SECOND for each in guests)


def test_heights_speeds_and_looks_are_as_measured() -> None:
    found = visitors(Crowd(shoppers=DRAWS, per_minute=4.0, browse_ns=3 * SECOND), 4)
    heights = np.array([each.height_m for each in found])
    speeds = np.array([each.speed_m_s for each in found])
    looks = np.array([each.stops[0].for_ns for each in found]) / SECOND
    assert heights.mean() == pytest.approx((1.754 + 1.617) / 2, abs=4 * heights.std() / math.sqrt(DRAWS))
    assert heights.std() == pytest.approx(math.hypot(0.069, (1.754 - 1.617) / 2), rel=0.1)
    assert speeds.mean() == pytest.approx(1.16, abs=4 * speeds.std() / math.sqrt(DRAWS))
    assert speeds.std() == pytest.approx(1.16 * 0.26 / 1.34, rel=0.1)
    assert looks.mean() == pytest.approx(3.0, abs=4 * looks.std() / math.sqrt(DRAWS))
    assert 0.6 <= speeds.min() <= speeds.max() <= 1.7


# --- seeds and names -----------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_and_another_does_not() -> None:
    crowd = Crowd(shoppers=20, per_minute=4.0, groups=0.3)
    assert visitors(crowd, 1) == visitors(crowd, 1)
    assert not set(visitors(crowd, 1)) & set(visitors(crowd, 2))


def test_one_more_shopper_changes_nobody(corner_shop: Layout) -> None:
    said = {"arrivals": 30, "put back": 0.3, "wrong shelf": 0.3, "groups": 0.4}
    few, many = (crowded(corner_shop, shoppers=count, **said) for count in (15, 16))
    assert many.shoppers[:15] == few.shoppers
    assert set(few.accounts) <= set(many.accounts)


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({"put_back": 0.5}, lambda v: (v.arrives_ns, v.height_m, v.speed_m_s, bought(v))),
        ({"wrong_shelf": 0.9}, lambda v: (v.arrives_ns, v.height_m, [(s.units, s.for_ns) for s in v.stops])),
        ({"groups": 0.9}, lambda v: (v.speed_m_s > 0, v.stops)),
        ({"per_minute": 9.0}, lambda v: (v.height_m, v.speed_m_s, v.guest_of, v.stops)),
        ({"browse_ns": 0}, lambda v: (v.arrives_ns, [(s.kind, s.units) for s in v.stops])),
    ],
)
def test_one_trait_leaves_the_others_as_they_were(change: dict[str, float], same: Callable[[Visitor], object]) -> None:
    crowd = Crowd(shoppers=40, per_minute=4.0, put_back=0.2, wrong_shelf=0.2, groups=0.2)
    other = replace(crowd, **change)  # type: ignore[arg-type]  # each value has its field's type
    assert visitors(crowd, 1) != visitors(other, 1)
    assert [same(each) for each in visitors(crowd, 1)] == [same(each) for each in visitors(other, 1)]


def bought(visitor: Visitor) -> list[int]:
    return [stop.units for stop in visitor.stops if stop.kind is Kind.BUY]


# --- in a store ----------------------------------------------------------------------------------


def test_the_crowd_becomes_ordinary_shoppers_with_accounts(write: Write) -> None:
    drawn, _ = ready(read_scenario(write()))
    assert [plan.name for plan in drawn.shoppers] == [f"c{n}" for n in range(1, 9)]
    assert all(isinstance(plan.steps[0], Enter) and plan.steps[-1] == Leave() for plan in drawn.shoppers)
    codes = {plan.code for plan in drawn.shoppers}
    hosts = [plan for plan in drawn.shoppers if not plan.steps[0].guest_of]  # type: ignore[union-attr]
    assert len(codes) == len(hosts) == len(drawn.accounts)
    assert {plan.account for plan in drawn.shoppers} == {account.id for account in drawn.accounts}


def test_nobody_takes_more_than_stands_there(corner_shop: Layout) -> None:
    stock: Counter[tuple[str, str]] = Counter()
    for facing in corner_shop.planogram:
        stock[facing.product, facing.shelf] += facing.stock
    plans = crowded(corner_shop, shoppers=120, arrivals=60).shoppers
    wanted = takes(plans)
    assert wanted.total() > 100
    assert all(count <= stock[key] for key, count in wanted.items())
    # What is standing now is not shared with scripts either.
    ana = shopper("ana").enter().take("aurel-500", 5, place="gondola-1/shelf-3").leave()
    beside = check(
        scenario("x", "x", "corner-shop", ana, crowd={"shoppers": 120, "arrivals": 60}, seed=5, limit="2 h"),
        corner_shop,
    )
    assert takes(plans)["aurel-500", "gondola-1/shelf-3"] > 0
    assert takes(beside.shoppers[1:])["aurel-500", "gondola-1/shelf-3"] == 0


def test_what_goes_to_a_wrong_shelf_finds_room_there(corner_shop: Layout) -> None:
    said = {"put back": 0.5, "wrong shelf": 1.0, "basket": "convenience", "arrivals": 60}
    plans = crowded(corner_shop, shoppers=12, **said).shoppers
    puts = [(plan, i) for plan in plans for i, step in enumerate(plan.steps) if isinstance(step, PutBack)]
    assert len(puts) >= 5
    stocked = {plate for facing in corner_shop.planogram for plate in facing.plates}
    used: list[tuple[str, float, float]] = []
    for plan, i in puts:
        take, put = plan.steps[i - 1], plan.steps[i]
        assert isinstance(take, Take)
        assert isinstance(put, PutBack)
        assert (take.product, take.count) == (put.product, put.count)
        shelf_id = put.place.rsplit("/", 1)[0]
        shelf = corner_shop.shelf[shelf_id]
        assert put.place not in stocked
        assert shelf_id != take.place
        assert shelf.pose.position[2] <= REACH * plan.height_m
        width, _, height = corner_shop.product[put.product].size_m
        assert height < shelf.clearance_m
        x = float(shelf.pose.unapply(corner_shop.plate[put.place].pose.position)[0])
        for other, left, right in used:
            assert other != shelf_id or x + width / 2 < left or right < x - width / 2
        used.append((shelf_id, x - width / 2, x + width / 2))


@pytest.mark.parametrize("height_m", [0.95, 1.25, 1.5, 1.7])
def test_what_is_drawn_can_be_reached(corner_shop: Layout, height_m: float) -> None:
    body, goods = Proportions(height_m), Goods(corner_shop, 1)
    supply = Supply(corner_shop)
    facings = [facing for facing in corner_shop.planogram if supply.has(facing, 1, height_m)]
    highest = max(facings, key=lambda facing: corner_shop.shelf[facing.shelf].pose.position[2])
    shelf = corner_shop.shelf[highest.shelf]
    front = Front.of(shelf)
    boxes = {item.item: box_of(front, item.pose, item.size_m) for item in goods.on(shelf.id)}
    for item in goods.standing(highest.product, shelf.id):
        others = tuple(box for name, box in boxes.items() if name != item.item)
        reach = to_take(body, front, (boxes[item.item],), others)
        assert any(find(body, side, front, reach.goals, lambda _: True) for side in ("left", "right"))


def test_somebody_who_only_looks_takes_nothing(corner_shop: Layout) -> None:
    plans = crowded(corner_shop, shoppers=60, arrivals=60, **{"put back": 0}).shoppers
    lookers = [plan for plan in plans if not any(isinstance(step, Take) for step in plan.steps)]
    assert lookers
    assert all([type(step) for step in plan.steps] == [Enter, Look, Leave] for plan in lookers)


def test_a_crowd_and_scripts_may_come_together(write: Write, corner_shop: Layout) -> None:
    swap = (
        "crowd:\n  shoppers: 8",
        "shoppers:\n  ana:\n    does: [enter, {meet: {shopper: c2, steps: 1}}, leave]\ncrowd:\n  shoppers: 2",
    )
    path = write(swap)
    written = read_scenario(path)
    assert [plan.name for plan in written.scenario.shoppers] == ["ana"]
    drawn = check(written.scenario, corner_shop, written.document)
    assert [plan.name for plan in drawn.shoppers] == ["ana", "c1", "c2"]


# --- writing and reading -------------------------------------------------------------------------


def test_a_crowd_is_written_and_read_again_before_and_after_it_is_drawn(write: Write, tmp_path: Path) -> None:
    written = read_scenario(write())
    drawn, _ = ready(written)
    assert not written.scenario.shoppers
    for each in (written.scenario, drawn):
        assert from_yaml(to_yaml(each), each.name) == each
    again = tmp_path / "again.yaml"
    again.write_text(to_yaml(drawn))
    ran_again, _ = ready(read_scenario(again))
    assert replace(ran_again, name=drawn.name) == drawn


def test_what_a_recording_carries_does_not_change_with_the_statistics(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = read_scenario(write())
    script = to_yaml(ready(written)[0])
    monkeypatch.setattr(habits, "speed_m_s", lambda of, *, child: 1.0)
    assert to_yaml(ready(written)[0]) != script
    assert to_yaml(from_yaml(script, "again")) == script


def test_another_seed_draws_a_recorded_crowd_anew(write: Write, corner_shop: Layout) -> None:
    drawn, _ = ready(read_scenario(write()))
    other = changed(drawn, seed=8)
    assert not other.shoppers
    assert check(changed(other, seed=7), corner_shop) == drawn
    assert changed(drawn, limit="200 s").shoppers == drawn.shoppers
    assert changed(drawn, crowd={"shoppers": 1}).shoppers == ()


def test_numbers_may_be_shares_and_rates_or_plain(write: Write) -> None:
    plain = write(("4 per minute", "4"), ("15 %", "0.15"), ("20 %", "0.2"), ("10 %", "0.1"), ("2 s", "2"))
    one = read_scenario(plain).scenario
    assert one == read_scenario(write()).scenario
    assert one == read_scenario(write(("4 per minute", "240 per hour"))).scenario


def test_crowd_keys_can_be_varied(write: Write) -> None:
    path = write(("seed: 7", "vary:\n  crowd.shoppers: [2, 3]\n  crowd.put back: [0 %, 30 %]"))
    found = [written.scenario for written in read_scenarios(path)]
    assert [each.name for each in found][:2] == ["visit[shoppers=2-put back=0%]", "visit[shoppers=2-put back=30%]"]
    assert [(each.crowd.shoppers, each.crowd.put_back) for each in found if each.crowd] == [
        (2, 0.0), (2, 0.3), (3, 0.0), (3, 0.3),
    ]  # fmt: skip


def test_python_and_a_file_make_the_same_crowd(write: Write) -> None:
    said = {
        "shoppers": 8, "arrivals": "4 per minute", "basket": "convenience", "put back": "15 %",
        "wrong shelf": "20 %", "groups": "10 %", "browse": "2 s",
    }  # fmt: skip
    built = scenario("visit", "A crowd comes.", "corner-shop", seed=7, crowd=said)
    assert built == read_scenario(write()).scenario


def test_it_is_explained_without_a_store(write: Write) -> None:
    read = read_scenario(write(("store: corner-shop", "store: no-such-store"))).scenario
    text = explain(read)
    people = text[text.index("who") + 1 : text.index("what") - 1]
    assert [line.split()[0] for line in people] == [f"c{n}" for n in range(1, 9)]
    assert all("m tall, walks at" in line for line in people)
    assert any("buys 1" in line for line in people)
    assert sum(line.endswith("arrives") for line in text) == 8
    assert "products and places of the crowd are drawn when it meets the store" in text


def test_a_drawn_crowd_is_explained_step_by_step(write: Write) -> None:
    drawn, _ = ready(read_scenario(write()))
    text = "\n".join(explain(drawn))
    assert "takes " in text
    assert "are drawn when" not in text


def test_editors_know_that_somebody_must_come() -> None:
    schema = scenario_schema()
    assert schema["anyOf"] == [{"required": ["shoppers"]}, {"required": ["crowd"]}]
    assert set(schema["$defs"]["CrowdForm"]["properties"]) >= {"shoppers", "arrivals", "put back", "wrong shelf"}


# --- what is wrong with a file -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("  basket: convenience", "  baskets: convenience", 7, "did you mean 'basket'?"),
        ("basket: convenience", "basket: convenient", 7, "did you mean 'convenience'?"),
        ("put back: 15 %", "put back: 15 percent", 8, 'a share: "15 %"'),
        ("put back: 15 %", "put back: 100 %", 8, "less than or equal to 0.9"),
        ("wrong shelf: 20 %", "wrong shelf: 120 %", 9, "less than or equal to 1"),
        ("4 per minute", "4 a minute", 6, 'a rate: "4 per minute"'),
        ("4 per minute", "0 per minute", 6, "greater than 0"),
        ("shoppers: 8", "shoppers: 0", 5, "greater than or equal to 1"),
        ("  shoppers: 8\n", "", 4, "missing key 'shoppers'"),
        ("browse: 2 s", "browse: 2 sec", 11, "expected a length of time"),
        ("seed: 7", "shoppers: {c3: {does: [enter, leave]}}", 1, "c3 is a name of the crowd"),
        ("seed: 7", "expect: {entered: [c9]}", 1, "'expect' names c9"),
        ("browse: 2 s", "drawn: true", 1, "'shoppers' lacks c1, c2, c3"),
    ],
)
def test_bad_values_are_refused_with_their_line(write: Write, old: str, new: str, line: int, what: str) -> None:
    path = write((old, new))
    said = complaint(lambda: read_scenario(path), path)
    assert said.startswith(f"line {line}: "), said
    assert what in said


def test_nobody_at_all_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "visit.yaml"
    path.write_text("about: x\nstore: corner-shop\n")
    assert "nobody comes: expected 'shoppers', with a script each, or 'crowd'" in complaint(
        lambda: read_scenario(path), path
    )


@pytest.mark.parametrize(
    ("swaps", "line", "what"),
    [
        ([("shoppers: 8", "shoppers: 300"), ("4 per", "400 per"), ("basket: convenience", "basket: supermarket")], 5,
         "there is too little in corner-shop for c"),
        ([("4 per minute", "1 per hour")], 5, "c1 arrives after the run"),
        ([("shoppers: 8", "shoppers: 100"), ("4 per", "90 per"), ("20 %", "100 %"), ("15 %", "90 %")], 9,
         "no shelf of corner-shop has room for what c"),
    ],
)  # fmt: skip
def test_what_a_store_cannot_hold_is_refused(
    write: Write, corner_shop: Layout, swaps: list[tuple[str, str]], line: int, what: str
) -> None:
    path = write(*swaps)
    written = read_scenario(path)
    said = complaint(lambda: check(written.scenario, corner_shop, written.document), path)
    assert said.startswith(f"line {line}: "), said
    assert what in said
