"""Why a reader cannot be used now, and what to try: for people at the bench. No I/O."""

from __future__ import annotations

from contracts.errors import DeviceUnavailable
from devices.osdp.acu import Acu
from devices.osdp.acu_table import Turn
from devices.osdp.codes import Nak, nak_text
from devices.osdp.trouble import Trouble

_NOISE = 20
"""Bytes that make no packet; so many are no accident."""


def complaint(device: str, acu: Acu, now_ns: int) -> DeviceUnavailable | None:
    """Return what keeps a reader from working, None when nothing does or it has only just begun.

    Args:
        device: device id.
        acu: that talks to it.
        now_ns: bench time.
    """
    silent_ns = now_ns - (acu.heard_ns or 0)
    if acu.works and silent_ns < acu.link.offline_ns:
        return None
    if acu.last is Turn.WRONG_KEY:
        return _wrong_key(device)
    if acu.heard_ns is None:
        return _never(device, acu) if acu.troubles[Trouble.UNANSWERED] else None
    if acu.last is Turn.SILENT:
        return _silent(device, acu, silent_ns)
    return _refuses(device, acu) if acu.breaks > 1 else None


def _wrong_key(device: str) -> DeviceUnavailable:
    return DeviceUnavailable(
        "the reader has another key, or none",
        where=device,
        expected="a secure channel with the key of the bench file",
        found="a proof that does not fit this key",
        hint="give the key that was set last; or put the reader into installation mode and allow `install`",
    )


def _never(device: str, acu: Acu) -> DeviceUnavailable:
    if acu.troubles[Trouble.SKIPPED] + acu.troubles[Trouble.CHECK] >= _NOISE:
        return DeviceUnavailable(
            "what answers does not speak OSDP at this speed",
            where=device,
            expected="packets that begin with 53",
            found=f"{acu.troubles[Trouble.SKIPPED]} bytes without a meaning",
            hint="set both ends to one speed (9600 8N1 from the factory), and give no other device this line",
        )
    return DeviceUnavailable(
        "the reader does not answer",
        where=device,
        expected=f"an answer of address {acu.link.address} within {acu.link.reply_ns // 1_000_000} ms",
        found="nothing",
        hint="check power, whether A and B are swapped, the address (127 asks whoever is there) and the speed",
    )


def _silent(device: str, acu: Acu, silent_ns: int) -> DeviceUnavailable:
    busy = acu.troubles[Trouble.BUSY]
    return DeviceUnavailable(
        "the reader fell silent",
        where=device,
        expected="an answer to each poll",
        found=f"nothing for {silent_ns / 1_000_000_000:.1f} s" + (f"; it was busy {busy} times" if busy else ""),
        hint="check its power and the cable; it is asked again every second, and used again once it answers",
    )


def _refuses(device: str, acu: Acu) -> DeviceUnavailable:
    needs = acu.refusal == Nak.SECURITY_NEEDED and acu.link.key is None
    return DeviceUnavailable(
        "the reader does not go on",
        where=device,
        expected="an answer to each poll",
        found=nak_text(acu.refusal) if acu.refusal else "a secure channel that breaks",
        hint="give its key in the bench file" if needs else "look at `troubles`; check cable and termination",
    )
