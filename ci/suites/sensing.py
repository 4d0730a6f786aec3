"""Suites of what the sensors make hard: many people, no plates, no depth, broken or badly surveyed devices."""

from __future__ import annotations

from typing import Any

from ci.suites.failures import NANO, SHOP, meet, put, take, walk
from ci.suites.writing import Data, SuiteFiles

COUNTS = (1, 2, 3, 5, 8, 12, 20)
TUNING, REPORTING = (1, 2, 3), (101, 102, 103)


def density() -> SuiteFiles:
    """Return crowds of growing size in one small shop; they come quickly, so that they are there together."""
    suite = SuiteFiles(
        "density", "From one to twenty shoppers in a small shop, with the baskets of a convenience store.",
        (1, 2, 3, 4), (101, 102, 103, 104),
    )  # fmt: skip
    for count in COUNTS:
        crowd = {"shoppers": count, "arrivals": "15 per minute", "basket": "convenience", "put back": "15 %",
                 "wrong shelf": "20 %", "groups": "10 %", "browse": "2 s"}  # fmt: skip
        suite.scenarios[f"density-{count:02}"] = {
            "about": f"{_people(count)} in a small shop at about the same time.",
            "store": SHOP,
            "seed": 1,
            "crowd": crowd,
            "limit": "600 s",
        }
    return suite


def camera_only() -> SuiteFiles:
    """Return visits to a store whose shelves do not weigh."""
    suite = SuiteFiles("camera-only", "One to three shoppers in a store without plates.", TUNING, REPORTING)
    for stem, data in {**_visits(SHOP, _SHOP_GOODS), **_crowds(SHOP)}.items():
        suite.scenarios[f"camera-only-{stem}"] = data | {"altered": {"plates": "none"}}
    return suite


def rgb_only() -> SuiteFiles:
    """Return visits to a store whose cameras see colour from several sides, and no depth; its shelves weigh."""
    suite = SuiteFiles("rgb-only", "One to three shoppers before colour cameras without depth.", TUNING, REPORTING)
    for stem, data in {**_visits(NANO, _NANO_GOODS), **_crowds(NANO)}.items():
        suite.scenarios[f"rgb-only-{stem}"] = data | {"altered": {"depth": "none"}}
    return suite


def degraded() -> SuiteFiles:
    """Return visits with something wrong with the devices."""
    suite = SuiteFiles(
        "degraded", "One camera lost, one plate stuck, a survey 2 cm and half a degree off, or three times the noise.",
        TUNING, REPORTING,
    )  # fmt: skip
    off = {"surveyed with": {"shift_m": 0.02, "turn_deg": 0.5}}
    lost = {1: "c2", 2: "c5", 3: "c1"}
    for count, (stem, data) in enumerate(_visits(SHOP, _SHOP_GOODS).items(), start=1):
        if count > 3:
            break
        crowd = _crowds(SHOP)[f"crowd-{count}"]
        stuck = f"{data['shoppers']['ana']['does'][1]['take']['from']}/plate-{(3, 2, 4)[count - 1]}"
        suite.scenarios |= {
            f"camera-lost-{stem}": data | {"faults": [_fault(lost[count], "off")]},
            f"camera-lost-crowd-{count}": crowd | {"faults": [_fault(lost[count], "off")]},
            f"plate-stuck-{stem}": data | {"faults": [_fault(stuck, "stuck")]},
            f"survey-off-{stem}": data | {"altered": off},
            f"survey-off-crowd-{count}": crowd | {"altered": off},
            f"noise-{stem}": data | {"altered": {"noise": 3}},
            f"noise-crowd-{count}": crowd | {"altered": {"noise": 3}},
        }
    return suite


# product and shelf of eight things that stand apart, then a shelf of another rack with room for the first
_SHOP_GOODS = (
    ("kestrel-cola-500", "gondola-1/shelf-4"),
    ("tallow-nuts-200", "gondola-2/shelf-3"),
    ("orchard-beans-400", "gondola-3/shelf-3"),
    ("hazel-spread-400", "gondola-4/shelf-2"),
    ("suds-dish-500", "gondola-5/shelf-2"),
    ("deli-ham-sandwich", "gondola-6/shelf-3"),
    ("milkwright-oat-1000", "gondola-1/shelf-2"),
    ("", "gondola-3/shelf-2"),
)
_NANO_GOODS = (
    ("arizona-watermelon", "gondola-1/shelf-4"),
    ("taco-bell-fire", "gondola-2/shelf-5"),
    ("vita-coco", "gondola-3/shelf-4"),
    ("ito-en-green-tea", "gondola-5/shelf-3"),
    ("red-bull", "gondola-3/shelf-2"),
    ("izze-apple", "gondola-5/shelf-2"),
    ("fiji-500", "gondola-1/shelf-5"),
    ("", "gondola-2/shelf-2"),
)
_Goods = tuple[tuple[str, str], ...]


def _visits(store: str, goods: _Goods) -> dict[str, Data]:
    """Return scripted visits: plain ones first, then put-backs, a misplacement, a hand-over."""
    takes = [take(*good) for good in goods[:-1]]
    first, spare = goods[0], goods[-1][1]
    shelf = goods[2][1].split("/")[0]
    return {
        "one": _scenario("One shopper takes three things.", store, takes[:3]),
        "two": _scenario("Two shoppers take two things each.", store, takes[:2], takes[2:4]),
        "three": _scenario("Three shoppers take two things each.", store, takes[:2], takes[2:4], takes[4:6]),
        "put-back": _scenario(
            "One thing is put back where it was, another is looked at and left.", store,
            [takes[0], {"put back": first[0]}, {"inspect": {"product": goods[1][0], "at": goods[1][1]}}, takes[2]],
        ),
        "misplaced": _scenario(
            "What somebody puts on a wrong shelf is bought there by somebody else.", store,
            [takes[0], put(first[0], spare), takes[3]], [meet("ana", 3), take(first[0], spare)],
        ),
        "handed-over": _scenario(
            "What one takes, another carries out.", store,
            [takes[6], meet("ben", 2), {"hand": {"product": goods[6][0], "to": "ben"}}],
            [walk(shelf), meet("ana", 4), takes[2]],
        ),
    }  # fmt: skip


def _crowds(store: str) -> dict[str, Data]:
    """Return crowds of one to three, whose goods each seed draws anew."""
    crowd = {"arrivals": "10 per minute", "basket": "convenience", "put back": "30 %", "wrong shelf": "20 %",
             "browse": "1 s"}  # fmt: skip
    return {
        f"crowd-{count}": {
            "about": f"{_people(count)} with the baskets of a crowd.",
            "store": store,
            "seed": 1,
            "crowd": {"shoppers": count, **crowd},
            "limit": "600 s",
        }
        for count in (1, 2, 3)
    }


def _scenario(about: str, store: str, *people: list[Any]) -> Data:
    shoppers: Data = {}
    for i, (name, steps) in enumerate(zip(("ana", "ben", "cleo"), people, strict=False)):
        arrives: Data = {"arrives": f"{2 * i} s"} if i else {}
        shoppers[name] = arrives | {"does": [{"enter": "qr"}, *steps, "leave"]}
    return {"about": about, "store": store, "seed": 1, "shoppers": shoppers}


def _fault(device: str, kind: str) -> Data:
    return {"at": "1 s", "device": device, "is": kind}


def _people(count: int) -> str:
    return "One shopper" if count == 1 else f"{count} shoppers"
