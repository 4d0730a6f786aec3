"""ONVIF's messages: questions with a user's token, and what the answers say. No I/O.

Source: ONVIF Core Specification, 5.9 (authentication) and 8 (device management); Media Service Specification, 5.2 and
5.15; OASIS WS-Security UsernameToken Profile 1.1, 4 (the digest).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from contracts.errors import WalkoutError
from devices.camera.address import Login

DEVICE = "http://www.onvif.org/ver10/device/wsdl"
MEDIA = "http://www.onvif.org/ver10/media/wsdl"
SCHEMA = "http://www.onvif.org/ver10/schema"
_ENVELOPE = "http://www.w3.org/2003/05/soap-envelope"
_WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
_WSU = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
_TOKEN = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"  # noqa: S105 - a name
_SOAP = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"


class BadAnswer(WalkoutError):
    """An answer that is no SOAP, or says that it does not do what it was asked.

    Args:
        refused: whether it is the user or the password that it does not want.
    """

    def __init__(self, found: str, *, refused: bool = False) -> None:
        self.refused = refused
        super().__init__("an ONVIF answer that is of no use", found=found)


def digest(nonce: bytes, created: str, password: str) -> str:
    """Return what proves that the password is known."""
    return base64.b64encode(hashlib.sha1(nonce + created.encode() + password.encode()).digest()).decode()  # noqa: S324 - as WS-Security has it


def question(body: str, who: Login, nonce: bytes, at_unix_s: float) -> bytes:
    """Return a message.

    Args:
        body: its content.
        who: asks; nobody leaves the token out.
        nonce: never used twice.
        at_unix_s: now, by the camera's clock.
    """
    head = f"<s:Header>{_security(who, nonce, at_unix_s)}</s:Header>" if who.user else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="{_ENVELOPE}">{head}'
        f"<s:Body>{body}</s:Body></s:Envelope>"
    ).encode()


def _security(who: Login, nonce: bytes, at_unix_s: float) -> str:
    created = datetime.fromtimestamp(at_unix_s, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return (
        f'<Security s:mustUnderstand="1" xmlns="{_WSSE}"><UsernameToken><Username>{escape(who.user)}</Username>'
        f'<Password Type="{_TOKEN}#PasswordDigest">{digest(nonce, created, who.password)}</Password>'
        f'<Nonce EncodingType="{_SOAP}#Base64Binary">{base64.b64encode(nonce).decode()}</Nonce>'
        f'<Created xmlns="{_WSU}">{created}</Created></UsernameToken></Security>'
    )


def answer(data: bytes) -> ElementTree.Element:
    """Return the body of an answer.

    Raises:
        BadAnswer: there is none, or a fault in it.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadAnswer("XML with entities of its own")
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - entities are refused above
    except (ElementTree.ParseError, ValueError, LookupError) as error:  # the last two: encodings that are none
        raise BadAnswer(f"no XML: {error}") from None
    body = root.find(f"{{{_ENVELOPE}}}Body")
    if body is None:
        raise BadAnswer(f"no SOAP 1.2, but {root.tag[-60:]}")
    fault = body.find(f"{{{_ENVELOPE}}}Fault")
    if fault is not None:
        words = " ".join(text.strip() for text in fault.itertext() if text.strip())[:200]
        raise BadAnswer(words, refused="NotAuthorized" in words or "not authorized" in words.lower())
    return body


def text(of: ElementTree.Element, *names: str) -> str:
    """Return the text of the first element that is reached by some names, whatever their name spaces; "" for none."""
    at: ElementTree.Element | None = of
    for name in names:
        at = None if at is None else next((each for each in at.iter() if each.tag.rpartition("}")[2] == name), None)
    return (at.text or "").strip() if at is not None else ""


@dataclass(frozen=True, slots=True)
class Profile:
    """A stream that a camera offers.

    Args:
        token: by which it is asked for.
        name: for people.
        width: pixels, 0 where it is not told.
        height: pixels, 0 where it is not told.
    """

    token: str
    name: str
    width: int = 0
    height: int = 0


def profiles(body: ElementTree.Element) -> list[Profile]:
    """Return the streams in an answer to GetProfiles."""
    found = []
    for each in body.iter(f"{{{MEDIA}}}Profiles"):
        sides = [text(each, "VideoEncoderConfiguration", "Resolution", side) for side in ("Width", "Height")]
        width, height = (int(side) if side.isascii() and side.isdigit() and len(side) < 6 else 0 for side in sides)
        found.append(Profile(each.get("token", ""), text(each, "Name"), width, height))
    return found


def clock_s(body: ElementTree.Element) -> float | None:
    """Return the Unix time in an answer to GetSystemDateAndTime, None where it does not tell."""
    date = [text(body, "UTCDateTime", "Date", part) for part in ("Year", "Month", "Day")]
    time = [text(body, "UTCDateTime", "Time", part) for part in ("Hour", "Minute", "Second")]
    try:
        year, month, day, hour, minute, second = map(int, date + time)
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC).timestamp()
    except (ValueError, OverflowError):
        return None
