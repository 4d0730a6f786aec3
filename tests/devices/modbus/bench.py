"""A host and a device, joined in memory, on time that a test moves."""

from contracts.clock import MILLISECOND, VirtualClock
from devices.line_pair import line_pair
from devices.modbus.bank import Bank, Table
from devices.modbus.client import Client
from devices.modbus.device import Device
from devices.modbus.framing import Framing
from devices.modbus.host import Answer
from devices.modbus.serve import pump
from devices.modbus.types import Request

TICK_NS = 10 * MILLISECOND


def bank() -> Bank:
    """Return 8 coils, 6 inputs that are on and off in turn, and four registers of each kind from 7 on."""
    found = Bank()
    found.define(Table.COILS, 0, [0] * 8)
    found.define(Table.INPUTS, 0, [1, 0, 1, 0, 1, 0])
    found.define(Table.HOLDING, 7, [1, 2, 3, 0xFFFF])
    found.define(Table.INPUT_REGISTERS, 7, [5, 6, 7, 8])
    return found


class Bench:
    """Both ends of one line."""

    def __init__(self, framing: Framing, unit: int = 1, device_unit: int = 1, **more: int) -> None:
        self.ours, self.theirs = line_pair()
        self.clock = VirtualClock()
        self.bank = bank()
        self.device = Device({device_unit: self.bank}, framing, seed=1)
        self.client = Client("a pair of lines", lambda: self.ours, framing, self.clock, unit=unit, **more)

    def run(self, milliseconds: int) -> list[Answer]:
        """Let time pass; return what has been answered, or not."""
        found: list[Answer] = []
        until_ns = self.clock.now_ns + milliseconds * MILLISECOND
        while self.clock.now_ns < until_ns:
            self.clock.wait_until(self.clock.now_ns + TICK_NS)
            pump(self.device, self.theirs, self.clock)
            found += self.client.work()
        return found

    def ask(self, *requests: Request, milliseconds: int = 2000) -> list[Answer]:
        """Ask, and let time pass."""
        for request in requests:
            self.client.ask(request)
        return self.run(milliseconds)
