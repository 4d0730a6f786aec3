"""Hands of shoppers in scenario files: read, written back, and refused where readers see none."""

from pathlib import Path

import pytest

from contracts.errors import BadFile
from contracts.palms import Enrol, Forget, HeldHand
from contracts.steps import Enter
from rig.scenario import from_yaml, read_scenario, ready, to_yaml

HEAD = "about: x\nstore: park-gate\n"
DOES = "    does: [{enter: {by: palm, then: qr}}]\n"


def written(tmp_path: Path, rest: str) -> Path:
    path = tmp_path / "one.yaml"
    path.write_text(HEAD + rest)
    return path


@pytest.mark.parametrize(
    ("said", "hand"),
    [
        ("{plasters: 3}", HeldHand(plasters=3)),
        ("{careless: true, ring: true}", HeldHand(careless=True, ring=True)),
        ("{shows: latex, of: ben}", HeldHand(shows="latex", of="ben")),
    ],
)
def test_a_hand_is_read_and_written(tmp_path: Path, said: str, hand: HeldHand) -> None:
    rest = f"palms: images\nshoppers:\n  ana:\n    hand: {said}\n{DOES}  ben:\n{DOES}expect: {{recognised: []}}\n"
    scenario, _ = ready(read_scenario(written(tmp_path, rest)))
    assert scenario.shoppers[0].hand == hand
    assert scenario.shoppers[0].steps == (Enter(by="palm", then="qr"),)
    assert scenario.expect.recognised == ()
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario


@pytest.mark.parametrize(
    ("rest", "says"),
    [
        (f"shoppers:\n  ana:\n    hand: {{plasters: 1}}\n{DOES}", "see no hands"),
        (f"shoppers:\n  ana:\n{DOES}expect: {{recognised: [ana]}}\n", "see no hands"),
        (f"palms: images\nshoppers:\n  ana:\n    hand: {{shows: print, of: anna}}\n{DOES}", "unknown shopper"),
        (f"palms: images\nshoppers:\n  ana:\n    hand: {{of: ben}}\n{DOES}", "nobody has a hand of ben"),
        (f"palms: images\nshoppers:\n  ana:\n    hand: {{shows: print, plasters: 2}}\n{DOES}", "of a hand, not"),
        ("shoppers:\n  ana:\n    does: [{enrol: palm}, {enter: palm}]\n", "enrol nobody"),
        ("palms: images\nshoppers:\n  ana:\n    account: none\n    does: [{enrol: palm}, enter]\n", "in the app"),
        ("palms: images\nshoppers:\n  ana:\n    does: [{enrol: {at: lane-out-1}}, enter]\n", "no palm reader"),
        ("palms: images\nshoppers:\n  ana:\n    does: [{enrol: palm}, {wait: 1 s}]\n", "first step must be 'enter'"),
        (f"palms: pictures\nshoppers:\n  ana:\n{DOES}", "handles"),
    ],
)
def test_what_cannot_be_is_refused(tmp_path: Path, rest: str, says: str) -> None:
    with pytest.raises(BadFile, match=says):
        ready(read_scenario(written(tmp_path, rest)))


def test_somebody_enrols_before_coming_in(tmp_path: Path) -> None:
    rest = "palms: images\nshoppers:\n  ana:\n    account: {palm: none}\n"
    rest += "    does: [{enrol: {at: lane-in-1}}, {forget: palm}, {enter: palm}]\n"
    scenario, _ = ready(read_scenario(written(tmp_path, rest)))
    assert scenario.shoppers[0].steps[:2] == (Enrol(by="palm", at="lane-in-1"), Forget(by="palm"))
    assert from_yaml(to_yaml(scenario), scenario.name) == scenario
