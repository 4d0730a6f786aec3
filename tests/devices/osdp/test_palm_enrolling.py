"""Enrolled by order at a reader on a wire: directly, and through a shim."""

from collections.abc import Callable, Iterator

import pytest

from contracts import ports
from contracts.checkout import PalmAction, PalmEnrolled, PalmOrder
from contracts.clock import MILLISECOND, SECOND, VirtualClock
from contracts.errors import UsageError
from contracts.records import PalmScan
from devices.line_pair import line_pair
from devices.osdp import profiles
from devices.osdp.palm import OsdpPalmReader
from devices.osdp.palm_emulator import PalmEmulator
from devices.osdp.wire import wire
from devices.shim.client import Bench
from devices.shim.host import serve
from tests.contract.osdp import LINK

ORDER = PalmOrder(
    t_ns=0, source="stack", key="k1", action=PalmAction.ENROL, reader="r", account="ana", wording="palm-en-1"
)
BACK = PalmOrder(t_ns=0, source="stack", key="k2", action=PalmAction.FORGET, handle="palm-new")


class Desk:
    """A reader, whoever speaks to it, and time."""

    def __init__(self, port: ports.Port, palm: PalmEmulator, clock: VirtualClock) -> None:
        self.port, self.palm, self.clock = port, palm, clock

    def order(self, order: PalmOrder) -> None:
        assert isinstance(self.port, ports.Enrols)
        self.port.order(order)

    def holds(self, handle: str, seconds: int = 2) -> list[object]:
        self.palm.present(handle)
        heard: list[object] = []
        end_ns = self.clock.now_ns + seconds * SECOND
        while self.clock.now_ns < end_ns:
            self.clock.wait_until(self.clock.now_ns + 50 * MILLISECOND)
            self.palm.work()
            heard += self.port.read(self.clock.now_ns)
        return heard

    def knows(self, handle: str) -> list[str]:
        return [one.handle for one in self.holds(handle) if isinstance(one, PalmScan)]


Make = Callable[[str], Desk]


@pytest.fixture(params=["driver", "shim"])
def desk(request: pytest.FixtureRequest) -> Iterator[Make]:
    shims = []

    def make(name: str) -> Desk:
        ours, theirs = line_pair()
        clock = VirtualClock()
        palm = profiles.palm_emulator(name, "r", theirs, clock, LINK)
        port: ports.Port = profiles.palm_reader(name, "r", wire(lambda: ours, clock, LINK), palm, {})
        if request.param == "shim":
            shims.append(serve({"r": port}))
            shims.append(bench := Bench(shims[0].address))  # type: ignore[arg-type]  # closed alike
            port = bench.ports["r"]
        return Desk(port, palm, clock)

    yield make
    for one in reversed(shims):
        one.close()


def test_a_palm_is_known_from_the_order_on_until_it_is_forgotten(desk: Make) -> None:
    reader = desk("osdp-palm-verify")
    assert reader.knows("palm-new") == [""]
    reader.order(ORDER)
    (made,) = reader.holds("palm-new")
    assert isinstance(made, PalmEnrolled)
    assert (made.source, made.key, made.handle, made.why) == ("r", "k1", "palm-new", "")
    assert reader.knows("palm-new") == ["palm-new"]
    assert reader.knows("palm-other") == [""]
    reader.order(BACK)
    assert reader.knows("palm-new") == [""]


def test_nobody_is_enrolled_twice_and_an_order_lapses(desk: Make) -> None:
    reader = desk("osdp-palm-verify")
    reader.order(ORDER)
    reader.holds("palm-new")
    reader.order(ORDER)
    (again,) = reader.holds("palm-new")
    assert isinstance(again, PalmEnrolled)
    assert again.why == "this palm is enrolled already"
    reader.order(ORDER)
    reader.holds("palm-new", 1)  # the answer of this one
    reader.order(ORDER)
    reader.clock.wait_until(reader.clock.now_ns + 31 * SECOND)
    assert reader.knows("palm-late") == [""]


def test_a_reader_that_knows_palms_by_itself_says_that_it_takes_no_orders(desk: Make) -> None:
    reader = desk("osdp-palm")
    if isinstance(reader.port, OsdpPalmReader):
        assert not isinstance(reader.port, ports.Enrols)
        return
    with pytest.raises(UsageError, match="enrols and forgets nobody by order"):
        reader.order(ORDER)
