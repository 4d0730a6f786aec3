"""A reader and its driver at one desk, and time that is told."""

from collections.abc import Sequence

from contracts.checkout import PalmEnrolled
from contracts.clock import MILLISECOND, VirtualClock
from contracts.record import Record
from contracts.records import PalmScan, Scan
from devices.line_pair import line_pair
from devices.osdp import profiles
from devices.osdp.driver import OsdpReader
from devices.osdp.emulator import OsdpEmulator
from devices.osdp.link import Link
from devices.osdp.palm_emulator import made_up_template
from devices.osdp.wire import wire
from tests.devices.osdp.pair import KEY

TICK_NS = 50 * MILLISECOND
SECURE = Link(3, key=KEY)


class Desk:
    def __init__(self, name: str, link: Link = SECURE, own: Link | None = None, *, seed: int = 1) -> None:
        ours, theirs = line_pair()
        self.clock = VirtualClock()
        self.driver: OsdpReader[Scan] | OsdpReader[PalmScan | PalmEnrolled]
        self.emulator: OsdpEmulator
        if name.startswith("osdp-palm"):
            palm = profiles.palm_emulator(name, "reader-1", theirs, self.clock, own or link, seed)
            known = {handle: made_up_template(handle) for handle in ("palm-1", "palm-2")}
            self.emulator = self.palm = palm
            self.driver = profiles.palm_reader(name, "reader-1", wire(lambda: ours, self.clock, link), palm, known)
        else:
            card = profiles.card_emulator(name, "reader-1", theirs, self.clock, own or link, seed)
            self.emulator = self.card = card
            self.driver = profiles.code_reader(name, "reader-1", wire(lambda: ours, self.clock, link), card)

    def wait(self, seconds: float) -> Sequence[Record]:
        records: list[Record] = []
        end_ns = self.clock.now_ns + int(seconds * 1_000_000_000)
        while self.clock.now_ns < end_ns:
            self.clock.wait_until(self.clock.now_ns + TICK_NS)
            self.emulator.work()
            records += self.driver.read(self.clock.now_ns)
        return records

    def reads(self, code: bytes, seconds: float = 1) -> list[bytes]:
        self.card.present(code)
        return [record.code for record in self.wait(seconds) if isinstance(record, Scan)]

    def knows(self, handle: str, seconds: float = 2, claim: str | None = None) -> list[str]:
        self.palm.present(handle, claim)
        return [record.handle for record in self.wait(seconds) if isinstance(record, PalmScan)]
