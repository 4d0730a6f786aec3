"""Weight transmitters that are not there: one or several units at the far end of a Modbus line."""

from __future__ import annotations

from collections.abc import Sequence

from contracts.clock import MILLISECOND, Clock
from contracts.ports import FaultKind
from devices.drivers.lines import FarLine
from devices.modbus.far import FarEnd
from devices.modbus.framing import Framing
from devices.modbus.harm import Harm
from devices.scale.balance import Balance, Trouble
from devices.scale.transmitter.model import Setup, Transmitter
from devices.scale.transmitter.unit import Unit

FILTER_NS = 250 * MILLISECOND
"""What they show follows the load in so long: transmitters average over some of their readings. Our choice."""
CAPACITY_G = 10_000.0
"""Of one cell; the twin's plates bear as much."""
HARM_OF = {
    FaultKind.OFF: Harm.SILENCE,
    FaultKind.GARBAGE: Harm.BITS,
    FaultKind.SLOW: Harm.SLOW,
    FaultKind.DELAYED: Harm.LATE,
    FaultKind.INTERMITTENT: Harm.SOME,
}
"""What happens to answers; STUCK stops the program, and WRONG lets the zero run away."""
TROUBLE_OF = {FaultKind.STUCK: Trouble.FROZEN, FaultKind.WRONG: Trouble.DRIFT}


class TransmitterEmulator:
    """Serves a line whenever `serve` is called.

    Args:
        of: the transmitters.
        setup: how they are set up; its last digit is their division.
        framing: of the line.
        line: to the host, or what owns it where others hang on it too.
        clock: bench time.
        units: numbers on the line.
        seed: of the bits that are hit.
        filter_ns: how long what they show takes to follow the load; 0: not filtered.
    """

    def __init__(
        self,
        of: Transmitter,
        setup: Setup,
        framing: Framing,
        line: FarLine | FarEnd,
        clock: Clock,
        *,
        units: Sequence[int] = (1,),
        seed: int = 0,
        filter_ns: int = 0,
    ) -> None:
        self._clock, self._channels, self._open = clock, of.channels, True
        division_g = setup.grams(setup.decimals)
        self.units = {
            number: Unit(of, setup, [Balance(CAPACITY_G, division_g, filter_ns) for _ in range(of.channels)])
            for number in units
        }
        self._cells = [cell for unit in self.units.values() for cell in unit.cells]
        self._end = line if isinstance(line, FarEnd) else FarEnd(line, framing, clock, seed)
        self._end.join({number: unit.bank for number, unit in self.units.items()}, framing)

    def load(self, grams: float, plate: int = 0) -> None:
        """Let there be so much on a plate from now on."""
        self._cells[plate].load(grams, self._clock.now_ns)

    def begin(self, trouble: Trouble | None) -> None:
        """Begin a trouble on all units, or end it with None."""
        for unit in self.units.values():
            unit.begin(trouble, self._clock.now_ns)

    def fault(self, kind: FaultKind | None) -> bool:
        """Begin a fault, or end it with None; they can have all of them."""
        self._end.device.begin(None if kind is None else HARM_OF.get(kind))
        self.begin(None if kind is None else TROUBLE_OF.get(kind))
        return True

    def serve(self) -> None:
        """Hear what came, and answer."""
        self._end.work()

    def close(self) -> None:
        """Let go of the line; may be called twice."""
        if self._open:
            self._open = False
            self._end.leave()
