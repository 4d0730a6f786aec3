"""Honeywell: the trigger and menu commands between codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.errors import UsageError
from devices.scanner.codec import Trouble
from devices.scanner.honeywell import ANSWER_NS, HoneywellCodec, MenuAnswer
from tests.devices.scanner.stepping import codes, cut, feed_all


def test_the_trigger_is_that_of_the_manual() -> None:
    codec = HoneywellCodec()
    codec.scan(True, 0)
    assert codec.to_send() == bytes.fromhex("16 54 0D")
    codec.scan(False, 0)
    assert codec.to_send() == bytes.fromhex("16 55 0D")


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        (b"CBRENA1\x06.", MenuAnswer("CBRENA1", done=True)),
        (b"cbrena\x05.", MenuAnswer("cbrena", done=False)),
        (b"CBRENA9\x15!", MenuAnswer("CBRENA9", done=False)),
    ],
)
def test_an_answer_is_cut_out_from_between_codes(answer: bytes, wanted: MenuAnswer) -> None:
    codec = HoneywellCodec()
    codec.ask("cbrena?.", 0)
    assert codec.to_send() == b"\x16M\rcbrena?."
    assert codes(codec.feed(b"one\r" + answer + b"two\r", 0)) == [b"one", b"two"]
    assert codec.answers == [wanted]
    assert codes(codec.feed(b"three\r", 0)) == [b"three"]


def test_an_answer_without_punctuation_counts_once_nothing_follows() -> None:
    codec = HoneywellCodec()
    codec.ask("cbrena?.", 0)
    codec.feed(b"CBRENA1\x06", 0)
    assert codec.answers == []
    assert codec.feed(b"", ANSWER_NS) == []
    assert codec.answers == [MenuAnswer("CBRENA1", done=True)]
    assert not codec.troubles[Trouble.UNANSWERED]


def test_codes_go_on_when_no_answer_comes() -> None:
    codec = HoneywellCodec()
    codec.ask("cbrena?.", 0)
    assert codec.feed(b"one\r", 0) == []
    assert codes(codec.feed(b"", ANSWER_NS)) == [b"one"]
    assert codec.troubles[Trouble.UNANSWERED] == 1


@pytest.mark.parametrize("command", ["", "cbrena", "\r\n.", "much_too_long?.", "caf\xe9ee?."])
def test_what_is_no_menu_command_is_refused(command: str) -> None:
    with pytest.raises(UsageError, match="cannot be asked now"):
        HoneywellCodec().ask(command, 0)


def test_one_question_at_a_time() -> None:
    codec = HoneywellCodec()
    codec.ask("cbrena?.", 0)
    with pytest.raises(UsageError, match="cannot be asked now"):
        codec.ask("cbrena?.", 0)


STREAMS = st.lists(st.sampled_from([b"one\r", b"CBRENA1\x06.", b"CBRENA1\x06", b"CBREN"]) | st.binary(max_size=9)).map(
    b"".join
)


@given(STREAMS, st.lists(st.integers(0, 80)))
def test_any_split_gives_the_same(stream: bytes, cuts: list[int]) -> None:
    whole, pieces = HoneywellCodec(), HoneywellCodec()
    whole.ask("cbrena?.", 0)
    pieces.ask("cbrena?.", 0)
    ends = [
        feed_all(codec, parts) + codec.feed(b"", ANSWER_NS)
        for codec, parts in ((whole, [stream]), (pieces, cut(stream, cuts)))
    ]
    assert ends[0] == ends[1]
    assert whole.answers == pieces.answers
