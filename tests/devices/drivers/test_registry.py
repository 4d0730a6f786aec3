"""Drivers by name: those of the rooms, and those of outside packages, also broken ones."""

from importlib.metadata import EntryPoint

import pytest

from contracts.errors import UsageError
from contracts.ports import PortKind
from devices.drivers.kind import ENTRY_POINT, DriverKind
from devices.drivers.registry import load, own_kinds
from devices.scale.profile import PROFILES as SCALES
from devices.scanner.profiles import PROFILES as SCANNERS

MINE = DriverKind("scanner/mine", PortKind.SCANNER, "mine", make=lambda wanted: wanted.other("x"))
LISTED = [MINE]
TAKEN = [DriverKind("scanner/text", PortKind.SCANNER, "theirs", make=lambda wanted: wanted.other("x"))]
UNNAMED = [DriverKind("Mine", PortKind.SCANNER, "mine", make=lambda wanted: wanted.other("x"))]
NOTHING = ["scanner/mine"]


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value if ":" in value else f"{__name__}:{value}", ENTRY_POINT)


def test_every_profile_of_a_room_is_a_driver_with_an_emulator() -> None:
    kinds = load(()).kinds
    for room, names in (("scanner", SCANNERS), ("scale", SCALES)):
        for name in names:
            assert kinds[f"{room}/{name}"].emulate is not None
    assert kinds["terminal/zvt"].kind is PortKind.CARD_TERMINAL


def test_names_are_unique_and_sorted() -> None:
    names = [kind.name for kind in own_kinds()]
    assert len(set(names)) == len(names)
    assert list(load(()).kinds) == sorted(names)


def test_an_outside_package_adds_a_driver() -> None:
    registry = load((point("mine", "LISTED"),))
    assert registry.find("scanner/mine") is MINE
    assert not registry.broken


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("nowhere.at.all:KINDS", "ModuleNotFoundError"),
        ("MISSING", "AttributeError"),
        ("NOTHING", "expected DriverKind, found str"),
        ("TAKEN", "the name scanner/text is taken"),
        ("UNNAMED", "a name reads like scanner/my-scanner, found 'Mine'"),
    ],
)
def test_a_broken_package_is_told_by_name_and_the_rest_works(value: str, why: str) -> None:
    registry = load((point("theirs", value), point("mine", "LISTED")))
    (broken,) = registry.broken
    assert "theirs" in str(broken)
    assert why in str(broken)
    assert registry.find("scanner/mine") is MINE
    assert registry.find("scanner/text").about != "theirs"


def test_an_unknown_driver_names_the_nearest_and_what_is_broken() -> None:
    registry = load((point("theirs", "MISSING"),))
    with pytest.raises(UsageError) as caught:
        registry.find("scanner/zebrassi")
    assert "did you mean 'scanner/zebra-ssi'?" in caught.value.hint
    assert "drivers of theirs cannot be used" in caught.value.hint
