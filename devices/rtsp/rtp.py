"""RTP packets that say when their picture was taken, and the RTCP that ties their clock to the wall's. No I/O.

Times are integer nanoseconds of Unix time; a stream's RTP clock is that time at 90 kHz, so both ways of asking when
a picture was taken, by sender report or by header extension, give one answer.

Source: RFC 3550, sections 5.1, 6.4.1, 6.5, 6.6 and 5.3.1; RFC 6184, section 5.1; ONVIF Streaming Specification,
"RTP header extension" (0xABAC: NTP time, C E D flags, low byte of the PLAY request's CSeq).
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from contracts.clock import SECOND
from devices.rtsp.nal import payloads

PAYLOAD_TYPE = 96  # the first of the dynamic ones
RTP_HZ = 90_000
MOST_PAYLOAD = 1400  # with all headers below the 1500 bytes of an Ethernet frame
ONVIF_EXTENSION = 0xABAC
NTP_EPOCH_S = 2_208_988_800  # from 1900 to 1970
_VERSION, _EXTENDED, _MARKER = 0x80, 0x10, 0x80
_SENDER_REPORT, _DESCRIPTION, _BYE = 200, 202, 203
_CNAME = 1
_CLEAN_POINT, _DISCONTINUITY = 0x80, 0x20


@dataclass(frozen=True, slots=True)
class Picture:
    """One coded frame.

    Args:
        units: its NAL units; parameter sets first in a key frame.
        taken_ns: when the shutter opened, Unix time.
        key: whether decoding can begin here.
    """

    units: Sequence[bytes]
    taken_ns: int
    key: bool


def ntp(unix_ns: int) -> int:
    """Return a time as the 64 bits of NTP: seconds since 1900, and 2^-32 of them."""
    return ((unix_ns + NTP_EPOCH_S * SECOND << 32) + SECOND // 2) // SECOND & 0xFFFF_FFFF_FFFF_FFFF


def rtp_time(unix_ns: int) -> int:
    """Return a time on the RTP clock, 32 bits."""
    return unix_ns * RTP_HZ // SECOND & 0xFFFF_FFFF


class Sender:
    """Makes the packets of one stream to one client.

    Args:
        ssrc: of the stream.
        name: canonical name, the same for all streams of one clock.
    """

    def __init__(self, ssrc: int, name: str) -> None:
        self.ssrc, self._name = ssrc, name.encode()[:255]
        self.next_seq = 0
        self._packets = self._octets = 0
        self._play_cseq = 0
        self._fresh = True

    def played(self, cseq: int) -> None:
        """Learn that a PLAY request began what follows."""
        self._play_cseq, self._fresh = cseq & 0xFF, True

    def packets(self, picture: Picture) -> list[bytes]:
        """Return a picture as RTP packets; the first tells when it was taken, the last has the marker."""
        cut = [payload for unit in picture.units for payload in payloads(unit, MOST_PAYLOAD)]
        stamp, out = rtp_time(picture.taken_ns), []
        for index, payload in enumerate(cut):
            extension = self._extension(picture) if index == 0 else b""
            first = _VERSION | (_EXTENDED if extension else 0)
            second = PAYLOAD_TYPE | (_MARKER if index == len(cut) - 1 else 0)
            out.append(struct.pack("!BBHII", first, second, self.next_seq, stamp, self.ssrc) + extension + payload)
            self.next_seq = self.next_seq + 1 & 0xFFFF
            self._octets = self._octets + len(payload) & 0xFFFF_FFFF
        self._packets = self._packets + len(cut) & 0xFFFF_FFFF
        self._fresh = False
        return out

    def _extension(self, picture: Picture) -> bytes:
        flags = picture.key * _CLEAN_POINT | self._fresh * _DISCONTINUITY
        return struct.pack("!HHQBBH", ONVIF_EXTENSION, 3, ntp(picture.taken_ns), flags, self._play_cseq, 0)

    def report(self, now_ns: int) -> bytes:
        """Return a sender report: what the RTP clock shows now, and the sender's name.

        Args:
            now_ns: Unix time.
        """
        body = struct.pack("!IQIII", self.ssrc, ntp(now_ns), rtp_time(now_ns), self._packets, self._octets)
        return _rtcp(_SENDER_REPORT, 0, body) + self._description()

    def bye(self, now_ns: int) -> bytes:
        """Return the end of the stream."""
        return self.report(now_ns) + _rtcp(_BYE, 1, struct.pack("!I", self.ssrc))

    def _description(self) -> bytes:
        chunk = struct.pack("!IBB", self.ssrc, _CNAME, len(self._name)) + self._name
        return _rtcp(_DESCRIPTION, 1, chunk + bytes(4 - len(chunk) % 4))  # at least one zero ends the list


def _rtcp(kind: int, count: int, body: bytes) -> bytes:
    return struct.pack("!BBH", _VERSION | count, kind, len(body) // 4) + body
