"""A scale on a line as the port `Scale`, whichever protocol it speaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from contracts.clock import Clock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Weights
from devices.line import Line
from devices.probing import Probed
from devices.scale.asking import Asking
from devices.scale.probe import asks_who, probe
from devices.scale.profile import PROFILES, codec
from devices.scale.reading import NAN, Noise, Reading, Told
from devices.scale.sampling import Sampling
from devices.scale.silence import SILENT_NS, silent


class SerialScale:
    """Asks at the profile's rate, and samples what it is told at the rate that the store expects.

    A load that moves, is out of range, or is not told is NaN: what a legal scale shows then may not be sold by.

    Args:
        id: of the gondola, or of the scale on a counter.
        plates: columns of its records; one, but for a line of raw converters.
        profile: a name in `devices.scale.profile.PROFILES`.
        line: to the device.
        clock: bench time.
        period_ns: from sample to sample; 0 for the profile's own rate.
        block: samples in a record.
        faults: how the device is told to have a fault; a real one cannot be.

    Raises:
        UsageError: no such profile, or no plates.
    """

    def __init__(
        self,
        id: str,  # noqa: A002
        plates: Sequence[str],
        profile: str,
        line: Line,
        clock: Clock,
        *,
        period_ns: int = 0,
        block: int = 1,
        faults: Callable[[FaultKind | None], bool] | None = None,
    ) -> None:
        if profile not in PROFILES:
            raise UsageError("no such scale", where=id, expected=", ".join(PROFILES), found=profile)
        self.profile = PROFILES[profile]
        if not plates or (self.profile.asked and len(plates) != 1):
            wanted = "1" if self.profile.asked else "at least 1"
            raise UsageError("plates do not fit the scale", where=id, expected=wanted, found=str(len(plates)))
        self.info = PortInfo(id, PortKind.SCALE, self.profile.model)
        self.plates: Sequence[str] = tuple(plates)
        self.last: Reading | Told | None = None
        """What the device said last."""
        self.noise = 0
        """Frames that meant nothing."""
        self._name = profile
        self._fresh = partial(codec, profile, len(plates))
        self._codec = self._fresh()
        self._line, self._clock, self._faults = line, clock, faults
        self._asking = Asking(self.profile.period_ns, self.profile.reply_ns)
        stale_ns = max(3 * self.profile.period_ns, period_ns)
        self._sampling = Sampling(id, len(plates), period_ns or self.profile.period_ns, block, stale_ns)
        self._heard_ns = 0
        self._spoke_ns = clock.now_ns

    @property
    def missed(self) -> int:
        """Questions that it did not answer in time."""
        return self._asking.missed

    def read(self, until_ns: int) -> Sequence[Weights]:
        """Hear what came, ask again when it is time, and return the blocks that are full by then."""
        now_ns = min(self._clock.now_ns, until_ns)
        self._hear(now_ns)
        missed = self._asking.missed
        if self.profile.asked and self._asking.due(now_ns):
            self._line.write(self._codec.ask())
        if self._asking.missed > missed:
            # Half an answer would spoil the next one.
            self._codec = self._fresh()
        return self._sampling.blocks(now_ns)

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why it cannot be used now and what to try, None while something comes."""
        silent_ns = self._clock.now_ns - self._spoke_ns
        return silent(self.info.id, self._name, silent_ns, self.noise) if silent_ns > SILENT_NS else None

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return kind is None if self._faults is None else self._faults(kind)

    def safe_state(self) -> None:
        """A scale hurts nobody."""

    def probe(self) -> Probed:
        """Ask it who it is, or for a weight where its protocol has no such question, and wait for the answer.

        Raises:
            DeviceUnavailable: it does not answer.
        """
        told = probe(self._name, len(self.plates), self._line, self._clock)
        # Whatever the driver was waiting for has been heard here.
        self._codec = self._fresh()
        asked = told.round_trip_ns if self.profile.asked else 0
        return Probed(told.said if asks_who(self._name) else "", "", asked)

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._line.close()

    def _hear(self, now_ns: int) -> None:
        events = self._codec.feed(self._line.read())
        answers = [event for event in events if not isinstance(event, Noise)]
        self.noise += len(events) - len(answers)
        # What came together was weighed since the last call, one after the other.
        since_ns = now_ns - self._heard_ns
        self._spoke_ns = now_ns if answers else self._spoke_ns
        for count, answer in enumerate(answers, start=1):
            self.last = answer
            believed = not self.profile.asked or self._asking.answered(now_ns)
            if believed and isinstance(answer, Reading):
                self._sampling.take(self._heard_ns + since_ns * count // len(answers), self._sold_by(answer))
        self._heard_ns = max(self._heard_ns, now_ns)

    def _sold_by(self, reading: Reading) -> tuple[float, ...]:
        """Return the grams of a reading, NaN for a load that moves; raw converters tell each sample as it is."""
        return reading.grams if reading.stable or not self.profile.asked else (NAN,) * len(self.plates)
