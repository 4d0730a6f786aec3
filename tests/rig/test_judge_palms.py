"""The judge holds palm readers that look at hands to what was truly held over them."""

import pytest

from contracts.layout import Account, Layout
from contracts.records import PalmScan
from contracts.truth import TruePalm
from rig.judge.palms import palm_differences
from rig.judge.story import Story

LAYOUT = Layout("tiny", (0, 0, 4, 4), (0, 0, 4, 4))


def story(shopper: str, owner: str, shows: str, handle: str, *, known: bool = True) -> Story:
    told = Story(LAYOUT, account_of={"ana": "a-ana", "ben": "a-ben", "cleo": ""})
    told.accounts = {f"a-{n}": Account(f"a-{n}", palm_handles=(f"p-{n}",)) for n in ("ana", "ben")}
    held = TruePalm(t_ns=5, source="truth", shopper=shopper, reader="r", owner=owner, shows=shows, known=known)
    earlier = TruePalm(t_ns=1, source="truth", shopper="ana", reader="r", owner="ana", shows="hand", known=True)
    later = TruePalm(t_ns=9, source="truth", shopper="ben", reader="r", owner="ben", shows="hand", known=True)
    told.by_kind = {TruePalm: [earlier, held, later], PalmScan: [PalmScan(t_ns=7, source="r", handle=handle)]}
    return told


def test_who_is_there_is_known_or_not() -> None:
    assert list(palm_differences(story("ana", "ana", "hand", "p-ana"))) == []
    assert list(palm_differences(story("ana", "ana", "hand", ""))) == []


@pytest.mark.parametrize(
    ("shopper", "owner", "shows", "handle", "known", "says"),
    [
        ("ben", "ben", "hand", "p-ana", True, "ben was taken for the owner of a-ana"),
        ("cleo", "cleo", "hand", "p-ana", False, "cleo, who is not enrolled"),
        ("cleo", "ana", "print", "p-ana", True, "a print of ana's palm"),
        ("ana", "ana", "hand", "p-x", True, "an unknown palm"),
    ],
)
def test_whoever_is_taken_for_another_is_told(
    shopper: str, owner: str, shows: str, handle: str, known: bool, says: str
) -> None:
    (line,) = palm_differences(story(shopper, owner, shows, handle, known=known))
    assert says in line


def test_a_scenario_says_who_must_be_known() -> None:
    told = story("ana", "ana", "hand", "p-ana")
    assert list(palm_differences(told, ("ana",))) == []
    assert "should not have been" in next(palm_differences(told, ()))
    assert "and was not" in next(palm_differences(story("ana", "ana", "hand", ""), ("ana",)))
