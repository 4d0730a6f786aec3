"""RTSP requests and answers as bytes, and what else shares their connection. No I/O.

Source: RFC 2326, sections 4 to 7 (messages) and 10.12 (binary data between them).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_HEAD = 16 * 1024  # bytes of a request line and its headers; real clients send under 1 KiB
MOST_BODY = 64 * 1024
_MAGIC = b"$"
_REQUEST = re.compile(r"([A-Z_]+) (\S+) (RTSP/\d\.\d)")
_REASONS = {
    200: "OK",
    400: "Bad Request",
    404: "Not Found",
    413: "Request Entity Too Large",
    454: "Session Not Found",
    455: "Method Not Valid in This State",
    459: "Aggregate Operation Not Allowed",
    461: "Unsupported Transport",
    500: "Internal Server Error",
    501: "Not Implemented",
    505: "RTSP Version Not Supported",
    551: "Option Not Supported",
}


class BadMessage(Exception):
    """What came is not RTSP; nothing after it can be understood.

    Args:
        status: to answer with before hanging up.
        found: what was there.
    """

    def __init__(self, status: int, found: str) -> None:
        self.status = status
        super().__init__(f"{status} {_REASONS[status]}: {found}")


@dataclass(frozen=True, slots=True)
class Request:
    """One request.

    Args:
        method: "DESCRIBE".
        url: as sent.
        headers: values by name in lower case.
        body: may be empty.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Interleaved:
    """A packet of RTP or RTCP on the connection of the requests.

    Args:
        channel: as agreed at SETUP.
        packet: at most 65535 bytes.
    """

    channel: int
    packet: bytes

    def __bytes__(self) -> bytes:
        """Return it as sent."""
        return _MAGIC + bytes([self.channel]) + len(self.packet).to_bytes(2, "big") + self.packet


@dataclass(frozen=True, slots=True)
class Response:
    """One answer; CSeq and Content-Length are added to the headers as it is sent."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def sent(self, cseq: str) -> bytes:
        """Return the bytes of the answer to the request with this CSeq; "" when it had none."""
        headers = ({"CSeq": cseq} if cseq else {}) | dict(self.headers)
        if self.body:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"RTSP/1.0 {self.status} {_REASONS[self.status]}", *(f"{k}: {v}" for k, v in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


class Inbox:
    """Bytes in, whole messages out, however the network cuts them."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def receive(self, data: bytes) -> list[Request | Interleaved]:
        """Return the messages that these bytes complete.

        Raises:
            BadMessage: hang up.
        """
        self._bytes += data
        found: list[Request | Interleaved] = []
        while (message := self._next()) is not None:
            found.append(message)
        return found

    def _next(self) -> Request | Interleaved | None:
        while self._bytes[:2] == b"\r\n":  # empty lines between requests are allowed
            del self._bytes[:2]
        if self._bytes[:1] == _MAGIC:
            return self._interleaved()
        end = self._bytes.find(b"\r\n\r\n")
        if end > MOST_HEAD or (end < 0 and len(self._bytes) > MOST_HEAD):
            raise BadMessage(413, f"a head of more than {MOST_HEAD} bytes")
        if end < 0:
            return None
        method, url, headers = parse_head(bytes(self._bytes[:end]))
        size = _body_size(headers)
        if len(self._bytes) < end + 4 + size:
            return None
        body = bytes(self._bytes[end + 4 : end + 4 + size])
        del self._bytes[: end + 4 + size]
        return Request(method, url, headers, body)

    def _interleaved(self) -> Interleaved | None:
        size = int.from_bytes(self._bytes[2:4], "big")
        if len(self._bytes) < 4 or len(self._bytes) < 4 + size:
            return None
        found = Interleaved(self._bytes[1], bytes(self._bytes[4 : 4 + size]))
        del self._bytes[: 4 + size]
        return found


def parse_head(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Return method, URL and headers of a request without its empty line.

    Raises:
        BadMessage: it is no request.
    """
    try:
        first, *lines = head.decode("utf-8").split("\r\n")
    except UnicodeDecodeError as error:
        raise BadMessage(400, "not UTF-8") from error
    match = _REQUEST.fullmatch(first)
    if match is None:
        raise BadMessage(400, first[:80])
    method, url, version = match.groups()
    if version != "RTSP/1.0":
        raise BadMessage(505, version)
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name.strip():
            raise BadMessage(400, line[:80])
        headers[name.strip().lower()] = value.strip()
    return method, url, headers


def _body_size(headers: Mapping[str, str]) -> int:
    said = headers.get("content-length", "0")
    if not re.fullmatch(r"[0-9]{1,9}", said):
        raise BadMessage(400, f"Content-Length: {said[:80]}")
    if int(said) > MOST_BODY:
        raise BadMessage(413, f"a body of {said} bytes")
    return int(said)
