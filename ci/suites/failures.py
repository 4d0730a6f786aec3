"""Each failure that the winner of the AutoCheckout competition names, in three variants: other goods, other stores.

Left out: the log that was cut to four seconds is a matter of reading logs, not of a run.
"""

from __future__ import annotations

from typing import Any

from ci.suites.writing import Data, SuiteFiles

SHOP, NANO = "corner-shop", "nanostore"
BUY = {"take": {"product": "volta-250", "from": "gondola-1/shelf-5"}}
Steps = list[Any]


def field_failures() -> SuiteFiles:
    """Return the suite."""
    suite = SuiteFiles(
        "field-failures",
        "What went wrong in a real store, each in three variants.",
        (1, 2),
        (101, 102),
        notes=["the log that was cut to four seconds is left out: it is a matter of reading logs, not of a run"],
    )
    for make in MAKERS:
        for number, data in enumerate(make(), start=1):
            suite.scenarios[f"{make.__name__.removeprefix('_')}_{number}"] = data
    return suite


def _misplaced_then_bought() -> list[Data]:
    about = "What somebody put on the wrong shelf is bought there by somebody else, who pays for it."
    return [
        _visit(about, store, ana=[take(product, home), put(product, there)],
               ben=[meet("ana", 3), take(product, there)])
        for store, product, home, there in (
            (SHOP, "aurel-500", "gondola-1/shelf-3", "gondola-3/shelf-2"),
            (SHOP, "orchard-corn-300", "gondola-3/shelf-3", "gondola-5/shelf-3"),
            (NANO, "arizona-mango", "gondola-1/shelf-4", "gondola-2/shelf-2"),
        )
    ]  # fmt: skip


def _equal_weight_other_colour() -> list[Data]:
    about = "Of two products of one weight, side by side, the one in the other colour is bought."
    return [
        _visit(about, store, ana=[take(first, shelf), put(first, shelf), take(second, shelf)])
        for store, first, second, shelf in (
            (SHOP, "aurel-500", "aurel-fizz-500", "gondola-1/shelf-3"),
            (SHOP, "bearling-gums-200", "bearling-sour-200", "gondola-2/shelf-5"),
            (NANO, "sweet-tea-original", "sweet-tea-peach", "gondola-1/shelf-3"),
        )
    ]


def _big_for_small() -> list[Data]:
    about = "A small one is left where a big one stood."
    return [
        _visit(about, store, ana=[take(small, home), take(big, shelf), put(small, shelf)])
        for store, small, home, big, shelf in (
            (SHOP, "kestrel-cola-500", "gondola-1/shelf-4", "kestrel-cola-1500", "gondola-1/shelf-1"),
            (SHOP, "hollow-salt-40", "gondola-2/shelf-3", "hollow-salt-100", "gondola-2/shelf-2"),
            (NANO, "acqua-panna-500", "gondola-1/shelf-6", "acqua-panna-750", "gondola-1/shelf-5"),
        )
    ]


def _one_plate_at_once() -> list[Data]:
    about = "Two stand side by side and take from one facing at the same time."
    return [
        _two_before(about, store, left, right, product, product)
        for store, left, right, product in (
            (SHOP, "gondola-3/shelf-3/plate-1", "gondola-3/shelf-3/plate-4", "orchard-tomato-400"),
            (SHOP, "gondola-5/shelf-4/plate-1", "gondola-5/shelf-4/plate-4", "kestrel-cola-330"),
            (NANO, "gondola-1/shelf-4/plate-5", "gondola-1/shelf-4/plate-9", "arizona-watermelon"),
        )
    ]


def _crossing_hands() -> list[Data]:
    about = "Two reach across each other, each for what stands before the other."
    return [
        _two_before(about, store, left, right, far, near, hands=True)
        for store, left, right, far, near in (
            (SHOP, "gondola-2/shelf-4/plate-1", "gondola-2/shelf-4/plate-4", "marl-milk-100", "marl-dark-100"),
            (SHOP, "gondola-3/shelf-3/plate-4", "gondola-3/shelf-3/plate-8", "orchard-corn-300", "orchard-beans-400"),
            (NANO, "gondola-1/shelf-3/plate-4", "gondola-1/shelf-3/plate-8", "sweet-tea-peach", "sweet-tea-original"),
        )
    ]


def _nearer_head() -> list[Data]:
    about = "Somebody reaches past a bystander whose head is nearer to the goods."
    return [
        _visit(about, store, ana=[meet("ben", 2), take(product, shelf)],
               ben=[walk(before), meet("ana", 3)], heights={"ana": 1.86})
        for store, before, product, shelf in (
            (SHOP, "gondola-1/shelf-3/plate-2", "aurel-500", "gondola-1/shelf-3"),
            (SHOP, "gondola-6/shelf-3/plate-5", "deli-egg-sandwich", "gondola-6/shelf-3"),
            (NANO, "gondola-1/shelf-5/plate-10", "fiji-500", "gondola-1/shelf-5"),
        )
    ]  # fmt: skip


def _hand_to_hand() -> list[Data]:
    about = "What one takes, another carries out."
    return [
        _visit(about, store, ana=[take(product, shelf), meet("ben", 2), {"hand": {"product": product, "to": "ben"}}],
               ben=[walk(waits), meet("ana", 4)])
        for store, product, shelf, waits in (
            (SHOP, "volta-250", "gondola-1/shelf-5", "gondola-2"),
            (SHOP, "combe-jam-350", "gondola-4/shelf-2", "gondola-5"),
            (NANO, "arizona-green-tea", "gondola-1/shelf-4", "gondola-2"),
        )
    ]  # fmt: skip


def _held_long() -> list[Data]:
    return _one_take("Something is held over its plate for long before it is carried away.", {"hold": "4 s"})


def _lifted_slowly() -> list[Data]:
    return _one_take("Something is lifted so slowly that its plate shows no step.", {"slowly": True})


def _several_at_once() -> list[Data]:
    return _one_take("Three are taken in one reach.", {"count": 3, "at once": True})


def _neighbours_quickly() -> list[Data]:
    about = "Two are taken from neighbouring facings, one right after the other."
    return [
        _visit(about, store, ana=[take(one, shelf, hand="left"), take(other, shelf, hand="right")])
        for store, one, other, shelf in (
            (SHOP, "strand-spaghetti-500", "strand-penne-500", "gondola-3/shelf-2"),
            (SHOP, "yonder-plain-150", "yonder-berry-150", "gondola-6/shelf-4"),
            (NANO, "arizona-green-tea", "arizona-watermelon", "gondola-1/shelf-4"),
        )
    ]


def _put_on_wrong_shelf() -> list[Data]:
    about = "Something is put on the wrong shelf and left there; nobody pays for it."
    return [
        _visit(about, store, ana=[take(product, home), put(product, there), *more])
        for store, product, home, there, more in (
            (SHOP, "kestrel-orange-330", "gondola-1/shelf-4", "gondola-3/shelf-4", []),
            (SHOP, "combe-honey-350", "gondola-4/shelf-2", "gondola-5/shelf-5", [BUY]),
            (NANO, "fiji-500", "gondola-1/shelf-5", "gondola-2/shelf-2", []),
        )
    ]  # fmt: skip


def _touched() -> list[Data]:
    about = "Something is pressed and let go, and something else is bought."
    return [
        _visit(about, store, ana=[{"touch": {"product": touched, "at": shelf}}, take(bought, other)])
        for store, touched, shelf, bought, other in (
            (SHOP, "kestrel-cola-500", "gondola-1/shelf-4", "brume-green-500", "gondola-1/shelf-3"),
            (SHOP, "saltern-salt-500", "gondola-3/shelf-2", "tern-tuna-160", "gondola-3/shelf-3"),
            (NANO, "fiji-700", "gondola-1/shelf-5", "arrowhead-600", "gondola-1/shelf-5"),
        )
    ]


def _left_on_the_floor() -> list[Data]:
    about = "Something is dropped and left on the floor; who did not carry it out does not pay for it."
    return [
        _visit(about, store, ana=[take(product, shelf), {"drop": product}, *more])
        for store, product, shelf, more in (
            (SHOP, "kestrel-cola-500", "gondola-1/shelf-4", []),
            (SHOP, "aurel-fizz-500", "gondola-6/shelf-2", [take("yonder-plain-150", "gondola-6/shelf-4")]),
            (NANO, "arizona-mango", "gondola-1/shelf-4", []),
        )
    ]


def _wrong_planogram() -> list[Data]:
    about = "The stack has been told a wrong planogram for the rack that somebody takes from."
    return [
        _visit(about, store, ana=[take(product, shelf)])
        | {"altered": {"surveyed with": {"mixed_up": [shelf.split("/")[0]]}}}
        for store, product, shelf in (
            (SHOP, "milkwright-oat-1000", "gondola-1/shelf-2"),
            (SHOP, "suds-dish-500", "gondola-5/shelf-2"),
            (NANO, "red-bull", "gondola-3/shelf-2"),
        )
    ]


MAKERS = (
    _misplaced_then_bought,
    _equal_weight_other_colour,
    _big_for_small,
    _one_plate_at_once,
    _crossing_hands,
    _nearer_head,
    _hand_to_hand,
    _held_long,
    _lifted_slowly,
    _several_at_once,
    _neighbours_quickly,
    _put_on_wrong_shelf,
    _touched,
    _left_on_the_floor,
    _wrong_planogram,
)


def take(product: str, shelf: str, **how: Any) -> Data:
    """Return a take."""
    return {"take": {"product": product, "from": shelf, **how}}


def put(product: str, place: str) -> Data:
    """Return a put-back to a named place."""
    return {"put back": {"product": product, "at": place}}


def walk(place: str) -> Data:
    """Return a walk."""
    return {"walk to": place}


def meet(other: str, steps: int) -> Data:
    """Return a wait for another."""
    return {"meet": {"shopper": other, "steps": steps}}


def _one_take(about: str, how: Data) -> list[Data]:
    return [
        _visit(about, store, ana=[take(product, shelf, **how)])
        for store, product, shelf in (
            (SHOP, "kestrel-orange-330", "gondola-1/shelf-4"),
            (SHOP, "hazel-spread-400", "gondola-4/shelf-2"),
            (NANO, "arizona-mango", "gondola-1/shelf-4"),
        )
    ]


def _two_before(about: str, store: str, left: str, right: str, ana: str, ben: str, *, hands: bool = False) -> Data:
    """Return two who stand before two plates of a shelf and then take at the same time."""
    shelf = left.rsplit("/", 1)[0]
    with_right, with_left = ({"hand": "right"}, {"hand": "left"}) if hands else ({}, {})
    return _visit(
        about,
        store,
        ana=[walk(left), meet("ben", 2), take(ana, shelf, **with_right)],
        ben=[walk(right), meet("ana", 2), take(ben, shelf, **with_left)],
    )


def _visit(
    about: str, store: str, *, ana: Steps, ben: Steps | None = None, heights: dict[str, float] | None = None
) -> Data:
    """Return a scenario of one or two shoppers."""
    people: Data = {}
    for i, (name, steps) in enumerate((("ana", ana), ("ben", ben))):
        if steps is None:
            continue
        said: Data = {"arrives": f"{i} s"} if i else {}
        said |= {"height": heights[name]} if heights and name in heights else {}
        people[name] = said | {"does": [{"enter": "qr"}, *steps, "leave"]}
    return {"about": about, "store": store, "seed": 1, "shoppers": people}
