"""RTSP messages: cut anywhere, malformed, too large."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.rtsp.message import MOST_BODY, MOST_HEAD, BadMessage, Inbox, Interleaved, Request, Response
from devices.rtsp.transport import OverTcp, OverUdp, Transport, agreed, choose

SETUP = (
    b"SETUP rtsp://127.0.0.1:8554/c1/trackID=0 RTSP/1.0\r\n"
    b"CSeq: 3\r\nTransport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nUser-Agent: Lavf59.27.100\r\n\r\n"
)
WORD = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12)
VALUE = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=30).map(str.strip)
REQUEST = st.builds(
    Request,
    st.sampled_from(["OPTIONS", "DESCRIBE", "GET_PARAMETER"]),
    WORD.map("rtsp://h/{}".format),
    st.dictionaries(WORD.filter(lambda name: name != "content-length"), VALUE, max_size=4),
    st.binary(max_size=60),
)
PACKET = st.builds(Interleaved, st.integers(0, 255), st.binary(max_size=300))


def written(message: Request | Interleaved) -> bytes:
    if isinstance(message, Interleaved):
        return bytes(message)
    size = {"content-length": str(len(message.body))} if message.body else {}
    lines = [
        f"{message.method} {message.url} RTSP/1.0",
        *(f"{k}: {v}" for k, v in (dict(message.headers) | size).items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + message.body


def test_a_request_of_a_real_client() -> None:
    (request,) = Inbox().receive(SETUP)
    assert isinstance(request, Request)
    assert (request.method, request.url) == ("SETUP", "rtsp://127.0.0.1:8554/c1/trackID=0")
    assert request.headers == {
        "cseq": "3",
        "transport": "RTP/AVP/TCP;unicast;interleaved=0-1",
        "user-agent": "Lavf59.27.100",
    }


@given(st.lists(REQUEST | PACKET, max_size=6), st.lists(st.integers(0, 2000), max_size=8))
def test_messages_come_out_whole_however_they_are_cut(messages: list[Request | Interleaved], cuts: list[int]) -> None:
    data, inbox, got = b"".join(map(written, messages)), Inbox(), []
    ends = sorted({min(cut, len(data)) for cut in cuts} | {len(data)})
    for begin, end in zip([0, *ends], ends, strict=False):
        got += inbox.receive(data[begin:end])
    plain = [
        Request(m.method, m.url, {k: v for k, v in m.headers.items() if k != "content-length"}, m.body)
        if isinstance(m, Request)
        else m
        for m in got
    ]
    assert plain == messages


def test_half_a_request_waits_for_the_rest() -> None:
    inbox = Inbox()
    assert inbox.receive(SETUP[:40]) == []
    assert len(inbox.receive(SETUP[40:])) == 1


def test_empty_lines_between_requests_are_nothing() -> None:
    assert len(Inbox().receive(b"\r\n\r\n" + SETUP + b"\r\n")) == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"DESCRIBE rtsp://h/c1 RTSP/2.0\r\n\r\n", 505),
        (b"DESCRIBE rtsp://h/c1 RTSP/1.0\r\nno colon\r\n\r\n", 400),
        (b"DESCRIBE rtsp://h/c1 RTSP/1.0\r\n: nameless\r\n\r\n", 400),
        (b"DESCRIBE rtsp://h/c1 RTSP/1.0\r\nContent-Length: -1\r\n\r\n", 400),
        (b"DESCRIBE rtsp://h/c1 RTSP/1.0\r\nContent-Length: 0x10\r\n\r\n", 400),
        (f"DESCRIBE rtsp://h/c1 RTSP/1.0\r\nContent-Length: {MOST_BODY + 1}\r\n\r\n".encode(), 413),
        (b"DESCRIBE rtsp://h/c1 RTSP/1.0\r\nX: " + b"x" * MOST_HEAD, 413),
        (b"DESCRIBE rtsp://h/c1 RTSP/1.0\r\nX: " + b"x" * MOST_HEAD + b"\r\n\r\n", 413),
        (b"\xff\xfe rtsp://h RTSP/1.0\r\n\r\n", 400),
        (b"\x16\x03\x01\r\n\r\n", 400),
    ],
)
def test_what_is_no_request_is_refused(data: bytes, status: int) -> None:
    with pytest.raises(BadMessage) as caught:
        Inbox().receive(data)
    assert caught.value.status == status


@given(st.binary(max_size=400))
def test_noise_is_refused_or_waits_but_never_breaks_the_reader(noise: bytes) -> None:
    with suppress(BadMessage):
        assert all(isinstance(message, Request | Interleaved) for message in Inbox().receive(noise))


def test_an_answer_carries_cseq_and_length() -> None:
    assert Response(200, {"Public": "OPTIONS"}, b"ab").sent("7") == (
        b"RTSP/1.0 200 OK\r\nCSeq: 7\r\nPublic: OPTIONS\r\nContent-Length: 2\r\n\r\nab"
    )


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        ("RTP/AVP/TCP;unicast;interleaved=2-3", OverTcp(2, 3)),
        ("RTP/AVP/TCP;unicast", OverTcp(0, 1)),
        ("RTP/AVP;unicast;client_port=4588-4589", OverUdp(4588, 4589)),
        ("RTP/AVP/UDP;unicast;client_port=4588", OverUdp(4588, 4589)),
        ("RTP/AVP;multicast, RTP/AVP/TCP;interleaved=0-1", OverTcp(0, 1)),
        ("RTP/AVP;multicast;port=4-5", None),
        ("RTP/SAVP;unicast;client_port=4588-4589", None),
        ("RTP/AVP;unicast", None),
        ("RTP/AVP;unicast;client_port=70000-70001", None),
        ("RTP/AVP;unicast;client_port=0-1", None),
        ("RTP/AVP/TCP;interleaved=7-7", None),
        ("", None),
    ],
)
def test_the_first_transport_that_can_be_done_is_taken(header: str, chosen: Transport | None) -> None:
    assert choose(header) == chosen


def test_what_was_agreed_is_said() -> None:
    assert agreed(OverTcp(0, 1), 0xAB, None) == "RTP/AVP/TCP;unicast;interleaved=0-1;ssrc=000000AB"
    assert agreed(OverUdp(4588, 4589), 0xAB, (6000, 6001)) == (
        "RTP/AVP;unicast;client_port=4588-4589;server_port=6000-6001;ssrc=000000AB"
    )
