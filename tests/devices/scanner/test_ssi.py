"""The host's side of SSI: answers, repeats, long codes, commands."""

from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from devices.scanner.codec import CodeRead, Trouble
from devices.scanner.ssi import SsiCodec, SsiProfile, raw_profile
from devices.scanner.ssi_exchange import ATTEMPTS, RESPONSE_NS
from devices.scanner.ssi_frame import CHARACTER_NS, MOST_DATA, Frame, Nak, Op, Side, Status
from devices.scanner.text import TextCodec
from tests.devices.scanner.stepping import codes, cut, feed_all
from tests.devices.scanner.test_ssi_frame import EAN, PARTS, stream_of

ACK, ENABLE = bytes.fromhex("04 D0 04 00 FF 28"), bytes.fromhex("04 E9 04 00 FF 0F")
RESEND = bytes.fromhex("05 D1 04 00 01 FF 25")
DEVICE_ACK = Frame(Op.CMD_ACK, Side.DECODER).pack()


def decoded(code: bytes, status: Status = Status.NONE, kind: bytes = b"\x1c") -> bytes:
    return Frame(Op.DECODE_DATA, Side.DECODER, kind + code, status).pack()


def test_a_code_is_read_and_acknowledged() -> None:
    codec = SsiCodec(SsiProfile())
    assert codec.feed(EAN, 0) == [CodeRead(b"5901234123457", "]E0")]
    assert codec.to_send() == ACK


def test_prefix_suffix_and_aim_id_come_off() -> None:
    codec = SsiCodec(SsiProfile(prefix=b"\x02", suffix=b"\r", aim=True))
    assert codec.feed(decoded(b"\x02]Q3hello\r", kind=b"\x00"), 0) == [CodeRead(b"hello", "]Q3")]


def test_a_packet_sent_again_is_taken_once_and_answered_twice() -> None:
    codec = SsiCodec(SsiProfile())
    assert codes(codec.feed(decoded(b"pay"), 0)) == [b"pay"]
    assert codec.feed(decoded(b"pay", Status.RETRANSMIT), RESPONSE_NS) == []
    assert codec.to_send() == ACK + ACK
    assert codec.troubles[Trouble.DUPLICATE] == 1


def test_a_packet_whose_first_sending_was_lost_is_taken() -> None:
    codec = SsiCodec(SsiProfile())
    codec.feed(decoded(b"one"), 0)
    assert codes(codec.feed(decoded(b"two", Status.RETRANSMIT), SECOND)) == [b"two"]
    assert codes(codec.feed(decoded(b"two", Status.RETRANSMIT), SECOND + ATTEMPTS * RESPONSE_NS + 1)) == [b"two"]


def test_the_same_code_read_anew_is_taken_again() -> None:
    codec = SsiCodec(SsiProfile())
    assert codes(codec.feed(decoded(b"can") + decoded(b"can"), 0)) == [b"can", b"can"]


def test_a_damaged_packet_is_asked_for_again() -> None:
    codec = SsiCodec(SsiProfile())
    assert codec.feed(EAN[:-1] + b"\x00", 0) == []
    assert codec.to_send() == RESEND
    codec.feed(EAN[:8], SECOND)
    assert codec.to_send() == b""
    codec.feed(b"", SECOND + CHARACTER_NS)
    assert codec.to_send() == RESEND


def test_a_long_code_is_put_together() -> None:
    stream = decoded(b"a" * 250, Status.CONTINUED) + decoded(b"b" * 250, Status.CONTINUED) + decoded(b"c")
    assert codes(SsiCodec(SsiProfile()).feed(stream, 0)) == [b"a" * 250 + b"b" * 250 + b"c"]
    assert codes(SsiCodec(SsiProfile(kind_in_each=False)).feed(stream, 0)) == [
        b"a" * 250 + b"\x1c" + b"b" * 250 + b"\x1cc"
    ]


def test_a_long_code_may_begin_with_an_empty_packet() -> None:
    empty = Frame(Op.DECODE_DATA, Side.DECODER, b"", Status.CONTINUED).pack()
    assert SsiCodec(SsiProfile()).feed(empty + decoded(b"code"), 0) == [CodeRead(b"code", "")]


def test_a_code_longer_than_any_is_dropped_to_its_end() -> None:
    codec = SsiCodec(SsiProfile(most_bytes=1000))
    for _ in range(100):
        assert codec.feed(decoded(b"x" * (MOST_DATA - 1), Status.CONTINUED), 0) == []
        assert sum(map(len, codec._parts)) <= 2000
    assert codec.feed(decoded(b"tail"), 0) == []
    assert codes(codec.feed(decoded(b"next"), 0)) == [b"next"]


def test_a_long_code_that_breaks_off_is_given_up() -> None:
    codec = SsiCodec(SsiProfile())
    codec.feed(decoded(b"half", Status.CONTINUED), 0)
    assert codes(codec.feed(decoded(b"whole"), ATTEMPTS * RESPONSE_NS + 1)) == [b"whole"]


def test_a_command_waits_for_its_answer_and_is_sent_again() -> None:
    codec = SsiCodec(SsiProfile())
    codec.scan(True, 0)
    codec.scan(False, 0)
    assert codec.to_send() == ENABLE
    codec.feed(b"", RESPONSE_NS - 1)
    assert codec.to_send() == b""
    codec.feed(b"", RESPONSE_NS)
    assert codec.to_send() == Frame(Op.SCAN_ENABLE, Side.HOST, b"", Status.RETRANSMIT).pack()
    # Both answers arrive late; the second must not pass for the answer to the next command.
    codec.feed(DEVICE_ACK + DEVICE_ACK, RESPONSE_NS)
    assert codec.to_send() == b""
    assert codec.troubles[Trouble.STRAY] == 1
    codec.feed(b"", RESPONSE_NS + CHARACTER_NS)
    assert codec.to_send() == Frame(Op.SCAN_DISABLE, Side.HOST).pack()


def test_a_command_that_nobody_answers_is_given_up_and_the_next_sent() -> None:
    codec = SsiCodec(SsiProfile())
    codec.scan(True, 0)
    codec.scan(False, 0)
    sent = []
    for attempt in range(1, ATTEMPTS + 1):
        sent.append(codec.to_send())
        codec.feed(b"", attempt * RESPONSE_NS)
    assert len(set(sent)) == 2
    assert all(sent)
    assert codec.to_send() == Frame(Op.SCAN_DISABLE, Side.HOST).pack()
    assert codec.troubles[Trouble.UNANSWERED] == 1


def test_a_refused_command_is_not_repeated_and_a_damaged_one_at_once() -> None:
    codec = SsiCodec(SsiProfile())
    codec.scan(True, 0)
    codec.to_send()
    codec.feed(Frame(Op.CMD_NAK, Side.DECODER, bytes((Nak.RESEND,))).pack(), 1)
    assert codec.to_send() == Frame(Op.SCAN_ENABLE, Side.HOST, b"", Status.RETRANSMIT).pack()
    codec.feed(Frame(Op.CMD_NAK, Side.DECODER, bytes((Nak.DENIED,))).pack(), 2)
    codec.feed(b"", 10 * RESPONSE_NS)
    assert codec.to_send() == b""
    assert codec.troubles[Trouble.REFUSED] == 1


def test_a_code_between_a_command_and_its_answer_is_read() -> None:
    codec = SsiCodec(SsiProfile(sleeps=True))
    codec.command(Op.REQUEST_REVISION, b"", 0)
    assert codec.to_send() == b"\x00" + Frame(Op.REQUEST_REVISION, Side.HOST).pack()
    revision = Frame(Op.REPLY_REVISION, Side.DECODER, b"NBRPUMAC").pack()
    assert codes(codec.feed(EAN + revision, 0)) == [b"5901234123457"]
    assert codec.revision == "NBRPUMAC"
    codec.feed(b"", RESPONSE_NS)
    assert codec.to_send() == ACK


def test_raw_mode_is_text_between_answers() -> None:
    codec = TextCodec(raw_profile())
    codec.scan(True, 0)
    assert codec.to_send() == ENABLE
    assert codes(codec.feed(DEVICE_ACK + b"one\r" + b"two\r", 0)) == [b"one", b"two"]


@given(PARTS, st.lists(st.integers(0, 400)))
def test_any_split_of_a_stream_gives_the_same_codes(parts: list[Frame | bytes], cuts: list[int]) -> None:
    stream = stream_of(parts)
    whole, pieces = SsiCodec(SsiProfile()), SsiCodec(SsiProfile())
    assert feed_all(whole, [stream]) == feed_all(pieces, cut(stream, cuts))
    assert whole.feed(b"", CHARACTER_NS) == pieces.feed(b"", CHARACTER_NS)
    assert whole.troubles == pieces.troubles
