"""Transmitters and their driver, joined in memory, on time that a test moves."""

from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.records import Weights
from devices.line_pair import LineEnd, line_pair
from devices.modbus.client import Client
from devices.modbus.framing import Framing
from devices.scale.transmitter.driver import TransmitterScale
from devices.scale.transmitter.emulator import TransmitterEmulator
from devices.scale.transmitter.kinds import REPLY_NS
from devices.scale.transmitter.model import Setup
from devices.scale.transmitter.models import TRANSMITTERS
from tests.devices.scale.bench import column

TICK_NS = 25 * MILLISECOND
NAMES = sorted(TRANSMITTERS)


class Far:
    """The far end of a pair of lines: one host, who never goes."""

    def __init__(self, end: LineEnd) -> None:
        self.read, self.write, self.close = end.read, end.write, end.close
        self.arrivals = 1

    def hang_up(self) -> None:
        """Nobody can be hung up on."""


class Served(VirtualClock):
    """Time that lets the emulators work as it passes, for whoever waits."""

    device: TransmitterEmulator | None = None

    def wait_until(self, t_ns: int) -> int:
        if self.device:
            self.device.serve()
        return super().wait_until(t_ns)


class Bench:
    """Both ends of one line."""

    def __init__(
        self,
        name: str,
        plates: int = 1,
        framing: Framing = Framing.RTU,
        setup: Setup | None = None,
        block: int = 1,
        filter_ns: int = 0,
    ) -> None:
        self.of, self.setup = TRANSMITTERS[name], setup or Setup()
        self.ours, theirs = line_pair()
        self.clock = Served()
        units = range(1, 1 + -(-plates // self.of.channels))
        self.device = TransmitterEmulator(
            self.of, self.setup, framing, Far(theirs), self.clock, units=list(units), seed=1, filter_ns=filter_ns
        )
        self.clock.device = self.device
        self.client = Client("a pair", lambda: self.ours, framing, self.clock, reply_ns=REPLY_NS, attempts=1)
        names = [f"g/plate-{number}" for number in range(plates)]
        self.scale = TransmitterScale(
            "g", names, self.of, self.setup, self.client, self.clock,
            units=list(units), period_ns=SECOND // 20, block=block, faults=self.device.fault,
        )  # fmt: skip

    def run(self, seconds: float) -> list[Weights]:
        """Let time pass; return what the driver delivers."""
        found: list[Weights] = []
        until_ns = self.clock.now_ns + round(seconds * SECOND)
        while self.clock.now_ns < until_ns:
            self.clock.wait_until(min(until_ns, self.clock.now_ns + TICK_NS))
            found += self.scale.read(self.clock.now_ns)
        return found

    def grams(self, seconds: float, plate: int = 0) -> list[float]:
        """Let time pass; return one plate's samples."""
        return column(self.run(seconds), plate)
