"""Weight transmitters on one Modbus line as the port `Scale`: all plates of a rack."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from contracts.clock import MILLISECOND, SECOND, Clock
from contracts.errors import DeviceUnavailable, UsageError
from contracts.ports import FaultKind, PortInfo, PortKind
from contracts.records import Weights
from devices.modbus.client import Client
from devices.modbus.host import Answer, Trouble
from devices.modbus.types import Request
from devices.probing import Probed
from devices.scale.reading import NAN, Reading, Status, withheld
from devices.scale.sampling import Sampling
from devices.scale.transmitter import codec
from devices.scale.transmitter.heart import Heart
from devices.scale.transmitter.model import Order, Setup, Transmitter
from devices.scale.transmitter.probe import probe

SETTLE_NS = 8 * MILLISECOND
"""How long a call may wait for answers where the line can tell that they come: a rack of twenty on TCP takes less."""
STALE_NS = SECOND
"""A weight this old is none."""


class TransmitterScale:
    """Asks one unit after the other, round and round, and samples what they say at the rate that the store expects.

    A load that moves is told as it is, as raw converters do; what is out of range, broken or not told is NaN.

    Args:
        id: of the gondola.
        plates: columns of its records: unit by unit, channel by channel.
        of: the transmitters.
        setup: how they are set up.
        client: their line; the driver closes it.
        clock: bench time.
        units: numbers on the line; as many as the plates need.
        period_ns: from sample to sample.
        block: samples in a record.
        faults: how the devices are told to have a fault; real ones cannot be.

    Raises:
        UsageError: the plates do not fit the units.
    """

    def __init__(
        self,
        id: str,  # noqa: A002
        plates: Sequence[str],
        of: Transmitter,
        setup: Setup,
        client: Client,
        clock: Clock,
        *,
        units: Sequence[int],
        period_ns: int,
        block: int = 1,
        faults: Callable[[FaultKind | None], bool] | None = None,
    ) -> None:
        need = -(-len(plates) // of.channels)
        if not plates or len(units) != need:
            raise UsageError(
                "plates do not fit the transmitters",
                where=id,
                expected=f"{of.channels} plates a unit" if of.channels > 1 else "a unit for each plate",
                found=f"{len(plates)} plates, {len(units)} units",
                hint="list the units in the options: `units: [1, 2, 3]`",
            )
        self.info = PortInfo(id, PortKind.SCALE, of.model)
        self.plates: Sequence[str] = tuple(plates)
        self.last: dict[int, Sequence[Reading]] = {}
        """What each unit said last."""
        self._of, self._setup, self._client, self._clock, self._faults = of, setup, client, clock, faults
        self._units, self._turn = tuple(units), 0
        self._hearts = {unit: Heart() for unit in units}
        self._grams = [NAN] * (need * of.channels)
        self._sampling = Sampling(id, len(plates), period_ns, block, max(STALE_NS, period_ns))

    @property
    def wire(self) -> dict[Trouble, int]:
        """What went wrong on the wire so far."""
        return self._client.troubles

    @property
    def complaint(self) -> DeviceUnavailable | None:
        """Why none of them can be had and what to try, None while one answers."""
        return self._client.unavailable()

    def read(self, until_ns: int) -> Sequence[Weights]:
        """Hear what came, ask on, once round at the most, and return the blocks that are full by then."""
        now_ns = min(self._clock.now_ns, until_ns)
        ends_ns = self._clock.now_ns + SETTLE_NS
        self._hear(self._client.work(), now_ns)
        for _ in self._units:
            self._ask()
            answers = self._client.settle(max(ends_ns - self._clock.now_ns, 0))
            if not answers:
                break
            self._hear(answers, now_ns)
        return self._sampling.blocks(now_ns)

    def order(self, order: Order, unit: int) -> bool:
        """Tell one of them to zero or to tare, and wait for its word; return whether it took it."""
        requests = codec.told(self._of, order)
        answers = self._exchange(unit, requests) if requests else []
        return bool(answers) and all(answer.values is not None for answer in answers)

    def probe(self) -> Probed:
        """Ask all of them for their weights, and wait for the answers.

        Raises:
            DeviceUnavailable: one does not answer, or is something else.
        """
        return probe(self.info.id, self._of, self._setup, self._units, self._client, self._clock, self._exchange)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; return whether the device can have it."""
        return kind is None if self._faults is None else self._faults(kind)

    def safe_state(self) -> None:
        """A scale hurts nobody."""

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        self._client.close()

    def _ask(self) -> None:
        if self._client.idle:
            self._client.turn_to(self._units[self._turn])
            self._client.ask(codec.ask(self._of))

    def _hear(self, answers: Sequence[Answer], now_ns: int) -> None:
        for answer in answers:
            unit, first = self._units[self._turn], self._turn * self._of.channels
            self.last[unit] = self._said(unit, answer, now_ns)
            self._grams[first : first + self._of.channels] = [one.grams[0] for one in self.last[unit]]
            self._turn = (self._turn + 1) % len(self._units)
            self._sampling.take(now_ns, tuple(self._grams[: len(self.plates)]))

    def _said(self, unit: int, answer: Answer, now_ns: int) -> Sequence[Reading]:
        if answer.values is None:
            return (withheld(Status.REFUSED if answer.refusal else Status.FAULT),) * self._of.channels
        beat = self._of.heartbeat
        if beat is not None and not self._hearts[unit].beats(answer.values[beat - self._of.at], now_ns):
            return (withheld(Status.FAULT),) * self._of.channels
        return codec.readings(self._of, self._setup, answer.values)

    def _exchange(self, unit: int, requests: Sequence[Request]) -> list[Answer]:
        """Ask one unit and wait; the question of the round that was under way is heard first."""
        if not self._client.idle:
            self._hear(self._client.exchange(), self._clock.now_ns)
        self._client.turn_to(unit)
        return self._client.exchange(*requests, attempts=2)
