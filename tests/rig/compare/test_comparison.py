"""Answers are compared as they come: what differs, what is missing, and what nobody had said."""

import pytest

from contracts.clock import MILLISECOND, SECOND
from contracts.record import Record
from contracts.records import GateAction, GateCommand, ScreenCommand
from rig.compare.comparison import Comparison
from rig.compare.difference import Difference
from rig.compare.rules import STRICT, Order, Rules, Tolerance
from rig.recording.redact import redacted


def text(t_ms: int, words: str = "hello", code: bytes = b"") -> ScreenCommand:
    return ScreenCommand(t_ns=t_ms * MILLISECOND, source="stack", screen="s", text=words, code=code)


def opens(t_ms: int) -> GateCommand:
    return GateCommand(t_ns=t_ms * MILLISECOND, source="stack", gate="g", action=GateAction.OPEN)


def compared(recorded: list[Record], now: list[Record], rules: Rules = STRICT, until_ms: int = 1000) -> Comparison:
    """Compare tick by tick, as a replay does: the recorded answers of a tick are known when it is compared."""
    comparison = Comparison(rules)
    for t_ns in range(0, until_ms * MILLISECOND, 50 * MILLISECOND):
        comparison.expect([r for r in recorded if t_ns - 50 * MILLISECOND < r.t_ns <= t_ns], t_ns)
        comparison.take([r for r in now if t_ns - 50 * MILLISECOND < r.t_ns <= t_ns], t_ns)
    comparison.end()
    return comparison


def first(comparison: Comparison) -> Difference:
    assert comparison.difference is not None
    return comparison.difference


def test_what_agrees_is_counted() -> None:
    said: list[Record] = [text(0), opens(50), text(100)]
    comparison = compared(said, said)
    assert comparison.difference is None
    assert comparison.agreed == {"screen_command": 2, "gate_command": 1}
    assert comparison.taken == said


def test_a_changed_field_is_named_with_both_values() -> None:
    found = first(compared([text(0), text(50, "in")], [text(0), text(50, "out")]))
    assert found == Difference("screen_command", "stack", 50 * MILLISECOND, 1, "text", "'in'", "'out'")
    assert found.lines[0] == "first difference: screen_command from stack at 0.050 s, after 1 messages that agree"


def test_only_the_first_is_told() -> None:
    found = first(compared([text(0, "a"), text(50, "b")], [text(0, "x"), text(50, "y")]))
    assert (found.t_ns, found.found) == (0, "'x'")


def test_what_is_missing_at_the_end_and_in_the_middle() -> None:
    assert first(compared([text(0), opens(50)], [text(0)])).message == "gate_command"
    found = first(compared([text(0), opens(50), text(100)], [text(0), text(100)]))
    assert (found.message, found.t_ns, found.path) == ("gate_command", 50 * MILLISECOND, "")
    assert found.recorded.startswith("gate_command at 0.050 s")
    assert found.found == "nothing"


def test_what_was_never_recorded() -> None:
    found = first(compared([text(0)], [text(0), opens(500)]))
    assert (found.message, found.t_ns, found.recorded) == ("gate_command", 500 * MILLISECOND, "nothing")


def test_two_that_change_places() -> None:
    swapped: list[Record] = [opens(50), text(50)]
    found = first(compared([text(50), opens(50)], swapped))
    assert found.path == ""
    assert "gate_command" in found.found
    assert compared([text(50), opens(50)], swapped, Rules(order=Order.EACH)).difference is None


def test_what_is_ignored_may_come_or_not() -> None:
    rules = Rules(ignored=frozenset({"screen_command"}))
    assert compared([text(0), opens(50)], [opens(50), text(100)], rules).difference is None


@pytest.mark.parametrize(("late_ms", "agrees"), [(100, True), (150, False)])
def test_a_time_may_have_a_tolerance(late_ms: int, agrees: bool) -> None:
    rules = Rules({"gate_command.t_ns": Tolerance(100 * MILLISECOND, text="100 ms")})
    assert (compared([opens(50)], [opens(50 + late_ms)], rules).difference is None) is agrees


def test_ticks_behind_the_end_are_not_compared() -> None:
    comparison = Comparison()
    comparison.expect([text(0), text(950)])
    comparison.ends_ns = SECOND // 2
    comparison.take([text(0)], 0)
    comparison.take([opens(600)], 600 * MILLISECOND)
    comparison.end()
    assert comparison.difference is None
    assert len(comparison.taken) == 1


def test_a_secret_code_is_compared_as_it_is_recorded_and_never_shown() -> None:
    secret = b"\x00pay-me\x01"
    shows = text(0, code=secret)
    assert compared([redacted(shows)], [shows]).difference is None
    found = first(compared([redacted(shows)], [text(0, code=b"\x00another")]))
    assert "another" not in found.found
