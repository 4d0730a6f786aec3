"""Scanners by name: what each speaks, from both sides, and how its line is set. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import UsageError
from devices.line import Line
from devices.scanner.codec import Codec
from devices.scanner.device_side import DeviceSide
from devices.scanner.driver import AGAIN_NS, LineScanner, Presenter
from devices.scanner.emulator import ScannerEmulator
from devices.scanner.hid_device import HidDevice
from devices.scanner.hid_pos import MICROSCAN, HidCodec
from devices.scanner.honeywell import HoneywellCodec, triggered
from devices.scanner.ssi import SsiCodec, SsiProfile, raw_profile
from devices.scanner.ssi_device import SsiDevice
from devices.scanner.text import TextCodec, TextProfile
from devices.scanner.text_device import ANSWER_NS, TextDevice


@dataclass(frozen=True, slots=True)
class ScannerProfile:
    """One kind of scanner.

    Args:
        about: what it is.
        line: settings of its serial line, as `devices.line.SerialLine` takes them after "?"; "" for HID.
        codec: makes the host's side.
        side: makes the scanner's own side, for the emulator.
        again_ns: the same code within this time is taken once.
    """

    about: str
    line: str
    codec: Callable[[], Codec]
    side: Callable[[], DeviceSide]
    again_ns: int = AGAIN_NS


def _text(about: str, profile: TextProfile, again_ns: int = AGAIN_NS) -> ScannerProfile:
    line = "baud=9600&format=8N1"
    return ScannerProfile(about, line, lambda: TextCodec(profile), lambda: TextDevice(profile), again_ns)


_FRAMED = TextProfile(prefix=b"\x02", suffix=b"\x03", aim=True, acknowledged=True)
# Speeds and Datalogic's two letters are common knowledge, not read in a manual; a scanner's own set-up counts.
PROFILES: dict[str, ScannerProfile] = {
    "text": _text("codes end with a carriage return, as most scanners come", TextProfile()),
    "text-aim": _text("the same, with AIM ids switched on", TextProfile(aim=True)),
    "text-silence": _text("codes end with 80 ms of silence", TextProfile(suffix=b"", idle_ns=80 * MILLISECOND)),
    # A scanner that missed our ACK sends again, and text does not say that it does: only time tells.
    "text-ack": _text("STX, AIM id, code, ETX; waits for ACK", _FRAMED, again_ns=ANSWER_NS + SECOND),
    "datalogic": _text("RS-232 STD; E and D switch it on and off", TextProfile(on=b"E", off=b"D")),
    "honeywell": ScannerProfile(
        "manual trigger over the wire, and menu commands",
        "baud=115200&format=8N1",
        HoneywellCodec,
        lambda: TextDevice(triggered()),
    ),
    "zebra-ssi": ScannerProfile(
        "SSI in packets; GM67 and other modules speak it too",
        "baud=9600&format=8N1",
        lambda: SsiCodec(SsiProfile()),
        lambda: SsiDevice(SsiProfile()),
    ),
    "zebra-ssi-raw": _text("SSI without packets for codes (parameter 0xEE is 0)", raw_profile()),
    "hid-pos": ScannerProfile("USB HID POS, reports of 64 bytes", "", HidCodec, HidDevice),
    "hid-microscan": ScannerProfile(
        "USB HID reports without AIM ids", "", lambda: HidCodec(MICROSCAN), lambda: HidDevice(MICROSCAN)
    ),
}


def find(name: str) -> ScannerProfile:
    """Return a profile.

    Raises:
        UsageError: there is none of that name.
    """
    if name not in PROFILES:
        raise UsageError(
            "no such kind of scanner", where="devices/scanner/profiles.py", expected=", ".join(PROFILES), found=name
        )
    return PROFILES[name]


def driver(name: str, device: str, line: Line, clock: Clock, presenter: Presenter | None = None) -> LineScanner:
    """Return the port of a scanner on a line."""
    kind = find(name)
    return LineScanner(device, line, kind.codec(), clock, presenter=presenter, again_ns=kind.again_ns, model=name)


def emulator(name: str, device: str, line: Line, clock: Clock, seed: int = 0) -> ScannerEmulator:
    """Return an emulated scanner at the other end of a line."""
    return ScannerEmulator(device, line, find(name).side(), clock, seed)
