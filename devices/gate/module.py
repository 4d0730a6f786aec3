"""What an I/O module is, as data: where relays and inputs are, how it pulses, what it does without its host."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from contracts.clock import MILLISECOND, SECOND
from devices.modbus import types
from devices.modbus.bank import Table
from devices.modbus.types import Request


class Pulse(StrEnum):
    """How a relay is made to close for a while."""

    HOST = "the host closes and opens it"
    COIL = "a coil of its own starts a pulse of a length that a register holds"
    FLASH = "function 5 on an address of its own carries the length"


class Dog(StrEnum):
    """What makes the module let its relays go when nobody talks to it any more."""

    SETUP = "its own, switched on with the maker's set-up program; any question feeds it"
    REGISTER = "its own, switched on by a register; any question feeds it"
    REFRESH = "none of its own: the relay is held by pulses that the host renews"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchdog:
    """A host watchdog.

    Args:
        kind: see `Dog`.
        after_ns: how long the host may be silent; what is set up at the module must not be shorter than this.
        register: holding register of REGISTER.
        unit_ns: what one in that register means.
    """

    kind: Dog
    after_ns: int = 5 * SECOND
    register: int = 0
    unit_ns: int = SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class Counters:
    """Counters of its inputs, two registers each.

    Args:
        table: where they are.
        address: of the first.
        high_first: whether the high word comes first.
    """

    table: Table
    address: int
    high_first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """One model; addresses count from 0, as on the wire.

    Args:
        model: maker and model.
        line: how its serial port is set, as `devices.modbus.address` reads it; "" for TCP.
        inputs: how many.
        relays: how many.
        relay: coil of the first relay.
        input: address of the first input.
        input_table: coils or inputs: where inputs are read.
        pulse: see `Pulse`.
        pulse_at: first address of COIL and FLASH.
        pulse_width_at: first holding register that holds the length of a COIL pulse.
        pulse_unit_ns: what one in a length means.
        counters: None where it has none.
        watchdog: what it does when its host is gone.
        scan_ns: how often it looks at its inputs.
    """

    model: str
    line: str = ""
    inputs: int
    relays: int
    relay: int
    input: int = 0
    input_table: Table = Table.INPUTS
    pulse: Pulse = Pulse.HOST
    pulse_at: int = 0
    pulse_width_at: int = 0
    pulse_unit_ns: int = 100 * MILLISECOND
    counters: Counters | None = None
    watchdog: Watchdog
    scan_ns: int = 10 * MILLISECOND

    def read_inputs(self) -> Request:
        """Ask for all inputs."""
        if self.input_table is Table.COILS:
            return types.read_coils(self.input, self.inputs)
        return types.read_inputs(self.input, self.inputs)

    def read_relays(self) -> Request:
        """Ask for all relays."""
        return types.read_coils(self.relay, self.relays)

    def read_counters(self, counters: Counters) -> Request:
        """Ask for the counters of all inputs."""
        ask = types.read_holding if counters.table is Table.HOLDING else types.read_input_registers
        return ask(counters.address, 2 * self.inputs)

    def counted(self, counters: Counters, words: tuple[int, ...]) -> tuple[int, ...]:
        """Return the counts that such registers hold."""
        high, low = (0, 1) if counters.high_first else (1, 0)
        return tuple(words[place + high] << 16 | words[place + low] for place in range(0, len(words), 2))
