"""The Transport header: how a client wants its packets. No I/O.

Source: RFC 2326, section 12.39.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OverTcp:
    """Interleaved with the requests.

    Args:
        rtp: channel of the media.
        rtcp: channel of the reports.
    """

    rtp: int
    rtcp: int


@dataclass(frozen=True, slots=True)
class OverUdp:
    """To two ports of the client.

    Args:
        rtp: port of the media.
        rtcp: port of the reports.
    """

    rtp: int
    rtcp: int


Transport = OverTcp | OverUdp


def choose(header: str) -> Transport | None:
    """Return the first of the offered transports that this server can do, or None."""
    for offer in header.split(","):
        profile, *parameters = [part.strip() for part in offer.split(";")]
        if "multicast" in parameters:
            continue
        said = dict(parameter.partition("=")[::2] for parameter in parameters)
        match profile.upper():
            case "RTP/AVP/TCP":
                pair = _pair(said.get("interleaved", "0-1"), 255)
                if pair:
                    return OverTcp(*pair)
            case "RTP/AVP" | "RTP/AVP/UDP":
                pair = _pair(said.get("client_port", ""), 65_535)
                if pair and pair[0]:
                    return OverUdp(*pair)
    return None


def agreed(transport: Transport, ssrc: int, server_ports: tuple[int, int] | None) -> str:
    """Return the header that tells the client what it gets.

    Args:
        transport: what was chosen.
        ssrc: of the stream.
        server_ports: where UDP packets will come from.
    """
    if isinstance(transport, OverTcp):
        return f"RTP/AVP/TCP;unicast;interleaved={transport.rtp}-{transport.rtcp};ssrc={ssrc:08X}"
    ports = f";server_port={server_ports[0]}-{server_ports[1]}" if server_ports else ""
    return f"RTP/AVP;unicast;client_port={transport.rtp}-{transport.rtcp}{ports};ssrc={ssrc:08X}"


def _pair(text: str, most: int) -> tuple[int, int] | None:
    """Return "4588-4589" as two numbers, "4588" as itself and the next."""
    match = re.fullmatch(r"([0-9]{1,5})(?:-([0-9]{1,5}))?", text)
    if match is None:
        return None
    first = int(match[1])
    second = int(match[2]) if match[2] else first + 1
    return (first, second) if max(first, second) <= most and first != second else None
