"""Pictures as RTP packets, and the two ways in which they say when they were taken."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.clock import SECOND
from devices.rtsp import nal
from devices.rtsp.rtp import MOST_PAYLOAD, Picture, Sender, ntp, rtp_time
from devices.rtsp.sdp import Stream, describe

SPS = bytes.fromhex("6742c016da0280bfe584")
PPS = bytes.fromhex("68ce06f2")
# 2024-01-01 00:00:00.5 UTC
NEW_YEAR_NS = 1_704_067_200 * SECOND + SECOND // 2
UNIT = st.builds(lambda head, body: bytes([head]) + body + b"\x80", st.sampled_from([0x65, 0x41, 0x06]), st.binary())


def unpacked(packets: list[bytes]) -> list[bytes]:
    """Return the NAL units of RTP packets, put together by RFC 6184 as a receiver does."""
    units: list[bytes] = []
    for packet in packets:
        extended = packet[0] & 0x10
        body = packet[12 + 4 + 12 :] if extended else packet[12:]
        if body[0] & 0x1F != 28:
            units.append(body)
        elif body[1] & 0x80:
            units.append(bytes([body[0] & 0xE0 | body[1] & 0x1F]) + body[2:])
        else:
            units[-1] += body[2:]
    return units


def test_units_are_found_in_a_byte_stream() -> None:
    stream = b"\0\0\0\1" + SPS + b"\0\0\1" + PPS + b"\0\0\0\1\x65\xb8\0\0"
    assert nal.units(stream) == [SPS, PPS, b"\x65\xb8"]
    assert nal.units(b"") == []


def test_a_small_unit_travels_as_it_is() -> None:
    assert list(nal.payloads(b"\x65abc", 4)) == [b"\x65abc"]


def test_a_large_unit_is_cut_with_marks_at_both_ends() -> None:
    # RFC 6184, 5.8: type 5 with importance 3 -> indicator 7C (3, type 28), headers 85 first, 05 between, 45 last.
    assert [part.hex() for part in nal.payloads(b"\x65abcde", 4)] == ["7c856162", "7c056364", "7c4565"]


@given(UNIT, st.integers(3, 60))
def test_what_was_cut_can_be_put_together(unit: bytes, most: int) -> None:
    cut = list(nal.payloads(unit, most))
    assert all(len(part) <= most for part in cut)
    header = struct.pack("!BBHII", 0x80, 96, 0, 0, 0)
    assert unpacked([header + part for part in cut]) == [unit]


def test_ntp_of_a_known_moment() -> None:
    # RFC 5905, figure 4: 1 January 1970 is 2208988800 s of NTP; 2024-01-01 is 3913056000.
    assert ntp(0) == 2_208_988_800 << 32
    assert ntp(NEW_YEAR_NS) == 3_913_056_000 << 32 | 1 << 31


@given(st.integers(0, 2_000_000_000 * SECOND))
def test_ntp_is_exact_to_a_nanosecond(unix_ns: int) -> None:
    stamp = ntp(unix_ns)
    back_ns = ((stamp >> 32) - 2_208_988_800) * SECOND + ((stamp & 0xFFFF_FFFF) * SECOND + (1 << 31) >> 32)
    assert back_ns == unix_ns


def test_the_packets_of_a_key_frame() -> None:
    sender = Sender(0x1234_5678, "rig")
    sender.played(0x1_02)
    large = b"\x65" + bytes(range(1, 251)) * 12
    packets = sender.packets(Picture((SPS, PPS, large), NEW_YEAR_NS, key=True))
    first, *rest = packets
    stamp = rtp_time(NEW_YEAR_NS)
    assert struct.unpack("!BBHII", first[:12]) == (0x90, 96, 0, stamp, 0x1234_5678)
    # 0xABAC, 3 words: NTP time, C and D set (key frame, first after PLAY), low byte of PLAY's CSeq.
    assert first[12:28] == struct.pack("!HHQBBH", 0xABAC, 3, ntp(NEW_YEAR_NS), 0xA0, 0x02, 0)
    assert first[28:] == SPS
    assert [struct.unpack("!H", packet[2:4])[0] for packet in packets] == list(range(len(packets)))
    assert [bool(packet[1] & 0x80) for packet in packets] == [False] * (len(packets) - 1) + [True]
    assert all(packet[0] == 0x80 for packet in rest)
    assert all(len(packet) <= 12 + MOST_PAYLOAD for packet in rest)
    assert unpacked(packets) == [SPS, PPS, large]


def test_only_the_first_picture_after_play_begins_something_new() -> None:
    sender = Sender(1, "rig")
    sender.played(1)
    flags = [sender.packets(Picture((b"\x41x",), 0, key=False))[0][24] for _ in range(2)]
    assert flags == [0x20, 0x00]


def test_sequence_numbers_go_round() -> None:
    sender = Sender(1, "rig")
    sender.next_seq = 0xFFFF
    numbers = [sender.packets(Picture((b"\x41x",), 0, key=False))[0][2:4].hex() for _ in range(2)]
    assert numbers == ["ffff", "0000"]


@given(st.integers(0, 4_000_000_000 * SECOND), st.integers(0, 3600 * SECOND))
def test_report_and_picture_tell_the_same_time(report_ns: int, after_ns: int) -> None:
    """Any picture's time follows from its RTP time and a sender report, to a tick of the RTP clock."""
    report = Sender(7, "rig").report(report_ns)
    _, kind, _, ssrc, stamp, ticks = struct.unpack("!BBHIQI", report[:20])
    assert (kind, ssrc) == (200, 7)
    picture_ticks = rtp_time(report_ns + after_ns)
    reported_ns = ((stamp >> 32) - 2_208_988_800) * SECOND + ((stamp & 0xFFFF_FFFF) * SECOND >> 32)
    told_ns = reported_ns + (picture_ticks - ticks & 0xFFFF_FFFF) * SECOND // 90_000
    wanted_ns = report_ns + after_ns
    # Reports wrap with NTP's era in 2036, as the standard has it.
    assert abs((told_ns - wanted_ns + (1 << 31) * SECOND) % ((1 << 32) * SECOND) - (1 << 31) * SECOND) < 12_000


def test_a_report_counts_what_was_sent_and_names_its_sender() -> None:
    sender = Sender(7, "rig")
    sender.packets(Picture((b"\x41abc", b"\x41d"), 0, key=False))
    report = sender.report(0)
    assert struct.unpack("!II", report[20:28]) == (2, 6)
    source = report[28:]
    assert (source[1], source[8:13]) == (202, b"\x01\x03rig")
    assert len(source) == 4 + 4 * struct.unpack("!H", source[2:4])[0]


def test_goodbye_names_the_stream() -> None:
    assert Sender(7, "rig").bye(0).endswith(bytes.fromhex("81cb000100000007"))


def test_a_decoder_finds_its_parameters_in_the_description() -> None:
    text = describe(Stream("shop c1", (SPS, PPS), 10.0), 5, "127.0.0.1")
    assert "o=- 5 1 IN IP4 127.0.0.1\r\n" in text
    assert "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n" in text
    sets = "sprop-parameter-sets=Z0LAFtoCgL/lhA==,aM4G8g=="
    assert f"a=fmtp:96 packetization-mode=1;profile-level-id=42C016;{sets}\r\n" in text
    assert "a=framerate:10\r\n" in text


@pytest.mark.parametrize(("host", "family"), [("127.0.0.1", "IP4"), ("::1", "IP6")])
def test_a_description_says_which_internet(host: str, family: str) -> None:
    text = describe(Stream("s", (SPS, PPS), 10.0), 5, host)
    assert f"o=- 5 1 IN {family} {host}\r\n" in text
    assert f"c=IN {family} " in text
