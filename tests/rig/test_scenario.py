from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from contracts.clock import SECOND
from contracts.errors import BadFile, UsageError
from contracts.layout import Layout
from contracts.steps import Enter, FaultPlan, Inspect, Leave, Meet, PutBack, Take, Wait, WalkTo
from rig.paths import find_store
from rig.scenario import Scenario, changed, check, expectation, from_yaml, read_scenario, read_scenarios, ready, to_yaml
from rig.scenario.build import scenario, shopper
from rig.scenario.schema import scenario_schema
from rig.scenario.step_form import VERBS
from twin.store import load_store

ROOT = Path(__file__).parents[2]

GOOD = """\
about: One puts a bottle back on the wrong shelf, the other takes it.
store: corner-shop
seed: 7
shoppers:
  ana:
    account: {loyalty: prime}
    does:
      - enter: palm
      - take: {product: kestrel-cola-500, from: gondola-1/shelf-4}
      - put back: {product: kestrel-cola-500, at: gondola-2/shelf-3}
      - leave
  ben:
    arrives: 4 s
    height: 95 cm
    does: [{enter: qr}, {take: {product: kestrel-cola-500, from: gondola-2/shelf-3, hold: 3 s}}, leave]
faults:
  - {at: 3 s, device: gondola-1/shelf-4/plate-2, is: stuck, for: 2 s}
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the good scenario with some text replaced by other text."""

    def writer(*swaps: tuple[str, str], name: str = "visit.yaml") -> Path:
        text = GOOD
        for old, new in swaps:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        path = tmp_path / name
        path.write_text(text)
        return path

    return writer


@pytest.fixture(scope="module")
def corner_shop() -> Layout:
    return load_store(find_store("corner-shop", roots=[ROOT])).layout


def complaint(path: Path, layout: Layout | None = None) -> str:
    """Return what is said of a file, with the path left out of every line."""

    def load() -> None:
        written = read_scenario(path)
        if layout is not None:
            check(written.scenario, layout, written.document)

    with pytest.raises(BadFile) as caught:
        load()
    return str(caught.value).replace(f"{path}:", "line ")


# --- reading -------------------------------------------------------------------------------------


def test_a_file_becomes_plans_and_accounts(write: Write) -> None:
    read = read_scenario(write()).scenario
    ana, ben = read.shoppers
    assert (read.name, read.store, read.seed) == ("visit", "corner-shop", 7)
    assert ana.steps == (
        Enter(by="palm"),
        Take(product="kestrel-cola-500", place="gondola-1/shelf-4"),
        PutBack(product="kestrel-cola-500", place="gondola-2/shelf-3"),
        Leave(),
    )
    assert (ben.arrives_ns, ben.height_m) == (4 * SECOND, 0.95)
    assert ben.steps[1] == Take(product="kestrel-cola-500", place="gondola-2/shelf-3", hold_ns=3 * SECOND)
    assert read.faults == (
        FaultPlan(device="gondola-1/shelf-4/plate-2", kind="stuck", at_ns=3 * SECOND, for_ns=2 * SECOND),
    )
    assert read.expect.silent


def test_an_account_holds_the_digest_of_the_code_and_the_palm_but_no_name(write: Write) -> None:
    read = read_scenario(write()).scenario
    ana = read.shoppers[0]
    (account,) = [account for account in read.accounts if account.id == ana.account]
    assert account.code_digests == (hashlib.sha256(ana.code).hexdigest(),)
    assert account.palm_handles == (ana.palm,)
    assert account.loyalty == "prime"
    assert "ana" not in account.id + ana.palm


def test_codes_follow_the_seed_and_nothing_else(write: Write) -> None:
    one = read_scenario(write()).scenario
    same = read_scenario(write(("height: 95 cm", "height: 1.5 m"))).scenario
    other = read_scenario(write(("seed: 7", "seed: 8"))).scenario
    codes = [[plan.code for plan in each.shoppers] for each in (one, same, other)]
    assert codes[0] == codes[1]
    assert not set(codes[0]) & set(codes[2])


def test_a_guest_shops_on_the_hosts_account(write: Write) -> None:
    read = read_scenario(write(("{enter: qr}", "{enter: {guest of: ana}}"))).scenario
    ana, ben = read.shoppers
    assert (ben.account, ben.code, ben.palm) == (ana.account, ana.code, ana.palm)
    assert len(read.accounts) == 1


@pytest.mark.parametrize("way", ["nothing", "{follow: ana}"])
def test_who_shows_nothing_has_no_account(write: Write, way: str) -> None:
    ben = read_scenario(write(("{enter: qr}", f"{{enter: {way}}}"))).scenario.shoppers[1]
    assert (ben.account, ben.palm) == ("", "")


def test_account_none_is_a_code_that_nobody_knows(write: Write) -> None:
    read = read_scenario(write(("arrives: 4 s", "account: none"))).scenario
    ben = read.shoppers[1]
    assert ben.account == ""
    assert ben.code
    digests = [digest for account in read.accounts for digest in account.code_digests]
    assert hashlib.sha256(ben.code).hexdigest() not in digests


def test_short_forms_and_long_forms_say_the_same(write: Write) -> None:
    short = ["walk to: gondola-2", "inspect: aurel-500", "wait: 500 ms", "enter", "leave:"]
    long = [
        "walk to: {place: gondola-2}",
        "inspect: {product: aurel-500, for: 2 s}",
        "wait: {for: 0.5}",
        "enter: qr",
        "leave: {}",
    ]
    steps = [WalkTo(place="gondola-2"), Inspect(product="aurel-500"), Wait(for_ns=SECOND // 2), Enter(), Leave()]
    for one, other, step in zip(short, long, steps, strict=True):
        for said in (one, other):
            assert read_scenario(write(("- leave\n", f"- {said}\n"))).scenario.shoppers[0].steps[3] == step, said


# --- what is wrong with a file -------------------------------------------------------------------


def test_a_misspelt_step_names_line_known_steps_and_the_nearest(write: Write) -> None:
    assert complaint(write(("- take:", "- tak:"))) == (
        "line 9: shoppers.ana.does[1].tak: unknown key\n"
        "  expected: one of enter, walk to, take, put back, inspect, touch, hand, drop, wait, look, meet, leave, pay,"
        " scan, top up, check price, buy, order, enrol, forget\n"
        "  found: 'tak'\n"
        "  try: did you mean 'take'?"
    )


def test_a_misspelt_key_names_line_and_the_nearest(write: Write) -> None:
    said = complaint(write(("arrives: 4 s", "arives: 4 s")))
    assert said.startswith("line 13: shoppers.ben.arives: unknown key\n  expected: one of account, arrives, height")
    assert said.endswith("did you mean 'arrives'?")


def test_a_misspelt_word_names_the_nearest(write: Write) -> None:
    said = complaint(write(("- leave\n", "- leve\n")))
    assert said.startswith("line 11: shoppers.ana.does[3]")
    assert "did you mean 'leave'?" in said


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("arrives: 4 s", "arrives: -4 s", 13, "time cannot be negative"),
        ("at: 3 s", "at: -3 s", 17, "time cannot be negative"),
        ("arrives: 4 s", "arrives: 4 sec", 13, "expected a length of time"),
        ("hold: 3 s", "hold: 3 m", 15, "expected a length of time"),
        ("height: 95 cm", "height: 95 km", 14, 'a length: "0.95 m"'),
        ("height: 95 cm", "height: 3 m", 14, "less than or equal to 2.3"),
        ("is: stuck", "is: stuk", 17, "did you mean 'stuck'?"),
        ("- enter: palm", "- enter: plam", 8, "did you mean 'palm'?"),
        ("- enter: palm", "- enter: {by: qr, follow: ben}", 8, "whoever follows somebody shows nothing"),
        ("- leave\n", "- take:\n", 11, "nothing stands after 'take:'"),
        ("- leave\n", "- hand: kestrel-cola-500\n", 11, "a mapping with product, to"),
        ("- leave\n", "- walk to: {}\n", 11, "either 'place' or 'point'"),
        ("- enter: palm", "- {enter: palm, take: aurel-500}", 8, "one key a step"),
        ("seed: 7", "seed: -7", 3, "greater than or equal to 0"),
        ("seed: 7", "expect: {review: [cleo]}", 1, "'expect' names cleo"),
    ],
)
def test_bad_values_are_refused_with_their_line(write: Write, old: str, new: str, line: int, what: str) -> None:
    said = complaint(write((old, new)))
    assert said.startswith(f"line {line}: "), said
    assert what in said


def test_all_that_is_wrong_is_said_at_once(write: Write) -> None:
    said = complaint(write(("arrives: 4 s", "arrives: 4 sec"), ("is: stuck", "is: stuk")))
    assert "line 13:" in said
    assert "line 17:" in said


# --- in a store ----------------------------------------------------------------------------------


def test_a_good_scenario_can_be_played(write: Write, corner_shop: Layout) -> None:
    written = read_scenario(write())
    assert check(written.scenario, corner_shop, written.document) == written.scenario


def test_a_product_may_be_named_by_its_barcode(write: Write, corner_shop: Layout) -> None:
    gtin = corner_shop.product["kestrel-cola-500"].gtin
    written = read_scenario(write(("product: kestrel-cola-500", f'product: "{gtin}"')))
    checked = check(written.scenario, corner_shop, written.document)
    assert checked == read_scenario(write()).scenario


def test_an_unknown_product_names_the_nearest(write: Write, corner_shop: Layout) -> None:
    said = complaint(write(("{product: kestrel-cola-500, from", "{product: kestrel-colla-500, from")), corner_shop)
    assert said.startswith("line 9: shoppers.ana.does[1].take.product: unknown product\n")
    assert "expected: a product id or GTIN of corner-shop: " in said
    assert "found: 'kestrel-colla-500'" in said
    assert "try: did you mean 'kestrel-cola-500'?" in said


def test_a_missing_shelf_names_those_beside_it(write: Write, corner_shop: Layout) -> None:
    said = complaint(write(("at: gondola-2/shelf-3", "at: gondola-2/shelf-33")), corner_shop)
    assert "line 10: shoppers.ana.does[2].put back.at: corner-shop has no such place" in said
    assert f"expected: one of: {', '.join(f'gondola-2/shelf-{i}' for i in range(1, 6))}" in said
    assert "did you mean 'gondola-2/shelf-3" in said


PUT_BACK = "- put back: {product: kestrel-cola-500, at: gondola-2/shelf-3}\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("from: gondola-1/shelf-4", "from: gondola-1/shelf-1", 9, "kestrel-cola-500 is not on gondola-1/shelf-1"),
        ("from: gondola-1/shelf-4", "from: gondola-1", 9, "goods stand on shelves and plates"),
        (PUT_BACK, "- put back: aurel-500\n", 10, "ana does not have aurel-500 here"),
        (PUT_BACK, "- {put back: {product: kestrel-cola-500, count: 2}}\n", 10, "that many kestrel-cola-500"),
        (PUT_BACK, "- hand: {product: kestrel-cola-500, to: bem}\n", 10, "did you mean 'ben'?"),
        (PUT_BACK, "- hand: {product: kestrel-cola-500, to: ana}\n", 10, "with themselves"),
        (PUT_BACK, "- meet: {shopper: ben, steps: 9}\n", 10, "expected: 1 to 3"),
        (PUT_BACK, "- walk to: {point: [99, 0]}\n", 10, "outside the store"),
        (PUT_BACK, "- look: gondola-9\n", 10, "no such place"),
        (PUT_BACK, "- leave\n", 11, "steps after 'leave'"),
        (PUT_BACK, "- enter: qr\n", 10, "a shopper enters once"),
        ("- enter: palm", "- wait: 1 s", 8, "the first step must be 'enter'"),
        ("- enter: palm", "- enter: {gate: gate-out}", 8, "expected: one of: gate-in"),
        ("- enter: palm", "- enter: {follow: bem}", 8, "unknown shopper"),
        ("plate-2, is", "plate-22, is", 17, "unknown device"),
        ("at: 3 s", "at: 300 s", 17, "the fault begins after the run"),
        ("seed: 7", "expect: {receipts: {ana: {kestrel: 1}}}", 3, "unknown product"),
    ],
)  # fmt: skip
def test_what_a_store_cannot_play_is_refused(
    write: Write, corner_shop: Layout, old: str, new: str, line: int, what: str
) -> None:
    said = complaint(write((old, new)), corner_shop)
    assert f"line {line}: " in said
    assert what in said


def test_what_another_hands_over_can_be_put_back(write: Write, corner_shop: Layout) -> None:
    path = write(
        (PUT_BACK, "- hand: {product: kestrel-cola-500, to: ben}\n"),
        ("{take: {product: kestrel-cola-500, from: gondola-2/shelf-3, hold: 3 s}}", "{put back: kestrel-cola-500}"),
    )
    written = read_scenario(path)
    check(written.scenario, corner_shop, written.document)


# --- vary ----------------------------------------------------------------------------------------


def test_vary_makes_every_combination_with_stable_names(write: Write) -> None:
    path = write(("seed: 7", "seed: 7\nvary:\n  seed: [1, 2]\n  shoppers.ben.arrives: [1 s, 2.5 s]"))
    found = [written.scenario for written in read_scenarios(path)]
    assert [each.name for each in found] == [
        "visit[seed=1-arrives=1s]",
        "visit[seed=1-arrives=2.5s]",
        "visit[seed=2-arrives=1s]",
        "visit[seed=2-arrives=2.5s]",
    ]
    assert [(each.seed, each.shoppers[1].arrives_ns) for each in found][-1] == (2, 2_500_000_000)
    assert len({each.digest for each in found}) == 4
    assert read_scenario(path, "visit[seed=2-arrives=1s]").scenario == found[2]
    with pytest.raises(UsageError, match="no scenario is named"):
        read_scenario(path, "visit[seed=3]")


def test_a_bad_varied_value_is_complained_of_where_it_stands(write: Write) -> None:
    path = write(("seed: 7", "seed: 7\nvary:\n  shoppers.ben.arrives:\n    - 1 s\n    - 2 x"))
    assert complaint(path).startswith("line 7: shoppers.ben.arrives: expected a length of time")


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("shoppers.bem.arrives: [1 s]", "did you mean 'ben'?"),
        ("shoppers.ben.arives: [1 s]", "unknown key"),
        ("seed: [1, 1]", "the same value twice"),
        ("seed: []", "1 to 10000 combinations"),
        ("seed: 3", "valid list"),
    ],
)
def test_bad_vary_is_refused(write: Write, key: str, what: str) -> None:
    said = complaint(write(("seed: 7", f"seed: 7\nvary:\n  {key}")))
    assert what in said or what.removeprefix("valid ") in said


# --- writing, changing, building -----------------------------------------------------------------


SCENARIOS = sorted(path for path in (ROOT / "scenarios").rglob("*.yaml") if path.name != "suite.yaml")


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_the_projects_scenarios_can_be_played_and_written_again(path: Path) -> None:
    for written in read_scenarios(path):
        layout = load_store(find_store(written.scenario.store, roots=[ROOT])).layout
        check(written.scenario, layout, written.document)
        assert from_yaml(to_yaml(written.scenario), written.scenario.name) == written.scenario


def test_what_is_written_reads_back_as_a_file_too(write: Write, tmp_path: Path) -> None:
    read = read_scenario(
        write(("faults:", "xfail: known\nlimit: 90 s\nexpect: {charges: {ana: 2.49}, entered: [ana]}\nfaults:"))
    ).scenario
    again = tmp_path / "again.yaml"
    again.write_text(to_yaml(read))
    assert replace(read_scenario(again).scenario, name="visit") == read
    assert read.expect.charges == {"ana": 249}
    assert expectation(to_yaml(read)) == read.expect
    assert expectation("").silent


def test_changing_the_seed_changes_codes_and_changing_it_back_gives_the_same(write: Write) -> None:
    read = read_scenario(write()).scenario
    other = changed(read, seed=8)
    assert other.shoppers[0].code != read.shoppers[0].code
    assert changed(other, seed=7) == read
    with pytest.raises(BadFile, match="unknown key"):
        changed(read, sead=8)


def built() -> Scenario:
    return scenario(
        "visit",
        "One puts a bottle back on the wrong shelf, the other takes it.",
        "corner-shop",
        shopper("ana", account={"loyalty": "prime"})
        .enter("palm")
        .take("kestrel-cola-500", place="gondola-1/shelf-4")
        .put_back("kestrel-cola-500", place="gondola-2/shelf-3")
        .leave(),
        shopper("ben", arrives="4 s", height=0.95)
        .enter("qr")
        .take("kestrel-cola-500", place="gondola-2/shelf-3", hold=3)
        .leave(),
        seed=7,
        faults=[{"at": 3, "device": "gondola-1/shelf-4/plate-2", "is": "stuck", "for": 2}],
    )


def test_python_makes_the_same_scenario_as_a_file(write: Write) -> None:
    assert built() == read_scenario(write()).scenario


def test_every_verb_can_be_built() -> None:
    script = (
        shopper("ana").enter(gate="gate-in").walk_to(point=(1.0, 2.0)).take("a", 2, at_once=True, slowly=True)
        .put_back("a", 2).inspect("a", for_="1 s").touch("a").take("a").hand("a", "ben").take("a").drop("a")
        .wait("1 s").look("gondola-1").meet("ben", 1).pay("palm", at="t").scan("t", amount="7.50").top_up("20.00")
            .check_price("a").buy("a", 2, by="qr").order({"a": 1}).enrol(at="t").forget().leave(follow="ben")
    )  # fmt: skip
    made = scenario("x", "x", "x", script, shopper("ben").enter(guest_of="ana").leave())
    assert {type(step) for step in made.shoppers[0].steps} == {body.STEP for body in VERBS.values()}
    assert made.shoppers[0].steps[12] == Meet(shopper="ben", steps=1)


def test_a_builder_leaves_its_start_as_it_was() -> None:
    begun = shopper("ana").enter()
    assert len(begun.take("a").steps) == 2
    assert len(begun.steps) == 1


def test_a_bad_value_in_python_names_the_key() -> None:
    with pytest.raises(BadFile, match=r"x: shoppers\.ana\.does\[0\]\.enter\.by: wrong value"):
        scenario("x", "x", "x", shopper("ana").enter("plam"))


def test_a_scenario_made_in_python_is_checked_against_a_store(corner_shop: Layout) -> None:
    bad = changed(built(), shoppers={"ana": {"does": ["enter", {"take": "nothing-of-the-kind"}]}})
    with pytest.raises(BadFile, match=r"visit: shoppers\.ana\.does\[1\]\.take\.product: unknown product"):
        check(bad, corner_shop)


def test_the_schema_knows_every_step_and_both_forms() -> None:
    schema = scenario_schema()
    bare, full = schema["$defs"]["StepForm"]["anyOf"]
    assert bare == {"enum": ["enter", "leave", "pay"]}
    assert set(full["properties"]) == set(VERBS)
    assert schema["$defs"]["TakeBody"]["anyOf"][0]["type"] == "string"
    assert json.dumps(schema) == json.dumps(scenario_schema())


def test_a_scenario_is_made_ready_with_other_values_and_the_stores_file(write: Write) -> None:
    written = read_scenario(write())
    found, store_path = ready(written, {"seed": 3})
    assert (found.seed, store_path.name) == (3, "corner-shop.yaml")
    with pytest.raises(BadFile, match="a product id or GTIN of nanostore"):
        ready(written, {"store": "nanostore"})
