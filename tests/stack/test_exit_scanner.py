"""A store that knows who is inside from codes alone: the right visit ends when somebody shows a code at an exit."""

from contracts.geometry import Pose
from contracts.layout import GateInfo, Layout
from contracts.records import VisitState
from stack.visits.visit import Visit
from stack.visits.visitors import Visitors

S = 1_000_000_000
WAY_IN = GateInfo("in", Pose.at(0, 1), 0.8, entry=True, scanner="s-in")
WAY_OUT = GateInfo("out", Pose.at(0, 3), 0.8, exit=True, scanner="s-out")
LAYOUT = Layout("park", (-2, 0, 4, 4), (0, 0, 4, 4), gates=(WAY_IN, WAY_OUT))


def come_in(visitors: Visitors, *accounts: str) -> list[Visit]:
    found = []
    for number, account in enumerate(accounts):
        visit = visitors.admit(account, "in", number * 3 * S)
        assert visit is not None
        visitors.counted_in(WAY_IN, number * 3 * S + S)
        found.append(visit)
    return found


def test_who_shows_a_code_at_the_exit_is_who_leaves() -> None:
    visitors = Visitors(LAYOUT, lambda _: None)
    ana, ben = come_in(visitors, "ana", "ben")
    assert visitors.going("ben", WAY_OUT) is ben
    visitors.counted_out(WAY_OUT, 20 * S)
    visitors.tick(22 * S)
    assert (ana.state, ben.state) == (VisitState.INSIDE, VisitState.LEFT)


def test_who_is_not_inside_cannot_leave_and_a_code_lets_out_one_of_a_group_at_a_time() -> None:
    visitors = Visitors(LAYOUT, lambda _: None)
    first, second = come_in(visitors, "ana", "ana")
    assert visitors.going("cleo", WAY_OUT) is None
    assert [visitors.going("ana", WAY_OUT) for _ in range(3)] == [first, second, None]
