"""Asks a camera over ONVIF who it is and where its stream is. Waits, so only while a camera is opened."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import (
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from contracts.clock import SECOND, WallClock
from contracts.errors import DeviceUnavailable
from devices.camera import soap, troubles
from devices.camera.address import NOBODY, Found, Login
from devices.camera.soap import DEVICE, MEDIA, SCHEMA, BadAnswer, Profile

ANSWER_S = 3.0
_MOST_BYTES = 1 << 20
_NOWHERE = ("0.0.0.0", "127.0.0.1", "::", "::1", "localhost")  # noqa: S104 - what some cameras say of themselves


def find_stream(url: str, who: Login, *, size: tuple[int, int], profile: str = "") -> Found:
    """Ask a camera for its stream.

    Args:
        url: of its device service.
        who: asks.
        size: width and height that the stream should have.
        profile: name or token; "" for the first of that size, else the first of all.

    Raises:
        DeviceUnavailable: it does not answer, refuses the user, or has no such profile.
    """
    try:
        return _Conversation(url, who).found(size, profile)
    except BadAnswer as error:
        if error.refused:
            raise troubles.refused(url) from None
        raise _useless(url, error.found) from None


class _Conversation:
    """Questions to one camera, by its own clock: cameras refuse tokens of another time."""

    def __init__(self, url: str, who: Login) -> None:
        self._url, self._who, self._clock = url, who, WallClock()
        self._opener = _opener(url, who)
        self._ahead_s = 0.0

    def found(self, size: tuple[int, int], wanted: str) -> Found:
        self._set_clock()
        body = self._ask(self._url, f'<GetDeviceInformation xmlns="{DEVICE}"/>')
        words = [soap.text(body, name) for name in ("Manufacturer", "Model", "SerialNumber")]
        media = self._media()
        offered = soap.profiles(self._ask(media, f'<GetProfiles xmlns="{MEDIA}"/>'))
        token = _chosen(self._url, offered, size, wanted).token
        setup = (
            f'<Stream xmlns="{SCHEMA}">RTP-Unicast</Stream>'
            f'<Transport xmlns="{SCHEMA}"><Protocol>RTSP</Protocol></Transport>'
        )
        told = self._ask(
            media,
            f'<GetStreamUri xmlns="{MEDIA}"><StreamSetup>{setup}</StreamSetup>'
            f"<ProfileToken>{escape(token)}</ProfileToken></GetStreamUri>",
        )
        stream = self._reached(soap.text(told, "MediaUri", "Uri"))
        return Found(stream, " ".join(filter(None, words)), soap.text(body, "FirmwareVersion"))

    def _set_clock(self) -> None:
        """Learn the camera's time; a camera that does not tell it has ours, it is to be hoped."""
        try:
            told_s = soap.clock_s(self._ask(self._url, f'<GetSystemDateAndTime xmlns="{DEVICE}"/>', NOBODY))
        except BadAnswer:
            return
        if told_s is not None:
            self._ahead_s = told_s - self._unix_s()

    def _media(self) -> str:
        """Return where the media service is; where a camera does not tell, it is the same."""
        try:
            body = self._ask(
                self._url, f'<GetCapabilities xmlns="{DEVICE}"><Category>Media</Category></GetCapabilities>'
            )
        except BadAnswer as error:
            if error.refused:
                raise
            return self._url
        said = soap.text(body, "Media", "XAddr")
        return self._reached(said) if urlsplit(said).scheme in ("http", "https") else self._url

    def _reached(self, told: str) -> str:
        """Return an address that a camera told, at the host that we reached where it names none of use."""
        parts = urlsplit(told)
        if not parts.scheme or not parts.hostname:
            raise BadAnswer("an address that is none")
        host = urlsplit(self._url).hostname if parts.hostname in _NOWHERE else parts.hostname
        host = f"[{host}]" if host and ":" in host else host
        # Some cameras put the user and the password into the address that they tell; ours go beside it.
        return urlunsplit(parts._replace(netloc=f"{host}:{parts.port}" if parts.port else f"{host}"))

    def _unix_s(self) -> float:
        return (self._clock.epoch_ns + self._clock.now_ns) / SECOND

    def _ask(self, url: str, body: str, who: Login | None = None) -> Element:
        message = soap.question(
            body, self._who if who is None else who, secrets.token_bytes(16), self._unix_s() + self._ahead_s
        )
        headers = {"Content-Type": "application/soap+xml; charset=utf-8"}
        try:
            with self._opener.open(Request(url, message, headers), timeout=ANSWER_S) as reply:  # noqa: S310 - http only, as `check` saw to
                return soap.answer(reply.read(_MOST_BYTES))
        except HTTPError as error:
            with error:
                if error.code in (401, 403):
                    raise BadAnswer(f"HTTP {error.code}", refused=True) from None
                return soap.answer(error.read(_MOST_BYTES))  # faults come with 400 and 500
        except (URLError, OSError, ValueError) as error:
            raise _silent(self._url, str(getattr(error, "reason", error))) from None


def _opener(url: str, who: Login) -> OpenerDirector:
    """Return what opens addresses: without a proxy, and with HTTP's own digest where a camera wants that."""
    passwords = HTTPPasswordMgrWithDefaultRealm()
    if who.user:
        passwords.add_password(None, f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/", who.user, who.password)
    return build_opener(ProxyHandler({}), HTTPDigestAuthHandler(passwords))


def _chosen(url: str, offered: Sequence[Profile], size: tuple[int, int], wanted: str) -> Profile:
    fits = [one for one in offered if wanted in (one.token, one.name)] if wanted else list(offered)
    if not fits:
        raise DeviceUnavailable(
            "the camera has no such profile",
            where=url,
            expected=f"one of {', '.join(f'{one.name} ({one.width} x {one.height})' for one in offered) or 'none'}",
            found=wanted,
            hint="correct the option `profile`, or make one in the camera's own pages",
        )
    return next((one for one in fits if (one.width, one.height) == size), fits[0])


def _silent(url: str, found: str) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the camera does not answer over ONVIF",
        where=url,
        expected="its device service",
        found=found,
        hint="check power, cable and address; ONVIF is often switched off: see the camera's own pages, "
        "or use camera/rtsp",
    )


def _useless(url: str, found: str) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the camera answers, but not as ONVIF has it",
        where=url,
        expected="device information, profiles and the address of a stream",
        found=found,
        hint="check the path (/onvif/device_service as a rule), or name its stream yourself with camera/rtsp",
    )
