"""Whether a scale is there, speaks what its profile says, and how long it takes to answer."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.clock import MILLISECOND, Clock
from contracts.errors import DeviceUnavailable, UsageError
from devices.line import Line
from devices.scale import mt_sics, sma
from devices.scale.profile import PROFILES, codec
from devices.scale.reading import Noise, Reading, Told

_WHO = {"mt-sics": mt_sics.SERIAL, "mt-sics-stable": mt_sics.SERIAL, "sma": sma.ABOUT}
"""What asks for its name; the other protocols have no such question, and are asked for a weight."""
_LOOK_NS = MILLISECOND
_MOST_NOISE = 40


@dataclass(frozen=True, slots=True)
class Probed:
    """What a scale told of itself.

    Args:
        model: of its profile.
        said: its answer, for people.
        round_trip_ns: from the question to the answer; from now to the next line of a scale that sends by itself.
    """

    model: str
    said: str
    round_trip_ns: int


def probe(profile: str, cells: int, line: Line, clock: Clock) -> Probed:
    """Ask a scale who it is, and wait for its answer.

    Args:
        profile: a name in `devices.scale.profile.PROFILES`.
        cells: plates that hang on the line.
        line: to the device; nobody else may use it meanwhile.
        clock: bench time; it passes here.

    Raises:
        UsageError: no such profile.
        DeviceUnavailable: nothing answers, or what answers speaks something else.
    """
    if profile not in PROFILES:
        raise UsageError("no such scale", expected=", ".join(PROFILES), found=profile)
    model, reader, heard = PROFILES[profile], codec(profile, cells), b""
    line.read()
    began_ns = clock.now_ns
    line.write(_WHO.get(profile) or reader.ask() or b"")
    while clock.now_ns - began_ns <= model.reply_ns:
        data = line.read()
        heard = (heard + data)[:_MOST_NOISE]
        answers = [event for event in reader.feed(data) if not isinstance(event, Noise)]
        if answers:
            return Probed(model.model, _words(answers[0]), clock.now_ns - began_ns)
        clock.wait_until(clock.now_ns + _LOOK_NS)
    raise _no_answer(profile, heard, model.line)


def asks_who(profile: str) -> bool:
    """Whether its protocol can ask a scale who it is."""
    return profile in _WHO


def _words(answer: Reading | Told) -> str:
    if isinstance(answer, Told):
        return answer.what if answer.done else f"{answer.what}: not done"
    if not answer.stable:
        return answer.status
    return ", ".join(f"{grams:g} g" for grams in answer.grams)


def _no_answer(profile: str, heard: bytes, line: str) -> DeviceUnavailable:
    if not heard:
        return DeviceUnavailable(
            "the scale does not answer",
            where=profile,
            expected="an answer within the profile's time",
            found="nothing",
            hint=f"check power, cable (crossed or straight) and that the scale is set to {line}",
        )
    high = sum(byte > 0x7F for byte in heard)
    return DeviceUnavailable(
        "what answers does not speak this protocol",
        where=profile,
        expected=f"frames of {profile}",
        found=heard.hex(" "),
        hint=f"set both ends to {line}: the speed or the parity differs"
        if high
        else f"try another profile: {', '.join(name for name in sorted(PROFILES) if name != profile)}",
    )
