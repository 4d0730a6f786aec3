from __future__ import annotations

from rig.explain import explain, timeline
from rig.scenario.build import scenario, shopper
from rig.scenario.model import Scenario


def handing_over() -> Scenario:
    return scenario(
        "hand_over",
        "A bottle changes hands.",
        "corner-shop",
        shopper("ben", account="none").enter(follow="ana").meet("ana", 3).leave(),
        shopper("ana", arrives="2 s").enter("qr").take("aurel-500", 2, slowly=True).hand("aurel-500", "ben").leave(),
        faults=[{"at": 1, "device": "c1", "is": "off"}, {"at": 3, "device": "c2", "is": "slow", "for": 2}],
        expect={"receipts": {"ben": {"aurel-500": 1}, "ana": {}}, "entered": ["ana"], "charges": {"ana": 1.2}},
        xfail="not yet",
    )


def test_arrivals_and_faults_come_at_their_times() -> None:
    timed = [str(line).split(maxsplit=2) for line in timeline(handing_over()) if line.after.endswith("s")]
    assert timed == [
        ["0", "s", "ben          arrives"],
        ["1", "s", "c1           is off until the end"],
        ["2", "s", "ana          arrives"],
        ["3", "s", "c2           is slow for 2 s"],
    ]


def test_a_step_that_waits_for_another_comes_after_it() -> None:
    steps = [(line.who, line.what) for line in timeline(handing_over()) if line.after.startswith("step")]
    assert steps == [
        ("ana", "shows a code and comes in"),
        ("ben", "slips in right behind ana, showing nothing"),
        ("ana", "takes 2 aurel-500, slowly"),
        ("ana", "hands aurel-500 to ben"),
        ("ben", "waits until ana has done step 3"),
        ("ana", "leaves"),
        ("ben", "leaves"),
    ]


def test_what_can_never_happen_is_said() -> None:
    each_waits = scenario(
        "stuck", "x", "s", shopper("ana").enter().meet("ben", 2), shopper("ben").enter().meet("ana", 2)
    )
    assert [line.who for line in timeline(each_waits) if line.after == "never"] == ["ana", "ben"]


def test_the_whole_text_says_who_what_and_what_must_hold() -> None:
    text = explain(handing_over())
    assert text[0] == "hand_over: A bottle changes hands."
    assert "expected to fail: not yet" in text
    assert "  ana          1.72 m tall, walks at 1.1 m/s, has an account" in text
    assert text[text.index("must hold") + 1 :] == [
        "  ben is charged 1 aurel-500",
        "  ana is charged nothing",
        "  everybody else is charged what they truly took",
        "  ana pays 1.20 in all",
        "  only these get in: ana",
    ]


def test_with_nothing_expected_the_truth_decides() -> None:
    plain = scenario("x", "x", "s", shopper("ana").enter().leave())
    assert explain(plain)[-1] == "  everybody is charged what they truly took"
